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
  /** What it says it is, engine and signatures with their versions; undefined of one that does not say. @throws ScannerUnavailable */
  identity(): Promise<string | undefined>;
}

export const noScanner: VirusScanner = {
  scan: (content) => {
    content.destroy();
    return Promise.resolve({ state: 'not_scanned' });
  },
  identity: () => Promise.resolve(undefined),
};

const TIMEOUT_MS = 60_000;

/** As `ClamAV 1.4.3/27800/Sat Nov 28 08:45:00 2026`; what is longer, or has no number, names no version. */
const IDENTITY = /^(?=.*\d)([^\p{Cc}]{1,200})\0?$/u;

/** clamd over TCP, command INSTREAM: chunks with a 4-byte length, an empty chunk at the end. @source FMT-07 */
export class ClamdScanner implements VirusScanner {
  readonly #host: string;
  readonly #port: number;

  constructor(address: URL) {
    this.#host = address.hostname;
    this.#port = Number(address.port || 3310);
  }

  async identity(): Promise<string | undefined> {
    const socket = this.#connect();
    try {
      const answer = answerOf(socket);
      socket.write('zVERSION\0');
      return IDENTITY.exec(await answer)?.[1]?.trim();
    } catch (error) {
      throw ScannerUnavailable({}, { cause: error });
    } finally {
      socket.destroy();
    }
  }

  /** @throws ScannerUnavailable; or what the content throws */
  async scan(content: Readable): Promise<ScanResult> {
    const socket = this.#connect();
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

  #connect(): Socket {
    const socket = connect(this.#port, this.#host);
    return socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('clamd did not answer in time')));
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
