import type { Draft } from './object-store.ts';
import { FileEncrypted, FileUnreadable, PdfTooOld } from './storage.problems.ts';

/** Readers look for the end of the file here (ISO 32000-1 annex H.3 has 1,024 bytes; trailers are longer at times). */
const TAIL_BYTES = 4_096;
const SECTION_BYTES = 65_536;

/**
 * That the file ends in a cross-reference section that is there and names a catalog, however large the file is: what is cut
 * off or overwritten does not. Nothing is unpacked.
 *
 * @throws FileUnreadable, FileEncrypted, PdfTooOld
 * @source FMT-05
 */
export async function checkPdf(name: string, draft: Draft): Promise<void> {
  const { head, sizeBytes } = draft.object;
  const [, major, minor] = /%PDF-(\d)\.(\d)/.exec(head.subarray(0, 1_024).toString('latin1')) ?? [];
  if (major === undefined) throw FileUnreadable({ name });
  if (`${major}.${minor}` < '1.4') throw PdfTooOld({ name, version: `${major}.${minor}` });
  const tail = await textAt(draft, Math.max(0, sizeBytes - TAIL_BYTES), TAIL_BYTES);
  const place = /startxref\s+(\d{1,12})\s+%%EOF[\s\0]*$/.exec(tail)?.[1];
  if (place === undefined) throw FileUnreadable({ name });
  const section = await textAt(draft, Number(place), SECTION_BYTES);
  const dictionary = dictionaryOf(section, tail);
  if (dictionary === undefined || !/\/Root\b/.test(dictionary)) throw FileUnreadable({ name });
  if (/\/Encrypt\b/.test(dictionary)) throw FileEncrypted({ name });
}

/** Of a table its trailer, which stands behind it or at the end of the file; of a stream the dictionary before it. */
function dictionaryOf(section: string, tail: string): string | undefined {
  if (/^\s*xref\s/.test(section)) {
    const first = section.indexOf('trailer');
    const last = tail.lastIndexOf('trailer');
    return (first < 0 ? '' : section.slice(first)) + (last < 0 ? '' : tail.slice(last));
  }
  return /^\s*\d+\s+\d+\s+obj\b/.test(section) ? section.split('stream')[0] : undefined;
}

async function textAt({ file, object }: Draft, position: number, count: number): Promise<string> {
  const length = Math.max(0, Math.min(count, object.sizeBytes - position));
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.toString('latin1', 0, bytesRead);
}
