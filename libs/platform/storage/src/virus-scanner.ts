import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import { ScannerUnavailable } from './storage.problems.ts';

export type ScanResult =
  | { readonly state: 'clean' }
  | { readonly state: 'infected'; readonly signature: string }
  /** Nobody looked: never shown as clean. */
  | { readonly state: 'not_scanned' };

export interface VirusScanner {
  scan(content: Readable): Promise<ScanResult>;
}

export const noScanner: VirusScanner = {
  scan: (content) => {
    content.destroy();
    return Promise.resolve({ state: 'not_scanned' });
  },
};

const TIMEOUT_MS = 60_000;

/** clamd over TCP, command INSTREAM: chunks with a 4-byte length, an empty chunk at the end. @source FMT-07 */
export class ClamdScanner implements VirusScanner {
  readonly #host: string;
  readonly #port: number;

  constructor(address: URL) {
    this.#host = address.hostname;
    this.#port = Number(address.port || 3310);
  }

  /** @throws ScannerUnavailable */
  async scan(content: Readable): Promise<ScanResult> {
    const socket = connect(this.#port, this.#host);
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('clamd did not answer in time')));
    try {
      const answer = new Promise<string>((done, fail) => {
        let text = '';
        socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
        socket.once('end', () => done(text));
        socket.once('error', fail);
      });
      const sending = (async () => {
        socket.write('zINSTREAM\0');
        for await (const chunk of content as AsyncIterable<Buffer>) {
          const length = Buffer.alloc(4);
          length.writeUInt32BE(chunk.length);
          socket.write(length);
          if (!socket.write(chunk)) await new Promise<void>((done) => socket.once('drain', done));
        }
        socket.write(Buffer.alloc(4));
      })();
      const [text] = await Promise.all([answer, sending]);
      const infected = /stream: (.+) FOUND/.exec(text)?.[1];
      if (infected) return { state: 'infected', signature: infected };
      if (/stream: OK/.test(text)) return { state: 'clean' };
      throw new Error(`clamd: ${text.trim()}`);
    } catch (error) {
      throw ScannerUnavailable({}, { cause: error });
    } finally {
      socket.destroy();
      content.destroy();
    }
  }
}
