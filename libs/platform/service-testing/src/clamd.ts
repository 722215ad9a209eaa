import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Clamd {
  /** For QLVB_CLAMD_URL. */
  readonly url: string;
  /** What it says to the next file; undefined hangs up. */
  verdict: string | undefined;
  /** What it says it is. */
  version: string;
  close(): void;
}

/** Something that speaks as clamd does, on a real socket, and says what a test tells it to. */
export async function startClamd(): Promise<Clamd> {
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.equals(Buffer.from('zVERSION\0'))) return void socket.end(`${clamd.version}\0`);
      if (!received.subarray(-4).equals(Buffer.alloc(4))) return;
      if (clamd.verdict === undefined) socket.destroy();
      else socket.end(`${clamd.verdict}\0`);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const clamd: Clamd = {
    url: `tcp://127.0.0.1:${port}`,
    verdict: 'stream: OK',
    version: 'ClamAV 1.4.3/27800/Sat Nov 28 08:45:00 2026',
    close: () => server.close(),
  };
  return clamd;
}
