import { FileNotAllowed } from './problems.ts';

export interface StoredFile {
  readonly name: string;
  /** Media type recognised from the content, never the one that the client claims. */
  readonly sniffedType: string;
  readonly sizeBytes: number;
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
