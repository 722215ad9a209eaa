import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { armFailPoints, failPoint, FailPointReached } from './index.ts';

describe('failPoint', () => {
  afterEach(() => armFailPoints(undefined));

  it('does nothing unless armed', async () => {
    await expect(failPoint('outbox:after-commit')).resolves.toBeUndefined();
  });

  it('acts on the chosen pass only', async () => {
    armFailPoints('outbox:after-commit=throw@2');
    await failPoint('outbox:after-commit');
    await expect(failPoint('outbox:after-commit')).rejects.toBeInstanceOf(FailPointReached);
    await failPoint('outbox:after-commit');
  });

  it.each([
    ['test', 'SIGKILL'],
    ['production', null],
    [undefined, null],
  ])('obeys the environment only in tests: NODE_ENV %s', (mode, signal) => {
    const program = `import { failPoint } from ${JSON.stringify(join(import.meta.dirname, 'fail-point.ts'))}; await failPoint('here');`;
    const { PATH } = process.env;
    const run = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      env: { PATH, QLVB_FAIL_POINTS: 'here=kill', ...(mode === undefined ? {} : { NODE_ENV: mode }) },
    });
    expect([run.signal, run.status]).toEqual([signal, signal === null ? 0 : null]);
  });

  it('refuses a specification it does not understand', () => {
    expect(() => armFailPoints('outbox:after-commit=explode')).toThrow('bad fail point');
  });
});
