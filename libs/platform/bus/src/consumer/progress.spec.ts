import { jest } from '@jest/globals';
import { Progress } from './progress.ts';

describe('Progress: live means that something ended lately', () => {
  const idle = { pending: 0, oldestStart: undefined, paused: false };
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('holds while the broker is asked, and ends when the consumer no longer asks', () => {
    const progress = new Progress(1000);
    jest.advanceTimersByTime(900);
    progress.fetched();
    jest.advanceTimersByTime(900);
    expect(progress.isLive(idle)).toBe(true);
    jest.advanceTimersByTime(200);
    expect(progress.isLive(idle)).toBe(false);
  });

  it('ends when work waits and no attempt ends, although the broker is asked', () => {
    const progress = new Progress(1000);
    jest.advanceTimersByTime(5000);
    progress.began();
    jest.advanceTimersByTime(1100);
    progress.fetched();
    expect(progress.isLive({ ...idle, pending: 3 })).toBe(false);
    expect(progress.isLive({ ...idle, pending: 3, paused: true })).toBe(true);
    progress.attempted();
    expect(progress.isLive({ ...idle, pending: 3 })).toBe(true);
  });

  it('ends when one handler hangs, although others go on', () => {
    const progress = new Progress(1000);
    const oldestStart = Date.now();
    jest.advanceTimersByTime(1100);
    progress.fetched();
    progress.attempted();
    expect(progress.isLive({ pending: 3, oldestStart, paused: false })).toBe(false);
  });
});
