import { z } from 'zod';
import { defineJob, pauseSeconds } from './define-job.ts';

describe('a kind of job', () => {
  it('waits twice as long after every failure, up to a limit', () => {
    const backoff = { firstSeconds: 2, mostSeconds: 60 };
    expect([1, 2, 3, 4, 5, 6, 50].map((failures) => pauseSeconds(failures, backoff))).toEqual([
      2, 4, 8, 16, 32, 60, 60,
    ]);
  });

  it('names its service and what it does, and recurs only as work of the platform', () => {
    const data = z.object({});
    expect(() => defineJob({ kind: 'send', data })).toThrow('bad kind of job: send');
    expect(() => defineJob({ kind: 'exchange.sweep', data, everySeconds: 60 })).toThrow('work of the platform');
    expect(defineJob({ kind: 'exchange.send-package', data, limit: { agency: 2 } })).toMatchObject({
      scope: 'agency',
      limit: { agency: 2 },
      everySeconds: undefined,
    });
  });
});
