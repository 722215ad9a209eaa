/** Runs ESLint over the whole workspace in one process, after Nx has made the project graph its boundary rule needs. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const bin = (name: string): string => join(import.meta.dirname, '..', 'node_modules', '.bin', name);
const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
const run = (name: string, args: string[], quiet = false): number =>
  spawnSync(bin(name), args, { stdio: quiet ? ['ignore', 'ignore', 'inherit'] : 'inherit', env }).status ?? 1;

mkdirSync('tmp', { recursive: true });
const graph = run('nx', ['graph', '--file=tmp/graph.json'], true);
process.exitCode =
  graph || run('eslint', ['--max-warnings=0', ...(process.argv.length > 2 ? process.argv.slice(2) : ['.'])]);
