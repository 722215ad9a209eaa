import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@qlvb/platform-config';
import { storageSettings } from '@qlvb/platform-storage';
import type { StorageSettings } from '@qlvb/platform-storage';
import { z } from 'zod';
import { freePort } from './free-port.ts';
import { program } from './workspace.ts';

export interface PlatformOptions {
  /** Kept afterwards when given; else a folder of its own, removed at the end. */
  readonly data?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The built platform as a person starts it, on a port and data folder of its own. */
export interface RunningPlatform {
  readonly port: number;
  readonly data: string;
  /** Process ids by name, `postgres` and the launcher among them; as of now. */
  pids(): Readonly<Record<string, number>>;
  /** Superuser URL of a service's database. */
  databaseUrl(database: string): string;
  /** How to reach its object store. */
  storage(): StorageSettings;
  /** How to reach its bus. */
  busEnvironment(): Readonly<Record<string, string>>;
  /** Runs the demonstration; resolves with its exit code and output. */
  demo(out: string): Promise<{ readonly code: number | null; readonly output: string }>;
  stop(): Promise<void>;
}

export async function startPlatform({ data, env = {} }: PlatformOptions = {}): Promise<RunningPlatform> {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'qlvb-e2e-'));
  const port = await freePort();
  const environment = { ...process.env, ...env, QLVB_DATA: folder, QLVB_PORT: String(port) };
  const child = spawn(process.execPath, [program('standalone')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await untilReady(child);
  const databaseUrl = (database: string): string => {
    const { postgres } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as { postgres: string };
    return `postgresql://postgres:${encodeURIComponent(postgres)}@127.0.0.1:${postmaster()[3]}/${database}`;
  };
  const postmaster = (): string[] => readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  return {
    port,
    data: folder,
    pids: () => ({
      ...(JSON.parse(readFileSync(join(folder, 'logs', 'processes.json'), 'utf8')) as Record<string, number>),
      postgres: Number(postmaster()[0]),
      launcher: child.pid ?? 0,
    }),
    databaseUrl,
    storage: () =>
      parseConfig(z.object(storageSettings), { QLVB_STORAGE_DIR: join(folder, 'objects'), ...env }) as StorageSettings,
    busEnvironment: () => ({ QLVB_BUS_URL: databaseUrl('qlvb_bus'), ...env }),
    demo: (out) => run(program('demo'), { ...environment, QLVB_DEMO_OUT: out }),
    stop: async () => {
      const gone = new Promise((done) => child.once('exit', done));
      if (child.exitCode === null && child.kill('SIGTERM')) await gone;
      if (!data) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess): Promise<void> {
  let output = '';
  await new Promise<void>((ready, fail) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('(ready)')) ready();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => fail(new Error(`the platform did not start:\n${output}`)));
  });
}

function run(file: string, env: NodeJS.ProcessEnv): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', fail);
    child.once('exit', (code) => done({ code, output }));
  });
}
