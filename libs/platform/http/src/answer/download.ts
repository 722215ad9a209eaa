import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RangeNotSatisfiable } from '../problems/http.problems.ts';

export interface ByteRange {
  /** First byte, counted from 0. */
  readonly start: number;
  /** Last byte, inclusive. */
  readonly end: number;
}

/** A file on its way out. */
export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Hex digest of the content; makes the strong ETag. */
  readonly sha256?: string;
  /** Shown by the browser instead of saved. Never for types that can hold scripts. */
  readonly inline?: boolean;
  /** Opens the bytes; called once, and not at all for HEAD or an unchanged file. */
  readonly open: (range?: ByteRange) => Readable | Promise<Readable>;
}

/** Sends a file: whole, a single range (RFC 9110 14), or 304 when the client has it already. */
export async function sendDownload(request: FastifyRequest, reply: FastifyReply, file: Download): Promise<void> {
  const etag = file.sha256 === undefined ? undefined : `"${file.sha256}"`;
  reply.header('accept-ranges', 'bytes');
  if (etag) reply.header('etag', etag);
  if (etag && entityTags(request.headers['if-none-match']).includes(etag)) {
    await reply.code(304).send();
    return;
  }
  // RFC 9110 14.2: a range means something with GET alone.
  const range = request.method === 'GET' ? requestedRange(request, file.sizeBytes, etag) : undefined;
  reply.header('content-type', file.mediaType);
  reply.header('content-disposition', contentDisposition(file.fileName, file.inline ?? false));
  reply.header('content-length', range ? range.end - range.start + 1 : file.sizeBytes);
  if (range) {
    reply.code(206);
    reply.header('content-range', `bytes ${range.start}-${range.end}/${file.sizeBytes}`);
  }
  if (request.method === 'HEAD') {
    reply.hijack();
    reply.raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>).end();
    return;
  }
  await reply.send(await file.open(range));
}

export const entityTags = (header: string | undefined): string[] =>
  (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));

/** Undefined for the whole file; several ranges in one request are answered with the whole file, as RFC 9110 allows. */
function requestedRange(request: FastifyRequest, size: number, etag: string | undefined): ByteRange | undefined {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== etag) return undefined;
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(request.headers.range ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [, first = '', last = ''] = match;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end || start >= size || (first === '' && last === '0')) throw RangeNotSatisfiable({ size });
  return { start, end };
}

/** RFC 6266 with the RFC 8187 form for names beyond ASCII; separators and controls never reach the header. */
export function contentDisposition(fileName: string, inline = false): string {
  const clean = fileName.normalize('NFC').replace(/[\p{Cc}\p{Cs}\\/"]/gu, '_') || 'file';
  const plain = clean.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
  const ascii = plain.replace(/[^\x20-\x7e]/g, '_');
  const encoded = encodeURIComponent(clean).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
