import { inflateSync } from 'node:zlib';
import { MalformedPdf, PdfTooComplex } from './pdf.problems.ts';
import type { Budget } from './limits.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { PdfName } from './objects.ts';

/**
 * Decodes the streams the reader itself depends on (cross-reference and object streams): Flate with predictors, or nothing.
 * Page contents and pictures are never decoded; they are compared as stored.
 */
export function decodeStream(dict: PdfDict, raw: Uint8Array, budget: Budget): Uint8Array {
  const filters = list(dict.get('Filter')).map((filter) => (filter instanceof PdfName ? filter.value : ''));
  const parameters = list(dict.get('DecodeParms'));
  if (filters.length > 2) throw MalformedPdf({ fault: 'too many stream filters' });
  return filters.reduce<Uint8Array>((bytes, filter, index) => {
    if (filter !== 'FlateDecode' && filter !== 'Fl') throw MalformedPdf({ fault: `stream filter ${filter}` });
    const options = parameters[index];
    return unpredict(inflate(bytes, budget), options instanceof Map ? options : new Map(), budget);
  }, raw);
}

const list = (value: PdfObject | undefined): readonly PdfObject[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

function inflate(bytes: Uint8Array, budget: Budget): Uint8Array {
  let out: Uint8Array;
  try {
    out = inflateSync(bytes, { maxOutputLength: budget.limits.streamBytes });
  } catch (cause) {
    const tooLarge = cause instanceof RangeError || (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (tooLarge) throw PdfTooComplex({ limit: 'decompressed stream' }, { cause });
    throw MalformedPdf({ fault: 'a compressed stream is damaged' }, { cause });
  }
  budget.inflated(out.length);
  return out;
}

const positive = (dict: PdfDict, key: string, fallback: number, maximum: number): number => {
  const value = dict.get(key) ?? fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > maximum) {
    throw MalformedPdf({ fault: `/${key} of a stream` });
  }
  return value;
};

/** Undoes the PNG predictors (7.4.4.4). */
function unpredict(bytes: Uint8Array, options: PdfDict, budget: Budget): Uint8Array {
  const predictor = positive(options, 'Predictor', 1, 15);
  if (predictor === 1) return bytes;
  if (predictor < 10) throw MalformedPdf({ fault: `predictor ${predictor}` });
  const bits = positive(options, 'BitsPerComponent', 8, 16);
  const colors = positive(options, 'Colors', 1, 32);
  const rowLength = Math.ceil((positive(options, 'Columns', 1, 1_000_000) * colors * bits) / 8);
  const pixel = Math.max(1, Math.floor((colors * bits) / 8));
  const rows = Math.floor(bytes.length / (rowLength + 1));
  const out = new Uint8Array(rows * rowLength);
  for (let row = 0; row < rows; row += 1) {
    budget.step();
    const source = bytes.subarray(row * (rowLength + 1) + 1, (row + 1) * (rowLength + 1));
    unfilterRow(bytes[row * (rowLength + 1)] as number, source, out, row * rowLength, pixel);
  }
  return out;
}

/** One row of PNG filtering (PNG 9.2), written into `out` at `at`; the row above is already there. */
export function unfilterRow(filter: number, source: Uint8Array, out: Uint8Array, at: number, pixel: number): void {
  const length = source.length;
  for (let i = 0; i < length; i += 1) {
    const left = i >= pixel ? (out[at + i - pixel] as number) : 0;
    const up = at >= length ? (out[at + i - length] as number) : 0;
    const upLeft = at >= length && i >= pixel ? (out[at + i - length - pixel] as number) : 0;
    out[at + i] = (source[i] as number) + predicted(filter, left, up, upLeft);
  }
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const estimate = left + up - upLeft;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}
