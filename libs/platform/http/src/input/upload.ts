import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { BodyTimeout, BodyTooLarge, MediaTypeUnsupported, RequestAborted } from '../problems/http.problems.ts';
import { declaredBytes } from './request-body.ts';

/** A file on its way in. The stream fails with a problem when the file is too large, too slow, or cut off. */
export interface Upload {
  readonly stream: Readable;
  /** As the client declares it, lower case and without parameters; what the bytes are is for the service to find out. */
  readonly mediaType: string;
  readonly declaredBytes: number | undefined;
  /** Hex, of all bytes. @throws Error before the stream was read to its end */
  readonly sha256: () => string;
}

export interface UploadLimits {
  readonly maxBytes: number;
  readonly idleMs: number;
  readonly timeoutMs: number;
}

export const mediaTypeOf = (request: IncomingMessage): string =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** @throws MediaTypeUnsupported, BodyTooLarge before a byte is read */
export function openUpload(request: IncomingMessage, mediaTypes: readonly string[], limits: UploadLimits): Upload {
  const mediaType = mediaTypeOf(request);
  if (!mediaType || !(mediaTypes.includes('*') || mediaTypes.includes(mediaType))) {
    throw MediaTypeUnsupported({ accepted: mediaTypes.join(', ') });
  }
  // At once: whoever has announced too much may never send it.
  if (declaredBytes(request) > limits.maxBytes) throw BodyTooLarge({ limit: limits.maxBytes });
  const declared = request.headers['content-length'];
  return {
    ...measured(request, limits),
    mediaType,
    declaredBytes: declared === undefined ? undefined : Number(declared),
  };
}

/** Passes the bytes on at the reader's pace, counting, timing and hashing them. */
function measured(request: IncomingMessage, limits: UploadLimits): Pick<Upload, 'stream' | 'sha256'> {
  const hash = createHash('sha256');
  let digest: string | undefined;
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      idle.refresh();
      hash.update(chunk);
      if (size > limits.maxBytes) done(BodyTooLarge({ limit: limits.maxBytes }));
      else done(null, chunk);
    },
    flush(done) {
      digest = hash.digest('hex');
      done();
    },
  });
  const stop = (error: Error) => (): void => {
    stream.destroy(error);
  };
  const idle = setTimeout(stop(BodyTimeout()), limits.idleMs);
  const total = setTimeout(stop(BodyTimeout()), limits.timeoutMs);
  const onClose = (): void => {
    if (!request.complete) stream.destroy(RequestAborted());
  };
  request.once('close', onClose);
  stream.once('close', () => {
    clearTimeout(idle);
    clearTimeout(total);
    request.off('close', onClose);
    // Whatever the handler did not read goes nowhere, so that the answer can still be sent.
    request.unpipe(stream);
    request.resume();
  });
  // The handler reads the error from the stream; without a reader it must not end the process.
  stream.on('error', () => undefined);
  request.pipe(stream);
  return {
    stream,
    sha256: () => {
      if (digest === undefined) throw new Error('the upload has not been read to its end');
      return digest;
    },
  };
}
