import { EncryptedPdf, MalformedPdf, PdfTooComplex } from './pdf.problems.ts';
import { decodeStream } from './filters.ts';
import { Lexer } from './lexer.ts';
import { Budget } from './limits.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { PdfRef, PdfStream } from './objects.ts';
import type { XrefEntry, XrefSection } from './xref.ts';
import { readSections, readStreamBody, startxrefOf } from './xref.ts';

/**
 * A PDF file read object by object, exactly as its cross-reference sections say. Nothing is repaired: two readers that repair
 * differently see two documents, and that is what signature attacks live on.
 */
export class PdfDocument {
  readonly bytes: Uint8Array;
  readonly budget: Budget;
  /** From the newest to the oldest. */
  readonly sections: readonly XrefSection[];
  readonly trailer: PdfDict;
  readonly #objects = new Map<number, PdfObject>();
  readonly #reading = new Set<number>();
  readonly #objectStreams = new Map<number, ReadonlyMap<number, PdfObject>>();

  /** @throws MalformedPdf, EncryptedPdf, PdfTooComplex */
  constructor(bytes: Uint8Array, budget: Budget = new Budget()) {
    if (bytes.length > budget.limits.fileBytes) throw PdfTooComplex({ limit: 'file size' });
    if (!/^%PDF-[12]\.\d/.test(Buffer.from(bytes.subarray(0, 9)).toString('latin1'))) {
      throw MalformedPdf({ fault: 'the file does not begin with %PDF' });
    }
    this.bytes = bytes;
    this.budget = budget;
    this.sections = readSections(bytes, budget);
    this.trailer = (this.sections[0] as XrefSection).trailer;
    if (this.sections.some(({ trailer }) => trailer.has('Encrypt'))) throw EncryptedPdf();
  }

  /** Whether a revision closes at byte `end`, be it readable or not. */
  hasRevisionEndingAt(end: number): boolean {
    return startxrefOf(this.bytes.subarray(0, end)) !== undefined;
  }

  /** The same file as it was when it ended at byte `end`. */
  revisionEndingAt(end: number): PdfDocument {
    return new PdfDocument(this.bytes.subarray(0, end), this.budget);
  }

  get root(): PdfDict {
    const root = this.resolve(this.trailer.get('Root'));
    if (!(root instanceof Map)) throw MalformedPdf({ fault: 'no catalog' });
    return root;
  }

  /** One more than the highest object number of any section. */
  get size(): number {
    const sizes = this.sections.map(({ trailer, entries }) => {
      const size = trailer.get('Size');
      const highest = [...entries.keys()].reduce((a, b) => Math.max(a, b), 0);
      return Math.max(typeof size === 'number' ? size : 0, highest + 1);
    });
    return Math.max(...sizes);
  }

  entry(number: number): XrefEntry | undefined {
    for (const section of this.sections) {
      const entry = section.entries.get(number);
      if (entry) return entry;
    }
    return undefined;
  }

  /** Follows references; a reference to nothing is null, as 7.3.10 says. */
  resolve(object: PdfObject | undefined): PdfObject {
    let current = object ?? null;
    for (let hops = 0; current instanceof PdfRef; hops += 1) {
      if (hops > 16) throw MalformedPdf({ fault: 'references form a loop' });
      current = this.#load(current.number);
    }
    return current;
  }

  dict(object: PdfObject | undefined): PdfDict | undefined {
    const value = this.resolve(object);
    if (value instanceof Map) return value;
    return value instanceof PdfStream ? value.dict : undefined;
  }

  array(object: PdfObject | undefined): readonly PdfObject[] {
    const value = this.resolve(object);
    return Array.isArray(value) ? value : [];
  }

  #load(number: number): PdfObject {
    const known = this.#objects.get(number);
    if (known !== undefined) return known;
    if (this.#reading.has(number)) throw MalformedPdf({ fault: `object ${number} contains itself` });
    this.#reading.add(number);
    try {
      const entry = this.entry(number);
      const object = !entry || entry.kind === 'free' ? null : this.#read(number, entry);
      this.#objects.set(number, object);
      return object;
    } finally {
      this.#reading.delete(number);
    }
  }

  #read(number: number, entry: Exclude<XrefEntry, { kind: 'free' }>): PdfObject {
    if (entry.kind === 'inStream') return this.#objectStream(entry.stream).get(number) ?? null;
    if (entry.offset >= this.bytes.length) throw MalformedPdf({ fault: `object ${number} lies behind the end` });
    const lexer = new Lexer(this.bytes, entry.offset, this.budget);
    const found = lexer.integer();
    const generation = lexer.integer();
    lexer.expect('obj');
    if (found !== number || generation !== entry.generation) {
      throw MalformedPdf({ fault: `object ${number} is not where the cross-reference says` });
    }
    const object = lexer.object();
    if (object instanceof Map && lexer.accept('stream')) {
      const stream = readStreamBody(lexer, object, (dict) => this.resolve(dict.get('Length')));
      lexer.expect('endobj');
      return stream;
    }
    lexer.expect('endobj');
    return object;
  }

  #objectStream(number: number): ReadonlyMap<number, PdfObject> {
    const known = this.#objectStreams.get(number);
    if (known) return known;
    if (this.entry(number)?.kind !== 'offset') throw MalformedPdf({ fault: `object stream ${number}` });
    const stream = this.#load(number);
    if (!(stream instanceof PdfStream)) throw MalformedPdf({ fault: `object stream ${number}` });
    const count = this.resolve(stream.dict.get('N'));
    const first = this.resolve(stream.dict.get('First'));
    if (typeof count !== 'number' || typeof first !== 'number')
      throw MalformedPdf({ fault: `object stream ${number}` });
    if (count > this.budget.limits.objects) throw PdfTooComplex({ limit: 'objects' });
    const data = decodeStream(stream.dict, stream.raw, this.budget);
    const head = new Lexer(data, 0, this.budget, false);
    const pairs = Array.from({ length: count }, () => [head.integer(), head.integer()] as const);
    // Two objects at one place would be read, and kept, twice.
    if (pairs.some(([, offset], index) => offset <= (pairs[index - 1]?.[1] ?? -1))) {
      throw MalformedPdf({ fault: `object stream ${number} is not in order` });
    }
    const objects = new Map(
      pairs.map(([id, offset]) => [id, new Lexer(data, first + offset, this.budget, false).object()]),
    );
    this.#objectStreams.set(number, objects);
    return objects;
  }
}
