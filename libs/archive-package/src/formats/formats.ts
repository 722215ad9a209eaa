/** One format of the born-digital list of Thông tư 05/2025 (FMT-3). */
export interface FormatEntry {
  readonly mimeType: string;
  readonly name: string;
  readonly extensions: readonly string[];
  /** Only where PRONOM has one for the format in all its versions; the others are read off the bytes. */
  readonly pronomId?: string;
}

/** @source FMT-3 */
export const ALLOWED_FORMATS: readonly FormatEntry[] = [
  { mimeType: 'application/pdf', name: 'PDF', extensions: ['pdf'] },
  { mimeType: 'text/plain', name: 'Plain text', extensions: ['txt'], pronomId: 'x-fmt/111' },
  { mimeType: 'text/csv', name: 'CSV', extensions: ['csv'], pronomId: 'x-fmt/18' },
  { mimeType: 'text/html', name: 'HTML', extensions: ['htm', 'html'], pronomId: 'fmt/96' },
  { mimeType: 'text/xml', name: 'XML', extensions: ['xml'] },
  { mimeType: 'application/rtf', name: 'RTF', extensions: ['rtf'] },
  { mimeType: 'application/msword', name: 'Word 97-2003', extensions: ['doc'] },
  { mimeType: 'application/vnd.ms-excel', name: 'Excel 97-2003', extensions: ['xls'] },
  { mimeType: 'application/vnd.ms-powerpoint', name: 'PowerPoint 97-2003', extensions: ['ppt'] },
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
  { mimeType: 'application/vnd.oasis.opendocument.text', name: 'ODF text', extensions: ['odt'] },
  {
    mimeType: 'application/vnd.oasis.opendocument.spreadsheet',
    name: 'ODF spreadsheet',
    extensions: ['ods'],
  },
  {
    mimeType: 'application/vnd.oasis.opendocument.presentation',
    name: 'ODF presentation',
    extensions: ['odp'],
  },
  { mimeType: 'image/jpeg', name: 'JPEG', extensions: ['jpg', 'jpeg'] },
  { mimeType: 'image/png', name: 'PNG', extensions: ['png'] },
  { mimeType: 'image/gif', name: 'GIF', extensions: ['gif'] },
  { mimeType: 'image/tiff', name: 'TIFF', extensions: ['tif', 'tiff'], pronomId: 'fmt/353' },
  { mimeType: 'video/mp4', name: 'MPEG-4', extensions: ['mp4'], pronomId: 'fmt/199' },
  { mimeType: 'video/mpeg', name: 'MPEG', extensions: ['mpeg', 'mpg'] },
  { mimeType: 'video/x-msvideo', name: 'AVI', extensions: ['avi'], pronomId: 'fmt/5' },
  { mimeType: 'video/x-ms-wmv', name: 'WMV', extensions: ['wmv'] },
  { mimeType: 'video/quicktime', name: 'QuickTime', extensions: ['mov'], pronomId: 'x-fmt/384' },
  { mimeType: 'audio/mpeg', name: 'MP3', extensions: ['mp3'], pronomId: 'fmt/134' },
  { mimeType: 'audio/x-ms-wma', name: 'WMA', extensions: ['wma'] },
  { mimeType: 'audio/aac', name: 'AAC', extensions: ['aac'] },
  { mimeType: 'audio/wav', name: 'WAV', extensions: ['wav'] },
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

/** By what the first bytes say of the version. */
const VERSIONS: readonly (readonly [mimeType: string, head: RegExp, pronomId: string])[] = [
  ['image/gif', /^GIF87a/, 'fmt/3'],
  ['image/gif', /^GIF89a/, 'fmt/4'],
  ['image/jpeg', /^.{6}JFIF\0\x01\x00/s, 'fmt/42'],
  ['image/jpeg', /^.{6}JFIF\0\x01\x01/s, 'fmt/43'],
  ['image/jpeg', /^.{6}JFIF\0\x01\x02/s, 'fmt/44'],
  ['text/xml', /^(?:\xef\xbb\xbf)?<\?xml\s+version=["']1\.0/, 'fmt/101'],
];

/** @param head the first bytes, one character each */
export const pronomIdOf = (format: FormatEntry, head: string): string | undefined =>
  format.pronomId ?? VERSIONS.find(([mimeType, said]) => mimeType === format.mimeType && said.test(head))?.[2];

export const pdfPronomId = (version: string): string | undefined => PDF_PRONOM[version];
export const pdfaPronomId = (flavour: string): string | undefined => PDFA_PRONOM[flavour];
