import { VerifiedObjects } from './verified-objects.ts';

describe('what was verified', () => {
  it('F-41 is known for a short while only, then it is read again', async () => {
    let now = 0;
    let read = 0;
    const verified = new VerifiedObjects(() => now);
    const ask = (): Promise<string> => verified.stamp('key', () => Promise.resolve(`copy ${(read += 1)}`));
    expect([await ask(), await ask()]).toEqual(['copy 1', 'copy 1']);
    now = 5 * 60 * 1000 + 1;
    expect(await ask()).toBe('copy 2');
    verified.forget('key');
    expect(await ask()).toBe('copy 3');
  });

  it('F-41 is read once for all who ask at the same time, and what failed is not remembered', async () => {
    let read = 0;
    const verified = new VerifiedObjects();
    const fail = (): Promise<string> => {
      read += 1;
      return Promise.reject(new Error('corrupt'));
    };
    const asked = await Promise.allSettled([verified.stamp('key', fail), verified.stamp('key', fail)]);
    expect([read, asked.map(({ status }) => status)]).toEqual([1, ['rejected', 'rejected']]);
    expect(await verified.stamp('key', () => Promise.resolve('healed'))).toBe('healed');
  });
});
