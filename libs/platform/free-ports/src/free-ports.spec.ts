import { freePorts } from './free-ports.ts';

describe('free ports', () => {
  it('are all different, and not those of outgoing connections', async () => {
    const ports = await freePorts(200);
    expect(new Set(ports).size).toBe(200);
    expect(Math.max(...ports)).toBeLessThan(32_768);
  });
});
