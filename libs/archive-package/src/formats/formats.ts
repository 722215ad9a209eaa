/** One format of the born-digital list of Thông tư 05/2025 (FMT-3) with its PRONOM ids by version. */
export interface FormatEntry {
  readonly mimeType: string;
  readonly name: string;
  readonly extensions: readonly string[];
  readonly pronomId?: string;
}

/** @source FMT-3 */
export const ALLOWED_FORMATS: readonly FormatEntry[] = [
  { mimeType: 'application/pdf', name: 'PDF', extensions: ['pdf'] },
  { mimeType: 'text/plain', name: 'Plain text', extensions: ['txt'], pronomId: 'x-fmt/111' },
  { mimeType: 'text/csv', name: 'CSV', extensions: ['csv'], pronomId: 'x-fmt/18' },
  { mimeType: 'text/html', name: 'HTML', extensions: ['htm', 'html'], pronomId: 'fmt/96' },
  { mimeType: 'text/xml', name: 'XML', extensions: ['xml'], pronomId: 'fmt/101' },
  { mimeType: 'application/rtf', name: 'RTF', extensions: ['rtf'], pronomId: 'fmt/355' },
  { mimeType: 'application/msword', name: 'Word 97-2003', extensions: ['doc'], pronomId: 'fmt/40' },
  { mimeType: 'application/vnd.ms-excel', name: 'Excel 97-2003', extensions: ['xls'], pronomId: 'fmt/61' },
  { mimeType: 'application/vnd.ms-powerpoint', name: 'PowerPoint 97-2003', extensions: ['ppt'], pronomId: 'fmt/126' },
  {
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    name: 'OOXML text',
    extensions: ['docx'],
    pronomId: 'fmt/412',
  },
  {
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name: 'OOXML spreadsheet',
    extensions: ['xlsx'],
    pronomId: 'fmt/214',
  },
  {
    mimeType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    name: 'OOXML presentation',
    extensions: ['pptx'],
    pronomId: 'fmt/215',
  },
  { mimeType: 'application/vnd.oasis.opendocument.text', name: 'ODF text', extensions: ['odt'], pronomId: 'fmt/291' },
  {
    mimeType: 'application/vnd.oasis.opendocument.spreadsheet',
    name: 'ODF spreadsheet',
    extensions: ['ods'],
    pronomId: 'fmt/295',
  },
  {
    mimeType: 'application/vnd.oasis.opendocument.presentation',
    name: 'ODF presentation',
    extensions: ['odp'],
    pronomId: 'fmt/293',
  },
  { mimeType: 'image/jpeg', name: 'JPEG', extensions: ['jpg', 'jpeg'], pronomId: 'fmt/43' },
  { mimeType: 'image/png', name: 'PNG', extensions: ['png'], pronomId: 'fmt/11' },
  { mimeType: 'image/gif', name: 'GIF', extensions: ['gif'], pronomId: 'fmt/4' },
  { mimeType: 'image/tiff', name: 'TIFF', extensions: ['tif', 'tiff'], pronomId: 'fmt/353' },
  { mimeType: 'video/mp4', name: 'MPEG-4', extensions: ['mp4'], pronomId: 'fmt/199' },
  { mimeType: 'video/mpeg', name: 'MPEG', extensions: ['mpeg', 'mpg'], pronomId: 'x-fmt/386' },
  { mimeType: 'video/x-msvideo', name: 'AVI', extensions: ['avi'], pronomId: 'fmt/5' },
  { mimeType: 'video/x-ms-wmv', name: 'WMV', extensions: ['wmv'], pronomId: 'fmt/133' },
  { mimeType: 'video/quicktime', name: 'QuickTime', extensions: ['mov'], pronomId: 'x-fmt/384' },
  { mimeType: 'audio/mpeg', name: 'MP3', extensions: ['mp3'], pronomId: 'fmt/134' },
  { mimeType: 'audio/x-ms-wma', name: 'WMA', extensions: ['wma'], pronomId: 'fmt/132' },
  { mimeType: 'audio/aac', name: 'AAC', extensions: ['aac'], pronomId: 'fmt/199' },
  { mimeType: 'audio/wav', name: 'WAV', extensions: ['wav'], pronomId: 'fmt/141' },
];

const ALIASES: Readonly<Record<string, string>> = {
  'application/xml': 'text/xml',
  'text/rtf': 'application/rtf',
  'audio/x-wav': 'audio/wav',
  'video/avi': 'video/x-msvideo',
  'application/csv': 'text/csv',
};

/** The media type without parameters, under its one name here. */
export function plainMimeType(mimeType: string): string {
  const plain = mimeType.split(';')[0]?.trim().toLowerCase() ?? '';
  return ALIASES[plain] ?? plain;
}

export const formatOf = (mimeType: string): FormatEntry | undefined =>
  ALLOWED_FORMATS.find((format) => format.mimeType === plainMimeType(mimeType));

const PDF_PRONOM: Readonly<Record<string, string>> = {
  '1.0': 'fmt/14',
  '1.1': 'fmt/15',
  '1.2': 'fmt/16',
  '1.3': 'fmt/17',
  '1.4': 'fmt/18',
  '1.5': 'fmt/19',
  '1.6': 'fmt/20',
  '1.7': 'fmt/276',
  '2.0': 'fmt/1129',
};

const PDFA_PRONOM: Readonly<Record<string, string>> = {
  '1a': 'fmt/95',
  '1b': 'fmt/354',
  '2a': 'fmt/476',
  '2b': 'fmt/477',
  '2u': 'fmt/478',
  '3a': 'fmt/479',
  '3b': 'fmt/480',
  '3u': 'fmt/481',
};

export const pdfPronomId = (version: string): string | undefined => PDF_PRONOM[version];
export const pdfaPronomId = (flavour: string): string | undefined => PDFA_PRONOM[flavour];
