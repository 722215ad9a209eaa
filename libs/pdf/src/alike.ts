import { inflateRawSync } from 'node:zlib';
import type { PdfDocument } from './document.ts';
import { Lexer } from './lexer.ts';
import type { PdfObject } from './objects.ts';
import { PdfName, PdfRef, PdfStream } from './objects.ts';
import { MalformedPdf } from './pdf.problems.ts';

/** Filters of 7.4, and their short names. */
const FILTERS: ReadonlySet<string> = new Set([
  ...['ASCIIHexDecode', 'ASCII85Decode', 'LZWDecode', 'FlateDecode', 'RunLengthDecode', 'CCITTFaxDecode', 'DCTDecode'],
  ...['JBIG2Decode', 'JPXDecode', 'Crypt', 'AHx', 'A85', 'LZW', 'Fl', 'RL', 'CCF', 'DCT'],
]);
const FLATE: ReadonlySet<string> = new Set(['FlateDecode', 'Fl']);
/** A header of two bytes, of which readers make nothing (RFC 1950). */
const ZLIB_HEADER = 2;

/**
 * That other readers need no repair after which they may show something else: on one wrong entry of the table they build it anew from
 * whatever stands in the file, by a wrong count of pages they show fewer or none, and of content that ends in the middle each shows
 * as much as it likes.
 *
 * @throws MalformedPdf, PdfTooComplex
 * @source FMT-05
 */
export function assertReadAlike(document: PdfDocument, pages: readonly PdfRef[]): void {
  assertListedWhereTheyAre(document);
  const count = document.resolve(document.dict(document.root.get('Pages'))?.get('Count'));
  if (count !== pages.length) throw MalformedPdf({ fault: `/Count says ${String(count)} for ${pages.length} pages` });
  for (const page of pages) assertResources(document, page);
  assertContents(document, pages);
}

/** A font or picture that the table calls free is looked for in the whole file by some, and is nothing for others. */
function assertResources(document: PdfDocument, page: PdfRef): void {
  let node = document.dict(page);
  for (let depth = 0; node && !node.has('Resources') && depth < document.budget.limits.depth; depth += 1)
    node = document.dict(node.get('Parent'));
  const resources = document.dict(node?.get('Resources'));
  for (const kind of ['Font', 'XObject'])
    for (const [name, value] of document.dict(resources?.get(kind)) ?? [])
      if (value instanceof PdfRef && document.resolve(value) === null)
        throw MalformedPdf({ fault: `/${kind} /${name} of a page is missing` });
}

/** Objects that nothing points to as well. Offset 0 is how some writers mark what is free. */
function assertListedWhereTheyAre(document: PdfDocument): void {
  const seen = new Set<number>();
  for (const { entries } of document.sections)
    for (const [number, entry] of entries) {
      document.budget.step();
      if (seen.has(number)) continue;
      seen.add(number);
      if (entry.kind !== 'offset' || entry.offset === 0) continue;
      if (entry.offset >= document.bytes.length) throw MalformedPdf({ fault: `object ${number} lies behind the end` });
      const lexer = new Lexer(document.bytes, entry.offset, document.budget);
      const [found, generation] = [lexer.integer(), lexer.integer()];
      lexer.expect('obj');
      if (found !== number || generation !== entry.generation)
        throw MalformedPdf({ fault: `object ${number} is not where the cross-reference says` });
    }
}

function assertContents(document: PdfDocument, pages: readonly PdfRef[]): void {
  const seen = new Set<Uint8Array>();
  let room = document.budget.limits.inflatedBytes;
  for (const page of pages) {
    const contents = document.dict(page)?.get('Contents');
    const own = document.resolve(contents);
    for (const part of Array.isArray(own) ? own : contents === undefined ? [] : [own]) {
      const stream: PdfObject = document.resolve(part);
      if (!(stream instanceof PdfStream)) throw MalformedPdf({ fault: 'the content of a page is missing' });
      if (seen.has(stream.raw)) continue;
      seen.add(stream.raw);
      // What asks for too much is no damage: the layout check names it.
      if (room > 0) room -= unpackedBytes(document, stream);
    }
  }
}

/** As other readers do it: the checksum behind the data is not looked at. */
function unpackedBytes(document: PdfDocument, { dict, raw }: PdfStream): number {
  const filter = document.resolve(dict.get('Filter'));
  const names = (Array.isArray(filter) ? filter : filter === null ? [] : [filter]).map((item) => {
    const value = document.resolve(item);
    return value instanceof PdfName ? value.value : '';
  });
  const unknown = names.find((name) => !FILTERS.has(name));
  if (unknown !== undefined) throw MalformedPdf({ fault: `content by a filter nobody knows: ${unknown}` });
  // Nothing at all is an empty page, whatever it is said to be packed by.
  if (!FLATE.has(names[0] ?? '') || raw.length === 0) return 0;
  const { streamBytes } = document.budget.limits;
  try {
    return inflateRawSync(raw.subarray(ZLIB_HEADER), { maxOutputLength: streamBytes }).length;
  } catch (cause) {
    const isTooLarge = cause instanceof RangeError || (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (isTooLarge) return streamBytes;
    throw MalformedPdf({ fault: 'the content of a page cannot be unpacked' }, { cause });
  }
}
