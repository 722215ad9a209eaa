/**
 * Strict DER: a reader that keeps every element's exact bytes (signatures and fingerprints are over those bytes, never over
 * a re-encoding) and a writer for the few structures this library makes.
 */
import { MalformedDer } from './x509.problems.ts';

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Tag of a context-specific element; `constructed` unless it replaces a primitive type implicitly. */
export const context = (number: number, constructed = true): number => 0x80 | (constructed ? 0x20 : 0) | number;

const MAX_DEPTH = 40;
const MAX_ELEMENTS = 200_000;

/**
 * One element.
 * `raw` is tag, length and content, `content` the content alone. Both are views on the input.
 *
 * @source VN-78
 */
export class Der {
  readonly tag: number;
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
  readonly #budget: { left: number };
  readonly #depth: number;
  #children: readonly Der[] | undefined;

  private constructor(tag: number, raw: Uint8Array, content: Uint8Array, budget: { left: number }, depth: number) {
    this.tag = tag;
    this.raw = raw;
    this.content = content;
    this.#budget = budget;
    this.#depth = depth;
  }

  /**
   * Reads exactly one element.
   *
   * @throws MalformedDer when there are bytes after it, or it is not DER
   */
  static parse(bytes: Uint8Array): Der {
    const { element, end } = Der.#read(bytes, 0, { left: MAX_ELEMENTS }, 0);
    if (end !== bytes.length) throw MalformedDer({ fault: 'bytes after the element' });
    return element;
  }

  static #read(
    bytes: Uint8Array,
    start: number,
    budget: { left: number },
    depth: number,
  ): { element: Der; end: number } {
    if (depth > MAX_DEPTH) throw MalformedDer({ fault: 'nested too deeply' });
    if ((budget.left -= 1) < 0) throw MalformedDer({ fault: 'too many elements' });
    const tag = bytes[start];
    const first = bytes[start + 1];
    if (tag === undefined || first === undefined) throw MalformedDer({ fault: 'truncated' });
    if ((tag & 0x1f) === 0x1f) throw MalformedDer({ fault: 'long tag' });
    let at = start + 2;
    let length = first;
    if (first & 0x80) {
      const count = first & 0x7f;
      if (count === 0 || count > 4) throw MalformedDer({ fault: 'indefinite or oversized length' });
      length = 0;
      for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[at + i] ?? 0);
      at += count;
      if (length < 0x80 || length < 256 ** (count - 1)) throw MalformedDer({ fault: 'length not minimal' });
    }
    const end = at + length;
    if (end > bytes.length) throw MalformedDer({ fault: 'truncated' });
    return { element: new Der(tag, bytes.subarray(start, end), bytes.subarray(at, end), budget, depth), end };
  }

  get isConstructed(): boolean {
    return (this.tag & 0x20) !== 0;
  }

  get children(): readonly Der[] {
    if (this.#children) return this.#children;
    if (!this.isConstructed) throw MalformedDer({ fault: 'primitive where elements were expected' });
    const children: Der[] = [];
    for (let at = 0; at < this.content.length;) {
      const { element, end } = Der.#read(this.content, at, this.#budget, this.#depth + 1);
      children.push(element);
      at = end;
    }
    this.#children = children;
    return children;
  }

  expect(tag: number): this {
    if (this.tag !== tag) throw MalformedDer({ fault: `tag ${this.tag} where ${tag} was expected` });
    return this;
  }

  /** The child at `index`, which must exist. */
  at(index: number): Der {
    const child = this.children[index];
    if (!child) throw MalformedDer({ fault: `element ${index} is missing` });
    return child;
  }

  /** The child that carries context tag `number`, primitive or constructed. */
  tagged(number: number): Der | undefined {
    return this.children.find((child) => (child.tag & 0xdf) === (0x80 | number));
  }

  get oid(): string {
    this.expect(TAG.oid);
    const arcs: number[] = [];
    let value = 0;
    this.content.forEach((byte, index) => {
      if (value > 2 ** 40) throw MalformedDer({ fault: 'oversized object identifier' });
      value = value * 128 + (byte & 0x7f);
      if (byte & 0x80) {
        if (index === this.content.length - 1) throw MalformedDer({ fault: 'truncated object identifier' });
        return;
      }
      if (arcs.length === 0) {
        const top = Math.min(Math.floor(value / 40), 2);
        arcs.push(top, value - top * 40);
      } else arcs.push(value);
      value = 0;
    });
    return arcs.join('.');
  }

  get boolean(): boolean {
    this.expect(TAG.boolean);
    if (this.content.length !== 1 || ![0, 0xff].includes(this.content[0] as number)) {
      throw MalformedDer({ fault: 'boolean' });
    }
    return this.content[0] === 0xff;
  }

  get bigint(): bigint {
    if (this.tag !== TAG.enumerated) this.expect(TAG.integer);
    if (this.content.length === 0 || this.content.length > 64) throw MalformedDer({ fault: 'integer' });
    const value = BigInt(`0x${Buffer.from(this.content).toString('hex')}`);
    return (this.content[0] as number) & 0x80 ? value - (1n << BigInt(this.content.length * 8)) : value;
  }

  get integer(): number {
    const value = Number(this.bigint);
    if (!Number.isSafeInteger(value)) throw MalformedDer({ fault: 'integer out of range' });
    return value;
  }

  /** Content of a BIT STRING that has a whole number of bytes. */
  get bits(): Uint8Array {
    this.expect(TAG.bitString);
    if (this.content[0] !== 0) throw MalformedDer({ fault: 'bit string with unused bits' });
    return this.content.subarray(1);
  }

  /** Numbers of the bits that are set in a named-bit list such as keyUsage. */
  get namedBits(): ReadonlySet<number> {
    this.expect(TAG.bitString);
    const set = new Set<number>();
    this.content.subarray(1).forEach((byte, index) => {
      for (let bit = 0; bit < 8; bit += 1) if (byte & (0x80 >> bit)) set.add(index * 8 + bit);
    });
    return set;
  }

  get text(): string {
    if (this.tag === 0x1e) {
      const swapped = Buffer.from(this.content.subarray(0, this.content.length & ~1));
      return swapped.swap16().toString('utf16le');
    }
    return Buffer.from(this.content).toString(this.tag === TAG.utf8String ? 'utf8' : 'latin1');
  }

  /** Instant of a UTCTime or GeneralizedTime in Zulu form (RFC 5280 4.1.2.5; fractions as RFC 3161 allows). */
  get time(): Date {
    const text = Buffer.from(this.content).toString('latin1');
    const utc = this.tag === TAG.utcTime;
    if (!utc) this.expect(TAG.generalizedTime);
    const match = (
      utc ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d(?:\.\d{1,6})?)Z$/
    ).exec(text);
    if (!match) throw MalformedDer({ fault: `time ${JSON.stringify(text)}` });
    const [, y = '', month, day, hour, minute, second = ''] = match;
    const year = utc ? (Number(y) >= 50 ? `19${y}` : `20${y}`) : y;
    const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    if (Number.isNaN(time.getTime())) throw MalformedDer({ fault: `time ${text}` });
    return time;
  }
}

/** Encodes one element from parts that are already encoded. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = Buffer.concat(parts);
  const size: number[] = [];
  if (content.length < 0x80) size.push(content.length);
  else {
    for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256);
    size.unshift(0x80 | size.length);
  }
  return new Uint8Array(Buffer.concat([Buffer.from([tag, ...size]), content]));
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => der(TAG.sequence, ...parts);
export const octets = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => der(TAG.octetString, bytes);
export const bitString = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => der(TAG.bitString, Buffer.from([0]), bytes);
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => der(TAG.utf8String, Buffer.from(text.normalize('NFC')));
export const nothing = (): Uint8Array<ArrayBuffer> => der(TAG.null);
export const boolean = (value: boolean): Uint8Array<ArrayBuffer> => der(TAG.boolean, Buffer.from([value ? 0xff : 0]));

/** SET OF in the order DER demands: sorted by encoding. */
export function setOf(parts: readonly Uint8Array[], tag: number = TAG.set): Uint8Array<ArrayBuffer> {
  return der(tag, ...[...parts].sort((a, b) => Buffer.compare(a, b)));
}

export function integer(value: number | bigint, tag: number = TAG.integer): Uint8Array<ArrayBuffer> {
  const number = BigInt(value);
  if (number < 0n) throw new RangeError('negative integers are not used in the structures made here');
  let hex = number.toString(16);
  if (hex.length % 2) hex = `0${hex}`;
  if (parseInt(hex.slice(0, 2), 16) & 0x80) hex = `00${hex}`;
  return der(tag, Buffer.from(hex, 'hex'));
}

export function oid(dotted: string): Uint8Array<ArrayBuffer> {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift(0x80 | (left % 128));
    return groups;
  });
  return der(TAG.oid, Buffer.from(bytes));
}

/** Named-bit list without trailing zero bits, as DER demands. */
export function namedBits(bits: readonly number[]): Uint8Array<ArrayBuffer> {
  const highest = Math.max(...bits);
  const bytes = new Uint8Array(Math.floor(highest / 8) + 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] as number) | (0x80 >> (bit & 7));
  return der(TAG.bitString, Buffer.from([7 - (highest & 7)]), bytes);
}

/** UTCTime until 2049, GeneralizedTime after it (RFC 5280 4.1.2.5). */
export function time(at: Date): Uint8Array<ArrayBuffer> {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '');
  if (at.getUTCFullYear() >= 2050) return generalizedTime(at);
  return der(TAG.utcTime, Buffer.from(digits.slice(2)));
}

/** GeneralizedTime to the second. */
export function generalizedTime(at: Date): Uint8Array<ArrayBuffer> {
  return der(TAG.generalizedTime, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')));
}
