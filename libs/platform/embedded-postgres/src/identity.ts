import { spawnSync } from 'node:child_process';
import { chownSync, readdirSync, lchownSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** PostgreSQL refuses to run as root; there it runs as `nobody`. */
const NOBODY = 65534;

export interface LaunchPlan {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * How to start a PostgreSQL program under this account. Root becomes `nobody`; where a folder on the way (such as
 * /root) is closed to others, `setpriv` lets that one process pass through it without being root.
 */
export function launchPlan(program: string, args: readonly string[], paths: readonly string[]): LaunchPlan {
  if (!isRoot()) return { command: program, args };
  if ([program, ...paths].every(openToOthers)) return { command: program, args, uid: NOBODY, gid: NOBODY };
  if (spawnSync('setpriv', ['--version']).status !== 0) {
    throw new Error(
      `PostgreSQL cannot run as root, and ${paths.join(', ')} is closed to other accounts: run as an ordinary user`,
    );
  }
  const capability = '+dac_override,+dac_read_search';
  return {
    command: 'setpriv',
    args: [
      `--reuid=${NOBODY}`,
      `--regid=${NOBODY}`,
      '--clear-groups',
      `--inh-caps=${capability}`,
      `--ambient-caps=${capability}`,
      program,
      ...args,
    ],
  };
}

/** Gives a file, or a folder with all in it, to the account PostgreSQL will run under. */
export function ownByPostgres(path: string): void {
  const entry = statSync(path);
  if (!isRoot() || entry.uid === NOBODY) return;
  chownSync(path, NOBODY, NOBODY);
  if (!entry.isDirectory()) return;
  for (const name of readdirSync(path, { recursive: true })) lchownSync(join(path, String(name)), NOBODY, NOBODY);
}

/** Whether any account may pass all folders above this path. */
export function openToOthers(path: string): boolean {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
