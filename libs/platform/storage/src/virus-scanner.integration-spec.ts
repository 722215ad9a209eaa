import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { ScannerUnavailable } from './storage.problems.ts';
import { ClamdScanner, noScanner } from './virus-scanner.ts';

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

const VERSION = 'ClamAV 1.4.3/27800/Sat Nov 28 08:45:00 2026';

/** Speaks clamd's protocol: reads the command and the chunks, then answers by the content. */
function clamd(socket: Socket, { limitBytes }: { limitBytes: number }): void {
  let pending = Buffer.alloc(0);
  let content = Buffer.alloc(0);
  let command: string | undefined;
  const answer = (text: string): void => void socket.end(`${text}\0`);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    if (command === undefined) {
      const end = pending.indexOf(0);
      if (end < 0) return;
      command = pending.toString('latin1', 0, end);
      pending = pending.subarray(end + 1);
      if (command === 'zVERSION') return answer(VERSION);
      if (command !== 'zINSTREAM') answer('UNKNOWN COMMAND');
    }
    while (pending.length >= 4) {
      const length = pending.readUInt32BE(0);
      if (length === 0) {
        answer(content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK');
        return;
      }
      if (pending.length < 4 + length) return;
      content = Buffer.concat([content, pending.subarray(4, 4 + length)]);
      pending = pending.subarray(4 + length);
      if (content.length > limitBytes) {
        socket.pause();
        answer('INSTREAM size limit exceeded. ERROR');
        return;
      }
    }
  });
}

describe('virus scanner', () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
  });
  const listen = async (handle: (socket: Socket) => void): Promise<ClamdScanner> => {
    const server = createServer((socket) => {
      sockets.push(socket);
      handle(socket);
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new ClamdScanner(new URL(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`));
  };
  const unavailable = { declaration: ScannerUnavailable.declaration };

  it('FMT-07 a file without a finding is clean', async () => {
    const scanner = await listen((socket) => clamd(socket, { limitBytes: 1e9 }));
    expect(await scanner.scan(Readable.from([randomBytes(3_000_000), Buffer.from('hết')]))).toEqual({ state: 'clean' });
    expect(await scanner.scan(Readable.from([]))).toEqual({ state: 'clean' });
  });

  it('FMT-07 a finding is named, also across chunks', async () => {
    const scanner = await listen((socket) => clamd(socket, { limitBytes: 1e9 }));
    const parts = [Buffer.from(EICAR.slice(0, 20)), Buffer.from(EICAR.slice(20))];
    expect(await scanner.scan(Readable.from(parts))).toEqual({ state: 'infected', signature: 'Eicar-Test-Signature' });
  });

  it('FMT-07 nobody to ask: not scanned, never clean', async () => {
    const content = Readable.from([Buffer.from(EICAR)]);
    expect(await noScanner.scan(content)).toEqual({ state: 'not_scanned' });
    expect(content.destroyed).toBe(true);
  });

  it('FMT-07 an answer before the end, over its own limit, is no clean bill', async () => {
    const scanner = await listen((socket) => clamd(socket, { limitBytes: 100_000 }));
    const content = Readable.from(Array.from({ length: 64 }, () => randomBytes(1_000_000)));
    await expect(scanner.scan(content)).rejects.toMatchObject(unavailable);
    expect(content.destroyed).toBe(true);
  });

  it.each([
    ['hangs up', (socket: Socket) => socket.destroy()],
    ['answers nonsense', (socket: Socket) => socket.end('stream: maybe\0')],
    ['ends without a word', (socket: Socket) => socket.end()],
  ])('FMT-07 a scanner that %s keeps the file back', async (_, handle) => {
    const scanner = await listen(handle);
    await expect(scanner.scan(Readable.from([randomBytes(5_000_000)]))).rejects.toMatchObject(unavailable);
  });

  it('SUB-10 says what it is as the scanner itself says it, and nothing of one that does not say', async () => {
    const scanner = await listen((socket) => clamd(socket, { limitBytes: 1e9 }));
    expect(await scanner.identity()).toBe(VERSION);
    expect(await noScanner.identity()).toBeUndefined();
    const mute = await listen((socket) => socket.end('UNKNOWN COMMAND\0'));
    expect(await mute.identity()).toBeUndefined();
    const nowhere = new ClamdScanner(new URL('tcp://127.0.0.1:1'));
    await expect(nowhere.identity()).rejects.toMatchObject(unavailable);
  });

  it('FMT-07 a scanner that is not there keeps the file back', async () => {
    await expect(new ClamdScanner(new URL('tcp://127.0.0.1:1')).scan(Readable.from([]))).rejects.toMatchObject(
      unavailable,
    );
  });

  it('passes on what is wrong with the file, not with the scanner', async () => {
    const scanner = await listen((socket) => clamd(socket, { limitBytes: 1e9 }));
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('a');
        throw new Error('disk gone');
      })(),
    );
    await expect(scanner.scan(broken)).rejects.toThrow('disk gone');
  });
});
