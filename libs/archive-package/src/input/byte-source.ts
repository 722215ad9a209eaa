import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';

/** Bytes that can be read from any place, such as a file or an object in a store. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** @param end exclusive */
  read(start: number, end: number): Readable | Promise<Readable>;
  close?(): Promise<void>;
}

const WINDOW = 256 * 1024;

interface Window {
  readonly start: number;
  readonly bytes: Buffer;
}

/** Lets yauzl read a source; small reads are served from a window, so that a remote directory costs few requests. */
export class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource;
  #window: Window = { start: 0, bytes: Buffer.alloc(0) };

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const source = this.#source;
    return Readable.from(
      (async function* () {
        yield* await source.read(start, end);
      })(),
      { objectMode: false },
    );
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#windowOver(position, length).then(
      ({ start, bytes }) => {
        bytes.copy(buffer, offset, position - start, position - start + length);
        callback(null);
      },
      (cause: unknown) => callback(cause instanceof Error ? cause : new Error('unreadable source', { cause })),
    );
  }

  /** Reads may run side by side: each keeps the window that it got, whatever the others put in its place. */
  async #windowOver(position: number, length: number): Promise<Window> {
    const { start, bytes } = this.#window;
    if (position >= start && position + length <= start + bytes.length) return this.#window;
    const end = Math.min(this.#source.sizeBytes, position + Math.max(length, WINDOW));
    if (position + length > end) throw new RangeError('the source ends too early');
    const chunks: Buffer[] = [];
    for await (const chunk of await this.#source.read(position, end)) chunks.push(chunk);
    const window: Window = { start: position, bytes: Buffer.concat(chunks) };
    if (window.bytes.length !== end - position) throw new RangeError('the source gave another length than asked for');
    this.#window = window;
    return window;
  }
}
