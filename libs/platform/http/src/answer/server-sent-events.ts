import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** One server-sent event (WHATWG HTML 9.2). */
export interface ServerEvent<T = unknown> {
  /** Comes back in Last-Event-ID when the client reconnects. */
  readonly id?: string;
  readonly event?: string;
  readonly data: T;
}

const HEARTBEAT_MS = 15_000;

export const formatEvent = (event: ServerEvent): string =>
  [
    event.id === undefined ? '' : `id: ${oneLine(event.id)}\n`,
    event.event === undefined ? '' : `event: ${oneLine(event.event)}\n`,
    `data: ${JSON.stringify(event.data)}\n\n`,
  ].join('');

const oneLine = (text: string): string => text.replace(/[\r\n\0]/g, ' ');

/** Sends events as they come, with a comment every 15 s so that proxies keep the connection, until `signal` aborts. */
export async function sendEvents(
  reply: FastifyReply,
  events: AsyncIterable<ServerEvent>,
  signal: AbortSignal,
  heartbeatMs = HEARTBEAT_MS,
): Promise<void> {
  const stream = Readable.from(eventLines(events, signal, heartbeatMs), { objectMode: true, highWaterMark: 16 });
  reply.header('content-type', 'text/event-stream; charset=utf-8');
  reply.header('x-accel-buffering', 'no');
  await reply.send(stream);
}

/** The text of an event stream, piece by piece. */
export function eventLines(
  events: AsyncIterable<ServerEvent>,
  signal: AbortSignal,
  heartbeatMs: number,
): AsyncGenerator<string> {
  const iterator = events[Symbol.asyncIterator]();
  // The socket decides when the next line is wanted; the service's code still runs as part of its request.
  const inRequest = AsyncLocalStorage.snapshot();
  const following = (): Promise<IteratorResult<ServerEvent>> => inRequest(() => iterator.next());
  return lines(iterator, following, signal, heartbeatMs);
}

async function* lines(
  iterator: AsyncIterator<ServerEvent>,
  following: () => Promise<IteratorResult<ServerEvent>>,
  signal: AbortSignal,
  heartbeatMs: number,
): AsyncGenerator<string> {
  const stopped = new Promise<'stopped'>((resolve) => {
    if (signal.aborted) resolve('stopped');
    signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
  try {
    yield ': connected\n\n';
    let next = following();
    for (;;) {
      const beat = timer(heartbeatMs);
      const came = await Promise.race([next, beat.elapsed, stopped]);
      beat.cancel();
      if (came === 'stopped') return;
      if (came === 'elapsed') {
        yield ': alive\n\n';
        continue;
      }
      if (came.done) return;
      yield formatEvent(came.value);
      next = following();
    }
  } finally {
    // Not awaited: a generator that waits for its next event finishes only when that comes or it sees the signal.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

function timer(ms: number): { readonly elapsed: Promise<'elapsed'>; cancel(): void } {
  let handle: NodeJS.Timeout | undefined;
  const elapsed = new Promise<'elapsed'>((resolve) => (handle = setTimeout(() => resolve('elapsed'), ms)));
  return { elapsed, cancel: () => clearTimeout(handle) };
}
