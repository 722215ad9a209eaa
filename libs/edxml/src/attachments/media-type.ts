/** Bytes needed to tell the type of a file. */
export const HEAD_BYTES = 512;

const PKZIP = Buffer.from('PK\u0003\u0004', 'latin1');
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** Formats that are a zip themselves, by extension. */
const ZIP_BASED: Readonly<Record<string, string>> = {
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  epub: 'application/epub+zip',
  asice: 'application/vnd.etsi.asic-e+zip',
};

const OLE_BASED: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  msg: 'application/vnd.ms-outlook',
};

const MAGIC: readonly (readonly [magic: string, type: string])[] = [
  ['%PDF-', 'application/pdf'],
  ['{\\rtf', 'application/rtf'],
  ['\u0089PNG\r\n\u001a\n', 'image/png'],
  ['\u00ff\u00d8\u00ff', 'image/jpeg'],
  ['GIF8', 'image/gif'],
  ['II*\u0000', 'image/tiff'],
  ['MM\u0000*', 'image/tiff'],
  ['BM', 'image/bmp'],
  ['Rar!\u001a\u0007', 'application/vnd.rar'],
  ['7z\u00bc\u00af\u0027\u001c', 'application/x-7z-compressed'],
  ['<?xml', 'application/xml'],
];

/** Formats of plain text: nothing in the bytes tells them apart. */
const TEXTS: Readonly<Record<string, string>> = { txt: 'text/plain', csv: 'text/csv', json: 'application/json' };

export const extensionOf = (name: string | undefined): string =>
  /\.([A-Za-z0-9]{1,10})$/.exec(name ?? '')?.[1]?.toLowerCase() ?? '';

/** Formats whose bytes name them, by extension. */
const NAMED: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  rtf: 'application/rtf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  ...ZIP_BASED,
  ...OLE_BASED,
};

/** The type that a file name promises, for formats that can be told by their bytes. */
export const mediaTypeByExtension = (name: string | undefined): string | undefined => NAMED[extensionOf(name)];

export const isZip = (head: Uint8Array): boolean => PKZIP.equals(head.subarray(0, PKZIP.length));

export const isZipBased = (name: string | undefined): boolean => extensionOf(name) in ZIP_BASED;

/**
 * Media type from the first bytes; the extension only tells formats apart that share a container. What the sender declared plays no part.
 *
 * @source R7
 * @source D10
 */
export function mediaTypeOf(head: Uint8Array, name: string | undefined): string {
  const extension = extensionOf(name);
  if (isZip(head)) return ZIP_BASED[extension] ?? 'application/zip';
  if (OLE.equals(head.subarray(0, OLE.length))) return OLE_BASED[extension] ?? 'application/x-ole-storage';
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  const known = MAGIC.find(([magic]) => text.startsWith(magic))?.[1];
  if (known) return known;
  const isText = !/[\u0000-\u0008\u000e-\u001f]/.test(text);
  return (isText ? TEXTS[extension] : undefined) ?? 'application/octet-stream';
}
