import { execFileSync, fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = process.cwd();
const main = join(root, 'dist/libs/platform/service/src/testing/notes.main.js');

interface Program {
  readonly child: ChildProcess;
  readonly url: string;
  readonly port: number;
  readonly exited: Promise<number | string | null>;
  output(): string;
}

const running = new Set<ChildProcess>();

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'tools/build.ts')], { stdio: 'ignore' });
});

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

function launch(environment: Record<string, string> = {}): Omit<Program, 'url' | 'port'> {
  const child = fork(main, [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      QLVB_JWKS_URL: 'http://127.0.0.1:1/jwks',
      QLVB_LOG_LEVEL: 'info',
      ...environment,
    },
    execArgv: [],
  });
  running.add(child);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | string | null>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve(code ?? signal);
    });
  });
  return { child, exited, output: () => output };
}

async function start(environment: Record<string, string> = {}): Promise<Program> {
  const program = launch(environment);
  const port = await new Promise<number>((resolve, reject) => {
    program.child.on('message', (message) => resolve((message as { port: number }).port));
    void program.exited.then(() => reject(new Error(program.output())));
  });
  return { ...program, port, url: `http://127.0.0.1:${port}` };
}

describe('a service that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'by %s finishes what is in flight and exits with 0',
    async (signal) => {
      const { child, url, exited, output } = await start();
      const inFlight = fetch(`${url}/api/v1/slow/600`);
      const stream = fetch(`${url}/api/v1/inbox/events`).then((answer) => answer.text());
      await wait(150);
      child.kill(signal);
      await wait(150);
      await expect(fetch(`${url}/-/live`)).rejects.toThrow();
      const answer = await inFlight;
      expect([answer.status, answer.headers.get('connection')]).toEqual([200, expect.any(String)]);
      expect(await stream).toContain('data: {"n":1}');
      expect(await exited).toBe(0);
      expect(output()).toContain('"msg":"stopped"');
      expect(output().match(/"msg":"notes ready"/g)).toHaveLength(1);
    },
  );

  it('says that it is not ready before it stops listening', async () => {
    const { child, url, exited } = await start({ QLVB_DRAIN_DELAY_MS: '500' });
    expect((await fetch(`${url}/-/ready`)).status).toBe(200);
    child.kill('SIGTERM');
    await wait(150);
    expect((await fetch(`${url}/-/ready`)).status).toBe(503);
    expect((await fetch(`${url}/api/v1/slow/1`)).status).toBe(200);
    expect(await exited).toBe(0);
  });

  it('cuts off what does not finish in time', async () => {
    const { child, url, exited, output } = await start({ QLVB_DRAIN_TIMEOUT_MS: '300' });
    const cut = fetch(`${url}/api/v1/slow/1400`).then(
      () => 'answered',
      () => 'cut',
    );
    await wait(150);
    child.kill('SIGTERM');
    expect(await cut).toBe('cut');
    expect(await exited).toBe(0);
    expect(output()).toContain('requests in flight were cut off');
  });

  it('by the end of its launcher’s channel', async () => {
    const { child, exited, output } = await start();
    child.disconnect();
    expect(await exited).toBe(0);
    expect(output()).toContain('launcher is gone');
  });

  it('by the death of the process it must not outlive', async () => {
    const launcher = fork('-e', [], { execArgv: ['-e', 'setInterval(() => {}, 1000)'], stdio: 'ignore' });
    const { exited } = await start({ QLVB_PARENT_PID: String(launcher.pid) });
    launcher.kill('SIGKILL');
    expect(await exited).toBe(0);
  });
});

describe('the start of a service', () => {
  it('writes the port it took', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'qlvb-')), 'port');
    const { port, child, exited } = await start({ QLVB_PORT_FILE: file });
    expect(readFileSync(file, 'utf8')).toBe(String(port));
    child.kill('SIGTERM');
    await exited;
  });

  it('tells all faults of its settings and exits with 78', async () => {
    const { exited, output } = launch({ QLVB_PORT: '-1', QLVB_LOG_LEVEL: 'loud', QLVB_JWKS_URL: '' });
    expect(await exited).toBe(78);
    for (const name of ['QLVB_PORT', 'QLVB_LOG_LEVEL', 'QLVB_JWKS_URL']) expect(output()).toContain(`${name}: `);
  });

  it('says that a port is in use and exits with 1', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    const { exited, output } = launch({ QLVB_PORT: String(port) });
    expect(await exited).toBe(1);
    expect(output()).toContain(`notes could not start: port ${port} is in use`);
    other.close();
  });
});
