import { FILE_NAME_REASONS } from '@qlvb/contracts';
import { fileTypeFromBuffer } from 'file-type';
import { fileNameFault } from '@qlvb/records';
import { FileNameInvalid, FormatMismatch, FormatNotAllowed } from './storage.problems.ts';

/** A format of Thông tư 39/2017/TT-BTTTT and where it may stand. */
export interface Format {
  readonly mediaType: string;
  readonly extensions: readonly string[];
  /** The signed document itself; everything else is an attachment or a draft's source. */
  readonly mainDocument: boolean;
  /** How it is compressed, when it holds other files. */
  readonly archive?: 'zip' | 'gzip' | 'office';
  /** Of a compound file: the streams one of which makes it this format. */
  readonly compoundStreams?: readonly string[];
}

const attachment = (mediaType: string, ...extensions: string[]): Format => ({
  mediaType,
  extensions,
  mainDocument: false,
});
const office = (mediaType: string, extension: string): Format => ({
  ...attachment(mediaType, extension),
  archive: 'office',
});
const compound = (mediaType: string, extension: string, ...compoundStreams: string[]): Format => ({
  ...attachment(mediaType, extension),
  compoundStreams,
});
const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OASIS = 'application/vnd.oasis.opendocument';

/** @source FMT-01 @source QB-A4-4 */
export const FORMATS: readonly Format[] = [
  { mediaType: 'application/pdf', extensions: ['pdf'], mainDocument: true },
  office(`${OFFICE}.wordprocessingml.document`, 'docx'),
  office(`${OFFICE}.spreadsheetml.sheet`, 'xlsx'),
  office(`${OFFICE}.presentationml.presentation`, 'pptx'),
  office(`${OASIS}.text`, 'odt'),
  office(`${OASIS}.spreadsheet`, 'ods'),
  office(`${OASIS}.presentation`, 'odp'),
  compound('application/msword', 'doc', 'WordDocument'),
  compound('application/vnd.ms-excel', 'xls', 'Workbook', 'Book'),
  compound('application/vnd.ms-powerpoint', 'ppt', 'PowerPoint Document'),
  attachment('application/rtf', 'rtf'),
  attachment('text/plain', 'txt'),
  attachment('text/csv', 'csv'),
  attachment('application/xml', 'xml'),
  attachment('image/jpeg', 'jpg', 'jpeg'),
  attachment('image/png', 'png'),
  attachment('image/gif', 'gif'),
  attachment('image/tiff', 'tif', 'tiff'),
  attachment('audio/mpeg', 'mp3'),
  attachment('video/mpeg', 'mpg', 'mpeg'),
  { ...attachment('application/zip', 'zip'), archive: 'zip' },
  { ...attachment('application/gzip', 'gz'), archive: 'gzip' },
];

const SAME: Readonly<Record<string, string>> = {
  'text/xml': 'application/xml',
  'text/rtf': 'application/rtf',
  'application/x-zip-compressed': 'application/zip',
  'image/jpg': 'image/jpeg',
  'video/MP1S': 'video/mpeg',
  'video/MP2P': 'video/mpeg',
};
const TEXT = new Set(['text/plain', 'text/csv', 'application/xml']);
const UNKNOWN_FORMAT = { vi: 'không rõ', en: 'unknown' };
const ANY = new Set(['application/octet-stream', '']);

/**
 * The format of a file, when its extension, declared type and first bytes agree.
 *
 * @param head the file's first bytes
 * @throws FileNameInvalid, FormatNotAllowed, FormatMismatch
 * @source FMT-02
 * @source FMT-03
 * @source FMT-09
 */
export async function formatOf(name: string, declaredType: string, head: Buffer): Promise<Format> {
  const fault = fileNameFault(name);
  if (fault) throw FileNameInvalid({ reason: FILE_NAME_REASONS[fault] });
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const format = FORMATS.find((candidate) => candidate.extensions.includes(extension));
  if (!format) {
    const allowed = FORMATS.flatMap((candidate) => candidate.extensions).join(', ');
    throw FormatNotAllowed({ name, allowed });
  }
  const declared = (declaredType.split(';')[0] ?? '').trim().toLowerCase();
  const canonical = SAME[declared] ?? declared;
  const detected = await detect(head);
  const fits =
    detected === format.mediaType ||
    (detected === COMPOUND && format.compoundStreams !== undefined) ||
    (detected === PLAIN && TEXT.has(format.mediaType));
  if (!fits || (!ANY.has(canonical) && canonical !== format.mediaType)) {
    throw FormatMismatch({ name, declared: declared || '-', detected: detected ?? UNKNOWN_FORMAT });
  }
  return format;
}

const COMPOUND = 'application/x-cfb';
const PLAIN = 'text/plain';

async function detect(head: Buffer): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(head);
  if (found) return SAME[found.mime] ?? found.mime;
  return isText(head) ? PLAIN : undefined;
}

/** UTF-8 without control characters; the end of the head may cut a character. @source FMT-01 */
function isText(head: Buffer): boolean {
  const whole = head.length < 65_536 ? head : head.subarray(0, head.length - 4);
  const text = whole.toString('utf8');
  return (
    !text.slice(0, -1).includes('\uFFFD') &&
    !/[\u0000-\u0008\u000B\u000E-\u001F]/.test(text) &&
    !/^\s*(<!doctype html|<html|#!|MZ)/i.test(text)
  );
}
