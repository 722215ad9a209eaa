import { MalformedPdf } from './pdf.problems.ts';
import type { Budget } from './limits.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { PdfName, PdfRef, PdfString } from './objects.ts';

const WHITE = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const DELIMITERS = new Set([...'()<>[]{}/%'].map((char) => char.charCodeAt(0)));
const isRegular = (byte: number | undefined): byte is number =>
  byte !== undefined && !WHITE.has(byte) && !DELIMITERS.has(byte);

/** ISO 32000-1 annex C: 127 bytes; generous to writers that do not keep to it. */
const LONGEST_NAME = 4096;

/** Reads objects from bytes (ISO 32000-1, 7.2 and 7.3). Positions are those of `bytes`. */
export class Lexer {
  readonly bytes: Uint8Array;
  position: number;
  readonly #budget: Budget;
  /** False in object streams, where string positions mean nothing for the file. */
  readonly #inFile: boolean;

  constructor(bytes: Uint8Array, position: number, budget: Budget, inFile = true) {
    this.bytes = bytes;
    this.position = position;
    this.#budget = budget;
    this.#inFile = inFile;
  }

  skipWhite(): void {
    for (;;) {
      const byte = this.bytes[this.position];
      if (byte === 0x25) {
        while (
          this.position < this.bytes.length &&
          this.bytes[this.position] !== 0x0a &&
          this.bytes[this.position] !== 0x0d
        ) {
          this.position += 1;
        }
      } else if (byte !== undefined && WHITE.has(byte)) this.position += 1;
      else return;
      this.#budget.step();
    }
  }

  /** Next run of regular characters, for instance a keyword or a number; empty at a delimiter. */
  word(): string {
    this.skipWhite();
    const start = this.position;
    while (isRegular(this.bytes[this.position]) && this.position - start < 128) this.position += 1;
    return Buffer.from(this.bytes.subarray(start, this.position)).toString('latin1');
  }

  /** Reads `expected` or leaves the position alone. */
  accept(expected: string): boolean {
    const start = this.position;
    if (this.word() === expected) return true;
    this.position = start;
    return false;
  }

  expect(expected: string): void {
    if (!this.accept(expected)) throw MalformedPdf({ fault: `${expected} expected at byte ${this.position}` });
  }

  integer(): number {
    const word = this.word();
    if (!/^\d{1,12}$/.test(word)) throw MalformedPdf({ fault: `number expected at byte ${this.position}` });
    return Number(word);
  }

  object(depth = 0): PdfObject {
    this.#budget.step();
    this.#budget.depth(depth);
    this.skipWhite();
    const { bytes } = this;
    switch (bytes[this.position]) {
      case 0x2f:
        return this.#name();
      case 0x28:
        return this.#literalString();
      case 0x5b:
        return this.#array(depth);
      case 0x3c:
        return bytes[this.position + 1] === 0x3c ? this.#dict(depth) : this.#hexString();
      default:
        return this.#wordObject();
    }
  }

  #wordObject(): PdfObject {
    const start = this.position;
    const word = this.word();
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    if (/^\d{1,10}$/.test(word)) return this.#reference(Number(word)) ?? Number(word);
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word);
    throw MalformedPdf({ fault: `unexpected ${JSON.stringify(word)} at byte ${start}` });
  }

  #reference(number: number): PdfRef | undefined {
    const after = this.position;
    const generation = this.word();
    if (/^\d{1,5}$/.test(generation) && this.accept('R')) return new PdfRef(number, Number(generation));
    this.position = after;
    return undefined;
  }

  #name(): PdfName {
    this.position += 1;
    const start = this.position;
    while (isRegular(this.bytes[this.position])) {
      this.position += 1;
      if (this.position - start > LONGEST_NAME) throw MalformedPdf({ fault: `name at byte ${start} does not end` });
    }
    const text = Buffer.from(this.bytes.subarray(start, this.position)).toString('latin1');
    return new PdfName(text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))));
  }

  #array(depth: number): PdfObject[] {
    this.position += 1;
    const items: PdfObject[] = [];
    for (;;) {
      this.skipWhite();
      if (this.bytes[this.position] === 0x5d) {
        this.position += 1;
        return items;
      }
      items.push(this.object(depth + 1));
    }
  }

  /** A key that comes twice makes readers differ about the meaning of a document, so it is refused. */
  #dict(depth: number): PdfDict {
    this.position += 2;
    const dict: PdfDict = new Map();
    for (;;) {
      this.skipWhite();
      if (this.bytes[this.position] === 0x3e && this.bytes[this.position + 1] === 0x3e) {
        this.position += 2;
        return dict;
      }
      if (this.bytes[this.position] !== 0x2f) throw MalformedPdf({ fault: `key expected at byte ${this.position}` });
      const key = this.#name().value;
      if (dict.has(key)) throw MalformedPdf({ fault: `key /${key} comes twice` });
      dict.set(key, this.object(depth + 1));
    }
  }

  #hexString(): PdfString {
    const start = this.position;
    const end = this.bytes.indexOf(0x3e, start);
    if (end < 0) throw MalformedPdf({ fault: `string at byte ${start} does not end` });
    const digits = Buffer.from(this.bytes.subarray(start + 1, end))
      .toString('latin1')
      .replace(/[\0\t\n\f\r ]+/g, '');
    if (/[^0-9A-Fa-f]/.test(digits)) throw MalformedPdf({ fault: `bad digit in the string at byte ${start}` });
    this.position = end + 1;
    const bytes = Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex');
    return this.#string(bytes, true, start);
  }

  #literalString(): PdfString {
    const start = this.position;
    const out: number[] = [];
    this.position += 1;
    for (let open = 1; open > 0;) {
      const byte = this.bytes[this.position];
      if (byte === undefined) throw MalformedPdf({ fault: `string at byte ${start} does not end` });
      this.position += 1;
      this.#budget.step();
      if (byte === 0x5c) this.#escape(out);
      else {
        if (byte === 0x28) open += 1;
        if (byte === 0x29) open -= 1;
        if (open > 0) out.push(byte);
      }
    }
    return this.#string(Uint8Array.from(out), false, start);
  }

  #escape(out: number[]): void {
    const byte = this.bytes[this.position] ?? 0;
    this.position += 1;
    const simple = { n: 10, r: 13, t: 9, b: 8, f: 12 }[String.fromCharCode(byte)];
    if (simple !== undefined) out.push(simple);
    else if (byte >= 0x30 && byte <= 0x37) {
      let value = byte - 0x30;
      for (let count = 1; count < 3; count += 1) {
        const next = this.bytes[this.position] ?? 0;
        if (next < 0x30 || next > 0x37) break;
        value = value * 8 + next - 0x30;
        this.position += 1;
      }
      out.push(value & 0xff);
    } else if (byte === 0x0d) {
      if (this.bytes[this.position] === 0x0a) this.position += 1;
    } else if (byte !== 0x0a) out.push(byte);
  }

  #string(bytes: Uint8Array, isHex: boolean, start: number): PdfString {
    return this.#inFile ? new PdfString(bytes, isHex, start, this.position) : new PdfString(bytes, isHex);
  }
}
