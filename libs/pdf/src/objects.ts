/** PDF objects (ISO 32000-1, 7.3) as read, with positions where a signature check needs them. */

export class PdfName {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

/** `start` and `end` are file positions of the token including its delimiters; -1 for strings that are not read from a file. */
export class PdfString {
  readonly bytes: Uint8Array;
  readonly isHex: boolean;
  readonly start: number;
  readonly end: number;

  constructor(bytes: Uint8Array, isHex = false, start = -1, end = -1) {
    this.bytes = bytes;
    this.isHex = isHex;
    this.start = start;
    this.end = end;
  }

  /** Text string (7.9.2.2): UTF-16BE with a mark, UTF-8 with a mark, else PDFDocEncoding read as Latin-1. */
  get text(): string {
    const [a, b, c] = this.bytes;
    const buffer = Buffer.from(this.bytes);
    if (a === 0xfe && b === 0xff)
      return Buffer.from(buffer.subarray(2, 2 + ((buffer.length - 2) & ~1)))
        .swap16()
        .toString('utf16le');
    if (a === 0xef && b === 0xbb && c === 0xbf) return buffer.toString('utf8', 3);
    return buffer.toString('latin1');
  }
}

export class PdfRef {
  readonly number: number;
  readonly generation: number;

  constructor(number: number, generation = 0) {
    this.number = number;
    this.generation = generation;
  }
}

export type PdfDict = Map<string, PdfObject>;

export class PdfStream {
  readonly dict: PdfDict;
  /** Bytes as stored, before any filter. */
  readonly raw: Uint8Array;

  constructor(dict: PdfDict, raw: Uint8Array) {
    this.dict = dict;
    this.raw = raw;
  }
}

export type PdfObject = null | boolean | number | PdfName | PdfString | PdfRef | PdfStream | PdfObject[] | PdfDict;

export const name = (value: string): PdfName => new PdfName(value);
export const dict = (entries: Readonly<Record<string, PdfObject | undefined>>): PdfDict =>
  new Map(Object.entries(entries).filter((entry): entry is [string, PdfObject] => entry[1] !== undefined));

/** A text string: ASCII as it is, anything else as UTF-16BE in NFC (VN-22). */
export function textString(text: string): PdfString {
  const normal = text.normalize('NFC');
  if (/^[\x20-\x7e]*$/.test(normal)) return new PdfString(Buffer.from(normal, 'latin1'));
  return new PdfString(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(normal, 'utf16le').swap16()]));
}

/** A date in Vietnamese time (7.9.4), for instance `D:20261122140509+07'00'`. @source PR-11 */
export function dateString(at: Date): PdfString {
  const local = new Date(at.getTime() + 7 * 3600_000).toISOString().replace(/[-:T]|\..*/g, '');
  return new PdfString(Buffer.from(`D:${local}+07'00'`));
}

/** Instant of a PDF date; undefined when it is not one. */
export function readDate(text: string): Date | undefined {
  const match = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'?(\d\d)'?)?/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, zone = '+00', zoneMinutes = '00'] = match;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}:${zoneMinutes}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
