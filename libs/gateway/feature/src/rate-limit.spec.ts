import { RateLimit } from './rate-limit.ts';

describe('rate limit', () => {
  it('SEC-S06 lets a burst through, then one by one, each caller alone', () => {
    const limit = new RateLimit(60);
    const t0 = 1_000_000;
    for (let n = 0; n < 60; n += 1) expect(limit.take('a', t0)).toBe(0);
    expect(limit.take('a', t0)).toBe(1);
    expect(limit.take('b', t0)).toBe(0);
    expect(limit.take('a', t0 + 1000)).toBe(0);
    expect(limit.take('a', t0 + 1000)).toBe(1);
    expect(limit.take('a', t0 + 600_000)).toBe(0);
  });
});
