import { NotUtf8 } from '../edxml.problems.ts';

/** Bytes to text, chunk by chunk. @throws NotUtf8 */
export class Utf8Reader {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  read(chunk: Uint8Array): string {
    return this.#decode(() => this.#decoder.decode(chunk, { stream: true }));
  }

  end(): string {
    return this.#decode(() => this.#decoder.decode());
  }

  #decode(step: () => string): string {
    try {
      return step();
    } catch (cause) {
      throw NotUtf8({}, { cause });
    }
  }
}
