import { createHash } from 'node:crypto';
import type { PdfDocument } from './document.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { name, PdfName, PdfRef, PdfStream, PdfString } from './objects.ts';

/** Bytes of an object as this library writes it. */
export function serialize(object: PdfObject): Buffer {
  if (object instanceof PdfStream) {
    const dict = new Map(object.dict).set('Length', object.raw.length);
    return Buffer.concat([serialize(dict), Buffer.from('\nstream\n'), object.raw, Buffer.from('\nendstream')]);
  }
  if (Array.isArray(object)) return join('[', object.map(serialize), ']');
  if (object instanceof Map) {
    return join(
      '<< ',
      [...object].map(([key, value]) => Buffer.concat([serialize(name(key)), Buffer.from(' '), serialize(value)])),
      ' >>',
    );
  }
  return Buffer.from(atom(object), 'latin1');
}

const join = (open: string, parts: readonly Buffer[], close: string): Buffer =>
  Buffer.concat([
    Buffer.from(open),
    ...parts.flatMap((part, index) => (index ? [Buffer.from(' '), part] : [part])),
    Buffer.from(close),
  ]);

function atom(object: null | boolean | number | PdfName | PdfString | PdfRef): string {
  if (object instanceof PdfRef) return `${object.number} ${object.generation} R`;
  if (object instanceof PdfName)
    return `/${object.value.replace(/[^!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]/g, (char) => `#${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
  if (object instanceof PdfString) {
    if (object.isHex) return `<${Buffer.from(object.bytes).toString('hex')}>`;
    const text = Buffer.from(object.bytes).toString('latin1');
    return `(${text.replace(/[\\()\r\n]/g, (char) => ({ '\r': '\\r', '\n': '\\n' })[char] ?? `\\${char}`)})`;
  }
  if (typeof object === 'number')
    return Number.isInteger(object) ? String(object) : Number(object.toFixed(5)).toString();
  return String(object);
}

export interface Revision {
  /** Bytes to append to the file. */
  readonly bytes: Buffer;
  /** Position in the whole file of each object's first byte. */
  readonly offsets: ReadonlyMap<number, number>;
}

/**
 * Collects changed and new objects and writes them as one incremental update (7.5.6): the old bytes stay as they are, the new
 * cross-reference section is of the same kind as the last one.
 *
 * @source PAD-06
 */
export class IncrementalUpdate {
  readonly document: PdfDocument;
  readonly #objects = new Map<number, Buffer>();
  #next: number;

  constructor(document: PdfDocument) {
    this.document = document;
    this.#next = document.size;
  }

  reserve(): PdfRef {
    return new PdfRef(this.#next++);
  }

  add(object: PdfObject): PdfRef {
    const ref = this.reserve();
    this.put(ref, object);
    return ref;
  }

  put(ref: PdfRef, object: PdfObject): void {
    this.#objects.set(ref.number, serialize(object));
  }

  /** Bytes of an object that keeps its own layout, such as a signature dictionary with its placeholder. */
  putRaw(ref: PdfRef, bytes: Buffer): void {
    this.#objects.set(ref.number, bytes);
  }

  write(): Revision {
    const start = this.document.bytes.length;
    const offsets = new Map<number, number>();
    const last = this.document.bytes[start - 1];
    const chunks: Buffer[] = [last === 0x0a || last === 0x0d ? Buffer.alloc(0) : Buffer.from('\n')];
    let at = start + (chunks[0] as Buffer).length;
    const push = (chunk: Buffer): void => {
      chunks.push(chunk);
      at += chunk.length;
    };
    for (const [number, body] of [...this.#objects].sort(([a], [b]) => a - b)) {
      offsets.set(number, at);
      push(
        Buffer.concat([Buffer.from(`${number} ${this.#generation(number)} obj\n`), body, Buffer.from('\nendobj\n')]),
      );
    }
    const startxref = at;
    const digest = createHash('sha256').update(Buffer.concat(chunks)).digest().subarray(0, 16);
    const isTable = this.document.sections[0]?.kind === 'table';
    push(isTable ? this.#table(offsets, digest) : this.#stream(offsets, at, digest));
    push(Buffer.from(`startxref\n${startxref}\n%%EOF\n`));
    return { bytes: Buffer.concat(chunks), offsets };
  }

  #generation(number: number): number {
    const entry = this.document.entry(number);
    return entry?.kind === 'offset' ? entry.generation : 0;
  }

  /** /Root, /Info and the first half of /ID stay; the second half tells the revisions apart. */
  #trailer(size: number, digest: Uint8Array): PdfDict {
    const { trailer, sections } = this.document;
    const id = this.document.array(trailer.get('ID'))[0];
    const first = id instanceof PdfString ? id.bytes : digest;
    const kept = ['Root', 'Info'].flatMap((key): [string, PdfObject][] => {
      const value = trailer.get(key);
      return value === undefined ? [] : [[key, value]];
    });
    return new Map<string, PdfObject>([
      ['Size', size],
      ...kept,
      ['ID', [new PdfString(first, true), new PdfString(digest, true)]],
      ['Prev', sections[0]?.offset ?? 0],
    ]);
  }

  #table(offsets: ReadonlyMap<number, number>, digest: Uint8Array): Buffer {
    const lines = ['xref'];
    for (const run of runs([...offsets.keys()])) {
      lines.push(`${run[0]} ${run.length}`);
      for (const number of run) {
        const generation = String(this.#generation(number)).padStart(5, '0');
        lines.push(`${String(offsets.get(number)).padStart(10, '0')} ${generation} n `);
      }
    }
    return Buffer.concat([
      Buffer.from(`${lines.join('\n')}\ntrailer\n`),
      serialize(this.#trailer(this.#next, digest)),
      Buffer.from('\n'),
    ]);
  }

  #stream(offsets: ReadonlyMap<number, number>, at: number, digest: Uint8Array): Buffer {
    const own = this.#next;
    const all = new Map(offsets).set(own, at);
    const rows = [...all].map(([number, offset]) => {
      const row = Buffer.alloc(8);
      row.writeUInt8(1, 0);
      row.writeUIntBE(offset, 1, 5);
      row.writeUInt16BE(number === own ? 0 : this.#generation(number), 6);
      return row;
    });
    const dict = this.#trailer(own + 1, digest);
    dict.set('Type', name('XRef'));
    dict.set('W', [1, 5, 2]);
    dict.set(
      'Index',
      runs([...all.keys()]).flatMap((run) => [run[0] as number, run.length]),
    );
    return Buffer.concat([
      Buffer.from(`${own} 0 obj\n`),
      serialize(new PdfStream(dict, Buffer.concat(rows))),
      Buffer.from('\nendobj\n'),
    ]);
  }
}

/** Splits ascending numbers into runs without gaps. */
function runs(numbers: readonly number[]): number[][] {
  const out: number[][] = [];
  for (const number of numbers) {
    const run = out[out.length - 1];
    if (run && run[run.length - 1] === number - 1) run.push(number);
    else out.push([number]);
  }
  return out;
}
