import { CCCD_PROVINCES } from '@qlvb/vietnam';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the repository', () => {
  it('CID-34 holds no number that could be a citizen number', () => {
    // text files only (-I); exit code 1 means that nothing was found
    const { status, stdout } = spawnSync('git', ['grep', '-hIoE', '--untracked', '\\b0[0-9]{11}\\b'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect([0, 1]).toContain(status);
    const prefixes = stdout.split('\n').filter((number) => CCCD_PROVINCES.has(number.slice(0, 3)));
    expect(prefixes.map((number) => number.slice(0, 3))).toEqual([]);
  });
});
