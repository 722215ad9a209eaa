import { MalformedPdf, PdfTooComplex } from './pdf.problems.ts';
import { decodeStream } from './filters.ts';
import { Lexer } from './lexer.ts';
import type { Budget } from './limits.ts';
import type { PdfDict } from './objects.ts';
import { PdfStream } from './objects.ts';

export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'inStream'; readonly stream: number; readonly index: number };

/** One cross-reference section with its trailer: what one revision of the file adds. */
export interface XrefSection {
  readonly kind: 'table' | 'stream';
  readonly offset: number;
  readonly entries: ReadonlyMap<number, XrefEntry>;
  readonly trailer: PdfDict;
}

/** Position named by the last `startxref`, which must stand in the last kilobyte; undefined when the bytes end otherwise. */
export function startxrefOf(bytes: Uint8Array): number | undefined {
  const from = Math.max(0, bytes.length - 1024);
  const tail = Buffer.from(bytes.subarray(from)).toString('latin1');
  const match = /startxref\s+(\d{1,12})\s+%%EOF[\s\0]*$/.exec(tail);
  return match ? Number(match[1]) : undefined;
}

function lastStartxref(bytes: Uint8Array): number {
  const offset = startxrefOf(bytes);
  if (offset === undefined) throw MalformedPdf({ fault: 'the file does not end in startxref and %%EOF' });
  if (offset >= bytes.length) throw MalformedPdf({ fault: 'startxref points behind the end' });
  return offset;
}

/** All sections from the newest to the oldest; a loop, a hole or too many of them is refused. */
export function readSections(bytes: Uint8Array, budget: Budget): readonly XrefSection[] {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let objects = 0;
  for (let next: number | undefined = lastStartxref(bytes); next !== undefined;) {
    if (seen.has(next)) throw MalformedPdf({ fault: 'the cross-reference sections form a loop' });
    if (seen.size >= budget.limits.revisions) throw PdfTooComplex({ limit: 'revisions' });
    seen.add(next);
    const section = readSection(bytes, next, budget);
    sections.push(section);
    objects += section.entries.size;
    if (objects > budget.limits.objects) throw PdfTooComplex({ limit: 'objects' });
    next = offsetIn(section.trailer, 'Prev', bytes.length);
  }
  return sections;
}

function offsetIn(trailer: PdfDict, key: string, length: number): number | undefined {
  const value = trailer.get(key);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= length) {
    throw MalformedPdf({ fault: `/${key} of the trailer` });
  }
  return value;
}

function readSection(bytes: Uint8Array, offset: number, budget: Budget): XrefSection {
  const lexer = new Lexer(bytes, offset, budget);
  if (!lexer.accept('xref')) return readXrefStream(bytes, offset, budget);
  const entries = readTable(lexer, budget);
  lexer.expect('trailer');
  const trailer = lexer.object();
  if (!(trailer instanceof Map)) throw MalformedPdf({ fault: 'the trailer is no dictionary' });
  const hybrid = offsetIn(trailer, 'XRefStm', bytes.length);
  if (hybrid !== undefined) {
    for (const [number, entry] of readXrefStream(bytes, hybrid, budget).entries) {
      // 7.5.8.4: objects hidden from older readers are free in the table and live in the stream.
      if ((entries.get(number)?.kind ?? 'free') === 'free') entries.set(number, entry);
    }
  }
  return { kind: 'table', offset, entries, trailer };
}

function readTable(lexer: Lexer, budget: Budget): Map<number, XrefEntry> {
  const entries = new Map<number, XrefEntry>();
  for (;;) {
    const before = lexer.position;
    const word = lexer.word();
    if (word === 'trailer') {
      lexer.position = before;
      return entries;
    }
    if (!/^\d{1,10}$/.test(word)) throw MalformedPdf({ fault: `cross-reference table at byte ${before}` });
    const count = lexer.integer();
    if (entries.size + count > budget.limits.objects) throw PdfTooComplex({ limit: 'objects' });
    for (let i = 0; i < count; i += 1) {
      budget.step();
      const offset = lexer.integer();
      const generation = lexer.integer();
      const kind = lexer.word();
      if (kind !== 'n' && kind !== 'f') throw MalformedPdf({ fault: 'cross-reference entry' });
      entries.set(Number(word) + i, kind === 'n' ? { kind: 'offset', offset, generation } : { kind: 'free' });
    }
  }
}

/** Reads `stream … endstream` after its dictionary; `lengthOf` resolves an indirect /Length. */
export function readStreamBody(lexer: Lexer, dict: PdfDict, lengthOf: (dict: PdfDict) => unknown): PdfStream {
  const { bytes } = lexer;
  if (bytes[lexer.position] === 0x0d) lexer.position += 1;
  if (bytes[lexer.position] !== 0x0a) throw MalformedPdf({ fault: `stream at byte ${lexer.position}` });
  const start = lexer.position + 1;
  const length = lengthOf(dict);
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0 || start + length > bytes.length) {
    throw MalformedPdf({ fault: `length of the stream at byte ${start}` });
  }
  lexer.position = start + length;
  lexer.expect('endstream');
  return new PdfStream(dict, bytes.subarray(start, start + length));
}

function readXrefStream(bytes: Uint8Array, offset: number, budget: Budget): XrefSection {
  const lexer = new Lexer(bytes, offset, budget);
  lexer.integer();
  lexer.integer();
  lexer.expect('obj');
  const dict = lexer.object();
  if (!(dict instanceof Map)) throw MalformedPdf({ fault: 'cross-reference stream' });
  lexer.expect('stream');
  const stream = readStreamBody(lexer, dict, (own) => own.get('Length'));
  const data = decodeStream(dict, stream.raw, budget);
  return { kind: 'stream', offset, entries: streamEntries(dict, data, budget), trailer: dict };
}

function numbers(dict: PdfDict, key: string, fallback?: readonly number[]): readonly number[] {
  const value = dict.get(key) ?? fallback;
  const isList =
    Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isInteger(item) && item >= 0);
  if (!isList) throw MalformedPdf({ fault: `/${key} of the cross-reference stream` });
  return value as number[];
}

function streamEntries(dict: PdfDict, data: Uint8Array, budget: Budget): ReadonlyMap<number, XrefEntry> {
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = numbers(dict, 'W');
  const width = typeWidth + secondWidth + thirdWidth;
  if (width < 1 || typeWidth > 2 || secondWidth > 8 || thirdWidth > 8) {
    throw MalformedPdf({ fault: '/W of the cross-reference stream' });
  }
  const size = dict.get('Size');
  const index = numbers(dict, 'Index', [0, typeof size === 'number' ? size : 0]);
  const entries = new Map<number, XrefEntry>();
  let at = 0;
  const take = (bytes: number, fallback: number): number => {
    if (bytes === 0) return fallback;
    let value = 0;
    for (let i = 0; i < bytes; i += 1) value = value * 256 + (data[at + i] as number);
    at += bytes;
    return value;
  };
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    for (let i = 0; i < (index[pair + 1] as number) && at + width <= data.length; i += 1) {
      budget.step();
      if (entries.size >= budget.limits.objects) throw PdfTooComplex({ limit: 'objects' });
      const [type, second, third] = [take(typeWidth, 1), take(secondWidth, 0), take(thirdWidth, 0)];
      const number = (index[pair] as number) + i;
      if (type === 0) entries.set(number, { kind: 'free' });
      if (type === 1) entries.set(number, { kind: 'offset', offset: second, generation: third });
      if (type === 2) entries.set(number, { kind: 'inStream', stream: second, index: third });
    }
  }
  return entries;
}
