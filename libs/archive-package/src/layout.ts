import { createHash } from 'node:crypto';

/**
 * A name that every file system and every ZIP reader keeps as it is: ASCII, diacritics folded (`Đ` → `D`), anything else
 * replaced by `-`.
 *
 * @source PKG-8
 */
export function safeName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[-.]+|[-.]+$/g, '');
}

/**
 * Code of a document in its dossier: the dossier's code and a dense ordinal of seven digits.
 *
 * @source MD-5
 */
export const documentCode = (dossierCode: string, ordinal: number): string =>
  `${dossierCode}.${String(ordinal).padStart(7, '0')}`;

/**
 * Path of a file inside `data/`: `<dossier code>.<ordinal>.<ext>`, attachments with a number of their own.
 *
 * @param index 0 for the document itself, 1… for its attachments
 * @source FMT-4
 * @source PKG-8
 */
export function dataFileName(docCode: string, index: number, originalName: string): string {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(originalName)?.[1]?.toLowerCase();
  const part = index === 0 ? '' : `.${String(index).padStart(2, '0')}`;
  return `${safeName(docCode)}${part}${extension === undefined ? '' : `.${extension}`}`;
}

export const OBJECT_ID = /^uuid-[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

/** `uuid-<UUID>` in upper case from a UUID. */
export const objectIdOf = (uuid: string): string => `uuid-${uuid.toUpperCase()}`;

/** A UUID in upper case that depends on nothing but its texts (RFC 9562, version 5 layout). */
export function uuidFrom(...parts: readonly string[]): string {
  const digest = createHash('sha1').update(parts.join('\u0000')).digest().subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** An instant in Vietnam's time, `2026-06-12T11:45:37.690+07:00`. */
export const vietnamTime = (instant: Date): string =>
  new Date(instant.getTime() + 7 * 3_600_000).toISOString().replace('Z', '+07:00');
