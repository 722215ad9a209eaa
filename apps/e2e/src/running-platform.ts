import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '@qlvb/platform-config';
import { storageSettings } from '@qlvb/platform-storage';
import type { StorageSettings } from '@qlvb/platform-storage';
import { z } from 'zod';
import { freePort } from '@qlvb/platform-free-ports';
import { scratchFolder } from '@qlvb/platform-testing';
import { program } from './workspace.ts';

export interface PlatformOptions {
  /** Kept afterwards when given; else a folder of its own, removed at the end. */
  readonly data?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The built tree to run; this workspace's own unless told. */
  readonly dist?: string;
  /** The account to run under; this one unless told. Only root may choose. */
  readonly uid?: number;
}

/** The built platform as a person starts it, on a port and data folder of its own. */
export interface RunningPlatform {
  readonly port: number;
  readonly data: string;
  /** Process ids by name, `postgres` and the launcher among them; as of now. */
  pids(): Readonly<Record<string, number>>;
  /** Where a service listens, past the gateway. */
  serviceUrl(service: string): string;
  /** Superuser URL of a service's database. */
  databaseUrl(database: string): string;
  /** URL of a service's database under the account the service itself uses. */
  appDatabaseUrl(service: string): string;
  /** How to reach its object store. */
  storage(): StorageSettings;
  /** How to reach its bus. */
  busEnvironment(): Readonly<Record<string, string>>;
  /** Runs the demonstration; resolves with its exit code and output. */
  demo(out: string): Promise<{ readonly code: number | null; readonly output: string }>;
  /** Ends it like a person would, and removes its data folder if that was its own. */
  stop(signal?: 'SIGTERM' | 'SIGINT' | 'SIGHUP'): Promise<void>;
  /** Removes nothing and tells nobody: SIGKILL to every process at once. */
  killAll(): Promise<void>;
}

/** @throws Error with what it said when the platform does not become ready */
export async function startPlatform(options: PlatformOptions = {}): Promise<RunningPlatform> {
  const { data, env = {}, dist, uid } = options;
  const folder = data ?? scratchFolder('qlvb-e2e-');
  const port = await freePort();
  const account = uid === undefined ? {} : { uid, gid: uid };
  const environment = { ...process.env, ...env, QLVB_DATA: folder, QLVB_PORT: String(port) };
  const child = spawn(process.execPath, [program('standalone', dist)], {
    ...account,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  await untilReady(child, join(folder, 'logs'));
  const url = (account: string, secret: string, database: string): string => {
    const secrets = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as Record<string, string>;
    return `postgresql://${account}:${encodeURIComponent(secrets[secret] ?? '')}@127.0.0.1:${postmaster()[3]}/${database}`;
  };
  const databaseUrl = (database: string): string => url('postgres', 'postgres', database);
  const postmaster = (): string[] => readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  const pids = (): Record<string, number> => ({
    ...(JSON.parse(readFileSync(join(folder, 'logs', 'processes.json'), 'utf8')) as Record<string, number>),
    postgres: Number(postmaster()[0]),
    launcher: child.pid ?? 0,
  });
  return {
    port,
    data: folder,
    pids,
    serviceUrl: (service) => {
      const environment = readFileSync(`/proc/${pids()[service]}/environ`, 'utf8').split('\0');
      return `http://127.0.0.1:${environment.find((one) => one.startsWith('QLVB_PORT='))?.slice('QLVB_PORT='.length)}`;
    },
    databaseUrl,
    appDatabaseUrl: (service) => url(`qlvb_${service}_app`, `qlvb_${service}-app`, `qlvb_${service}`),
    storage: () =>
      parseConfig(z.object(storageSettings), { QLVB_STORAGE_DIR: join(folder, 'objects'), ...env }) as StorageSettings,
    busEnvironment: () => ({ QLVB_BUS_URL: databaseUrl('qlvb_bus'), ...env }),
    demo: (out) => run(program('demo', dist), { ...account, env: { ...environment, QLVB_DEMO_OUT: out } }),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        // A terminal tells every process of the group, an init system the first one alone.
        process.kill(signal === 'SIGTERM' ? (child.pid ?? 0) : -(child.pid ?? 0), signal);
        await gone;
      }
      if (!data) rmSync(folder, { recursive: true, force: true });
    },
    killAll: async () => {
      const gone = once(child, 'exit');
      for (const pid of Object.values(pids()).toSorted((a, b) => Number(b === child.pid) - Number(a === child.pid))) {
        process.kill(pid, 'SIGKILL');
      }
      await gone;
    },
  };
}

async function untilReady(child: ChildProcess, logs: string): Promise<void> {
  let output = '';
  await new Promise<void>((ready, fail) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('(ready)')) ready();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => fail(new Error(`the platform did not start:\n${output}${lastLines(logs)}`)));
  });
}

/** What the processes said last: the folder may be gone when somebody asks. */
function lastLines(logs: string): string {
  if (!existsSync(logs)) return '';
  const files = readdirSync(logs).filter((name) => name.endsWith('.log'));
  const tails = files.map((name) => `${name}: ${readFileSync(join(logs, name), 'utf8').slice(-1_000)}`);
  return tails.join('\n');
}

function run(file: string, options: SpawnOptions): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [file], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', fail);
    child.once('exit', (code) => done({ code, output }));
  });
}
