import { FileNotAllowed, FileTooLarge } from './problems.ts';

/** One line of the list of file formats that agencies may exchange; the list itself is a setting. */
export interface AllowedFormat {
  /** Lower case, without dot. */
  readonly extension: string;
  /** Media types that the content of such a file is recognised as. */
  readonly mediaTypes: readonly string[];
}

export interface StoredFile {
  readonly name: string;
  /** Media type recognised from the content, never the one that the client claims. */
  readonly sniffedType: string;
  readonly sizeBytes: number;
}

/**
 * A file enters when its extension is on the list, its content is what the extension says, and it is not too large.
 *
 * @throws FileNotAllowed
 * @throws FileTooLarge
 * @source QB-A4-4
 */
export function assertFileAllowed(file: StoredFile, formats: readonly AllowedFormat[], limitBytes: number): void {
  const extension = /\.([^./\\]+)$/.exec(file.name)?.[1]?.toLowerCase();
  const format = formats.find((candidate) => candidate.extension === extension);
  if (!format?.mediaTypes.includes(file.sniffedType)) throw FileNotAllowed({ name: file.name });
  if (file.sizeBytes > limitBytes) {
    throw FileTooLarge({ name: file.name, sizeBytes: file.sizeBytes, limitBytes });
  }
}

/**
 * The document that is signed is a PDF; other formats are attachments.
 *
 * @throws FileNotAllowed
 * @source QĐ28-A6-6
 */
export function assertMainFile(file: StoredFile): void {
  if (file.sniffedType !== 'application/pdf') throw FileNotAllowed({ name: file.name });
}
