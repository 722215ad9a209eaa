import type { PdfDocument } from '@qlvb/pdf';
import type { Finding } from './report.ts';
import type { LocatedSignature } from './structure.ts';

/**
 * The bytes after a signature are complete incremental updates on top of the revision it covers, and every object in them is
 * listed by a cross-reference section: a reader that repairs files must find nothing that a strict one does not see.
 *
 * @source VER-05, ATT-05
 */
export function tailFindings(
  document: PdfDocument,
  signature: LocatedSignature,
  unlisted: readonly number[],
): readonly Finding[] {
  const { end, revision } = signature;
  if (end === document.bytes.length) return [];
  const newer = document.sections.filter(({ offset }) => offset >= end);
  const older = document.sections.slice(newer.length).map(({ offset }) => offset);
  const isStacked =
    newer.length > 0 &&
    newer.every(
      ({ offset }, index) =>
        document.sections[index]?.offset === offset && offset > (document.sections[index + 1]?.offset ?? -1),
    ) &&
    older.length === revision.sections.length &&
    revision.sections.every(({ offset }, index) => older[index] === offset);
  if (!isStacked) return [{ code: 'trailing-bytes', detail: `${document.bytes.length - end}` }];
  // Objects that only readers of a stream beside the table see: two readers, two documents.
  const hybrid = newer.find(({ trailer }) => trailer.has('XRefStm'));
  if (hybrid) return [{ code: 'hidden-objects', detail: `byte ${hybrid.offset}` }];
  const hidden = unlisted.find((offset) => offset >= end);
  return hidden === undefined ? [] : [{ code: 'hidden-objects', detail: `byte ${hidden}` }];
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const isSpace = (byte: number | undefined): boolean =>
  byte !== undefined && [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20].includes(byte);

/** Positions from `from` on where `<number> <generation> obj` stands although no section lists it. */
export function unlistedObjects(document: PdfDocument, from: number): readonly number[] {
  const listed = new Set(document.sections.map(({ offset }) => offset));
  for (const { entries } of document.sections) {
    for (const entry of entries.values()) if (entry.kind === 'offset') listed.add(entry.offset);
  }
  const bytes = Buffer.from(document.bytes.buffer, document.bytes.byteOffset, document.bytes.byteLength);
  const found: number[] = [];
  for (let at = bytes.indexOf('obj', from); at >= 0; at = bytes.indexOf('obj', at + 3)) {
    document.budget.step();
    const start = headerStart(bytes, at);
    // A listed position may lie on the line break before the number.
    if (start !== undefined && ![0, 1, 2].some((back) => listed.has(start - back))) found.push(start);
  }
  return found;
}

function headerStart(bytes: Buffer, keyword: number): number | undefined {
  let at = keyword;
  for (let part = 0; part < 2; part += 1) {
    if (!isSpace(bytes[at - 1])) return undefined;
    while (isSpace(bytes[at - 1])) at -= 1;
    if (!isDigit(bytes[at - 1])) return undefined;
    while (isDigit(bytes[at - 1])) at -= 1;
  }
  return at;
}
