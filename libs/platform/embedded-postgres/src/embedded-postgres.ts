import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from '@qlvb/platform-free-ports';
import pg from 'pg';
import { launchPlan, ownByPostgres } from './identity.ts';
import { findPrograms, reachablePrograms } from './programs.ts';
import type { Programs } from './programs.ts';

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster; made on first use, kept afterwards. */
  readonly folder: string;
  /** 0 picks a free port. */
  readonly port?: number;
  readonly password: string;
  /** Extra server settings, for example `{ max_connections: '200' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Receives the server's log lines. */
  readonly onLog?: (line: string) => void;
  /** A Ctrl-C at the terminal, which goes to all its processes, does not reach the server: its user ends it in order. */
  readonly ownSession?: boolean;
}

export interface EmbeddedPostgres {
  readonly folder: string;
  readonly port: number;
  /** Connection URL of the superuser, without a database name: append `/<database>`. */
  readonly url: string;
  readonly pid: number;
  /** Resolves with the exit code when the server ends, whoever ended it. */
  readonly exited: Promise<number | null>;
  stop(): Promise<void>;
}

/**
 * Starts a durable PostgreSQL on loopback from the npm package's binaries. An orphan of an earlier run on the same
 * folder is shut down first; a cluster after a crash recovers itself.
 *
 * @throws Error with one clear sentence when the server cannot be made or started
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const programs = reachablePrograms(await findPrograms());
  const folder = resolve(options.folder);
  mkdirSync(folder, { recursive: true });
  await stopOrphan(folder);
  await initialise(programs, folder, options.password);
  const port = options.port || (await freePort());
  const log: string[] = [];
  const server = launch(
    programs.postgres,
    ['-D', folder, '-p', String(port), ...settingArguments(options.settings)],
    folder,
    options.ownSession,
  );
  const onChunk = (chunk: Buffer): void => {
    for (const line of chunk.toString().split('\n').filter(Boolean)) {
      log.push(line);
      if (log.length > 40) log.shift();
      options.onLog?.(line);
    }
  };
  server.stdout?.on('data', onChunk);
  server.stderr?.on('data', onChunk);
  const exited = new Promise<number | null>((done) => server.once('exit', (code) => done(code)));
  const url = `postgresql://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}`;
  await untilReady(`${url}/postgres`, server, log);
  return {
    folder,
    port,
    url,
    pid: serverPid(folder) ?? server.pid ?? 0,
    exited,
    stop: async () => {
      server.kill('SIGINT');
      await exited;
    },
  };
}

/** Durability is not negotiable even in the embedded form: a registration number must survive a power cut. */
const BASE_SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '200',
  shared_buffers: '128MB',
};

const settingArguments = (settings: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries({ ...BASE_SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

function launch(program: string, args: readonly string[], folder: string, ownSession = false): ChildProcess {
  const plan = launchPlan(program, args, [join(folder, 'x')]);
  return spawn(plan.command, plan.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    detached: ownSession,
    ...(plan.uid === undefined ? {} : { uid: plan.uid, gid: plan.gid }),
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
}

async function initialise({ initdb }: Programs, folder: string, password: string): Promise<void> {
  if (existsSync(join(folder, 'qlvb-initialised'))) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwordFile = `${folder}.pw`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  ownByPostgres(folder);
  ownByPostgres(passwordFile);
  try {
    const child = launch(
      initdb,
      [
        '-D',
        folder,
        '-U',
        'postgres',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C.UTF-8',
      ],
      folder,
    );
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise<number | null>((done, fail) => child.once('exit', done).once('error', fail));
    if (code !== 0)
      throw new Error(`PostgreSQL could not make its data folder ${folder}: ${output.trim().split('\n').at(-1)}`);
    writeFileSync(join(folder, 'qlvb-initialised'), new Date().toISOString());
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function serverPid(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]) || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** True when `pid` is a live PostgreSQL on this folder and not another process that got the number since. */
function isOurServer(pid: number, folder: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes('postgres') && command.includes(folder);
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return false;
    throw error;
  }
}

async function stopOrphan(folder: string): Promise<void> {
  const pid = serverPid(folder);
  if (!pid) return;
  if (isOurServer(pid, folder)) {
    process.kill(pid, 'SIGINT');
    for (let waited = 0; isOurServer(pid, folder); waited += 100) {
      if (waited > 20_000) process.kill(pid, 'SIGQUIT');
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  rmSync(join(folder, 'postmaster.pid'), { force: true });
}

async function untilReady(url: string, server: ChildProcess, log: readonly string[]): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start: ${log.slice(-3).join(' | ')}`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      // Refused or "starting up" until recovery is done; anything else ends with the server's own exit above.
      if (/password authentication failed/.test(String(error))) {
        server.kill('SIGINT');
        throw new Error('the data folder belongs to another installation: its PostgreSQL password does not fit', {
          cause: error,
        });
      }
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}
