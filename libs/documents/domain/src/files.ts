import { LIMITS } from '@qlvb/records';
import { FileNotAllowed, FilesTooLarge, MainFileTooLarge } from './files.problems.ts';

export interface StoredFile {
  readonly name: string;
  /** Media type recognised from the content, never the one that the client claims. */
  readonly sniffedType: string;
  readonly sizeBytes: number;
}

/**
 * The document that is signed is a PDF of a size that can be checked and signed; other formats are attachments.
 *
 * @throws FileNotAllowed, MainFileTooLarge
 * @source QĐ28-A6-6
 */
export function assertMainFile(file: StoredFile): void {
  if (file.sniffedType !== 'application/pdf') throw FileNotAllowed({ name: file.name });
  if (file.sizeBytes > LIMITS.mainFile.bytes) {
    throw MainFileTooLarge({ name: file.name, maxMegabytes: megabytes(LIMITS.mainFile.bytes) });
  }
}

/**
 * Whoever drafts is told that the files will not fit one package, not whoever issues.
 *
 * @throws FilesTooLarge
 * @source QĐ28-A10-1
 */
export function assertFilesFitPackage(files: readonly Pick<StoredFile, 'sizeBytes'>[]): void {
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const { bytes: maxBytes } = LIMITS.document;
  if (bytes > maxBytes) throw FilesTooLarge({ megabytes: megabytes(bytes), maxMegabytes: megabytes(maxBytes) });
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);
