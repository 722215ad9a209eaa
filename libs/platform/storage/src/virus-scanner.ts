import { connect } from 'node:net';
import type { Socket } from 'node:net';
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

  /** @throws ScannerUnavailable; or what the content throws */
  async scan(content: Readable): Promise<ScanResult> {
    const socket = connect(this.#port, this.#host);
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('clamd did not answer in time')));
    let faultOfContent: unknown;
    content.once('error', (error) => (faultOfContent = error));
    try {
      const answer = answerOf(socket);
      // clamd may answer before it has everything, as when a file is over its limit; then nobody takes the rest.
      const text = await Promise.race([answer, send(content, socket).then(() => answer)]);
      const infected = /^stream: (.+) FOUND\0?$/.exec(text)?.[1];
      if (infected) return { state: 'infected', signature: infected };
      if (/^stream: OK\0?$/.test(text)) return { state: 'clean' };
      throw new Error(`clamd: ${text}`);
    } catch (error) {
      throw faultOfContent ?? ScannerUnavailable({}, { cause: error });
    } finally {
      socket.destroy();
      content.destroy();
    }
  }
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.once('end', () => done(text));
    // A broken pipe while sending is no reason when the answer is already there.
    socket.on('error', fail);
  });
}

async function send(content: Readable, socket: Socket): Promise<void> {
  socket.write('zINSTREAM\0');
  for await (const chunk of content as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    socket.write(length);
    if (!socket.write(chunk)) await new Promise<void>((done) => socket.once('drain', done));
  }
  socket.write(Buffer.alloc(4));
}
