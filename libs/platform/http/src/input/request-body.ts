import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { BodyTimeout, BodyTooLarge, RequestAborted } from '../problems/http.problems.ts';

/**
 * How much of a body that is refused is still read and thrown away: a client that is busy sending
 * sees a closed connection instead of the answer otherwise.
 */
const LINGER_BYTES = 8 * 1024 * 1024;
const LINGER_MS = 2_000;

/** Reads a whole body. @throws BodyTooLarge, BodyTimeout, RequestAborted */
export function readBody(request: IncomingMessage, maxBytes: number, timeoutMs: number): Promise<Buffer> {
  // At once: whoever has announced too much may never send it.
  if (declaredBytes(request) > maxBytes) return Promise.reject(BodyTooLarge({ limit: maxBytes }));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
    };
    const finish = (error?: Error): void => {
      stop();
      if (error) reject(error);
      else resolve(Buffer.concat(chunks, size));
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      stop();
      chunks.length = 0;
      reject(BodyTooLarge({ limit: maxBytes }));
    };
    const onEnd = (): void => finish();
    const onGone = (): void => finish(RequestAborted());
    const timer = setTimeout(() => finish(BodyTimeout()), timeoutMs);
    request.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

export const declaredBytes = (request: IncomingMessage): number => Number(request.headers['content-length'] ?? 0);

/** True when the request announces a body that is not empty. */
export const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || declaredBytes(request) > 0;

/** Above this much the rest of a refused body is not worth keeping the connection for. */
const SMALL_BODY_BYTES = 64 * 1024;

/** True when an answer given now would leave a long, or endless, body standing on the connection. */
export const hasLargeUnreadBody = (request: IncomingMessage): boolean =>
  !request.complete &&
  (request.headers['transfer-encoding'] !== undefined || declaredBytes(request) > SMALL_BODY_BYTES);

/** Reads on without keeping anything, for a bounded while. */
export function discard(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let left = LINGER_BYTES;
    const finish = (): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', finish).off('close', finish).off('error', finish);
      resolve();
    };
    const onData = (chunk: Buffer): void => {
      left -= chunk.length;
      if (left < 0) {
        request.pause();
        finish();
      }
    };
    const timer = setTimeout(finish, LINGER_MS);
    request.on('data', onData).on('end', finish).on('close', finish).on('error', finish);
    request.resume();
  });
}

/**
 * An answer to a request whose body is still coming. All of it is sent at once, but it ends only when the caller has stopped
 * sending or a bounded while has passed: a connection closed under a caller who sends would take the answer with it.
 */
export function lingering(request: IncomingMessage, answer: string | Readable): Readable {
  const sent = new PassThrough();
  const end = (): void => void discard(request).then(() => sent.end());
  if (typeof answer === 'string') {
    sent.write(answer);
    end();
  } else {
    answer.pipe(sent, { end: false });
    answer.once('end', end).once('error', (error) => sent.destroy(error));
  }
  return sent;
}
