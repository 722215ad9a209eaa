import { inflateSync } from 'node:zlib';
import { unfilterRow } from '@qlvb/pdf';
import { BadPicture } from '../pdf-signature.problems.ts';

/** A decoded picture: 8-bit colour triples and one byte of opacity per pixel, row by row from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  readonly alpha: Uint8Array;
  /** The file can express transparency: colour type 4 or 6, or a tRNS chunk. */
  readonly hasAlphaChannel: boolean;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const MAX_SIDE = 4000;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly color: number;
  readonly channels: number;
}

/** Reads a PNG that is not interlaced and not animated. @throws BadPicture */
export function decodePng(bytes: Uint8Array): Picture {
  const png = Buffer.from(bytes);
  if (!png.subarray(0, 8).equals(SIGNATURE))
    throw BadPicture({ reason: { vi: 'không phải tệp PNG', en: 'not a PNG' } });
  const chunks = readChunks(png);
  const header = readHeader(chunks.get('IHDR')?.[0]);
  if (chunks.has('acTL')) throw BadPicture({ reason: { vi: 'ảnh động', en: 'animated' } });
  const rowLength = Math.ceil((header.width * header.channels * header.depth) / 8);
  const rows = unfiltered(Buffer.concat(chunks.get('IDAT') ?? []), header, rowLength);
  return toRgba(header, rows, rowLength, chunks.get('PLTE')?.[0], chunks.get('tRNS')?.[0]);
}

function readChunks(png: Buffer): ReadonlyMap<string, readonly Buffer[]> {
  const chunks = new Map<string, Buffer[]>();
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    if (at + 12 + length > png.length) throw BadPicture({ reason: { vi: 'tệp bị cắt cụt', en: 'truncated' } });
    chunks.set(type, [...(chunks.get(type) ?? []), png.subarray(at + 8, at + 8 + length)]);
    if (type === 'IEND') return chunks;
    at += 12 + length;
  }
  throw BadPicture({ reason: { vi: 'tệp bị cắt cụt', en: 'truncated' } });
}

function readHeader(chunk: Buffer | undefined): Header {
  if (chunk?.length !== 13) throw BadPicture({ reason: { vi: 'thiếu phần đầu', en: 'no header' } });
  const [width, height] = [chunk.readUInt32BE(0), chunk.readUInt32BE(4)];
  const [depth, color, compression, filter, interlace] = chunk.subarray(8) as unknown as number[];
  const channels = CHANNELS[color as number];
  const deep = [1, 2, 4, 8, 16].includes(depth as number) && ((depth as number) >= 8 || color === 0 || color === 3);
  if (!channels || !deep || compression || filter)
    throw BadPicture({ reason: { vi: 'kiểu ảnh không được hỗ trợ', en: 'kind of picture not supported' } });
  if (interlace) throw BadPicture({ reason: { vi: 'ảnh xen kẽ', en: 'interlaced' } });
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE)
    throw BadPicture({ reason: { vi: `cỡ ${width} × ${height}`, en: `size ${width} × ${height}` } });
  return { width, height, depth: depth as number, color: color as number, channels };
}

function unfiltered(data: Buffer, { height, channels, depth }: Header, rowLength: number): Uint8Array {
  const expected = height * (rowLength + 1);
  let filtered: Buffer;
  try {
    filtered = inflateSync(data, { maxOutputLength: expected + 1 });
  } catch (cause) {
    throw BadPicture({ reason: { vi: 'dữ liệu ảnh hỏng', en: 'damaged pixels' } }, { cause });
  }
  if (filtered.length !== expected) throw BadPicture({ reason: { vi: 'dữ liệu ảnh hỏng', en: 'damaged pixels' } });
  const rows = new Uint8Array(height * rowLength);
  const pixel = Math.max(1, (channels * depth) >> 3);
  for (let y = 0; y < height; y += 1) {
    const at = y * (rowLength + 1);
    unfilterRow(filtered[at] as number, filtered.subarray(at + 1, at + 1 + rowLength), rows, y * rowLength, pixel);
  }
  return rows;
}

function toRgba(header: Header, rows: Uint8Array, rowLength: number, palette?: Buffer, transparency?: Buffer): Picture {
  const { width, height, depth, color, channels } = header;
  const rgb = new Uint8Array(width * height * 3);
  const alpha = new Uint8Array(width * height).fill(255);
  const maximum = 2 ** Math.min(depth, 8) - 1;
  /** Sample as 0…255, or as it is for palette indices; of 16 bits the high byte. */
  const sample = (y: number, index: number): number => {
    if (depth >= 8) return rows[y * rowLength + index * (depth >> 3)] as number;
    const bit = index * depth;
    const value = ((rows[y * rowLength + (bit >> 3)] as number) >> (8 - depth - (bit & 7))) & maximum;
    return color === 3 ? value : Math.round((value * 255) / maximum);
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const first = sample(y, x * channels);
      const isColor = color === 2 || color === 6;
      for (let c = 0; c < 3; c += 1) {
        rgb[at * 3 + c] = color === 3 ? (palette?.[first * 3 + c] ?? 0) : isColor ? sample(y, x * channels + c) : first;
      }
      if (color === 4 || color === 6) alpha[at] = sample(y, x * channels + channels - 1);
      else if (color === 3) alpha[at] = transparency?.[first] ?? 255;
      else if (transparency && transparency[1] === first) alpha[at] = 0;
    }
  }
  return { width, height, rgb, alpha, hasAlphaChannel: color === 4 || color === 6 || transparency !== undefined };
}
