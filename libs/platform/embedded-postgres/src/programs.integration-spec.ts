import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeIf } from '@qlvb/platform-testing';
import { isRoot, launchPlan } from './identity.ts';
import { findPrograms, reachablePrograms } from './programs.ts';
import type { Programs } from './programs.ts';

describeIf(isRoot(), 'root', 'F-15 the programs of PostgreSQL below a folder that only root may enter', () => {
  const place = mkdtempSync(join(tmpdir(), 'qlvb-programs-'));
  // Open to every account, as /var/cache is.
  chmodSync(place, 0o777);
  const copies = join(place, 'copies');
  let closed: Programs;

  /** Makes a cluster as the start does. @returns what `initdb` said, empty when it made one */
  const initialised = ({ initdb }: Programs, name: string): string => {
    const folder = join(place, name);
    const { command, args, uid, gid } = launchPlan(initdb, ['-D', folder, '-U', 'postgres'], [folder]);
    const done = spawnSync(command, args, { cwd: '/', encoding: 'utf8', ...(uid ? { uid, gid } : {}) });
    return done.status === 0 ? '' : done.stderr;
  };

  beforeAll(async () => {
    const { initdb, postgres } = await findPrograms();
    const home = join(place, 'home');
    mkdirSync(home, { mode: 0o700 });
    cpSync(dirname(dirname(initdb)), join(home, 'native'), { recursive: true, verbatimSymlinks: true });
    const inside = (program: string): string => join(home, 'native', 'bin', program.slice(dirname(program).length + 1));
    closed = { initdb: inside(initdb), postgres: inside(postgres) };
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  it('are not found by initdb where they lie', () => {
    expect(initialised(closed, 'first')).toContain('was not found');
  });

  it('are copied to where they are found, once', () => {
    const reachable = reachablePrograms(closed, copies);
    expect(reachable.initdb.startsWith(copies)).toBe(true);
    expect(initialised(reachable, 'second')).toBe('');
    expect(reachablePrograms(closed, copies)).toEqual(reachable);
    expect(reachablePrograms(reachable, copies)).toBe(reachable);
  });
});
