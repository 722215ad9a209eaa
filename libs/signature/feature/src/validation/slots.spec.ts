import { Slots } from './slots.ts';

describe('slots', () => {
  it('run so many at once, the others in turn, also after one that failed', async () => {
    const slots = new Slots(2);
    const began: number[] = [];
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    const settled = gates.map(({ promise }, index) =>
      slots
        .run(() => {
          began.push(index);
          return promise;
        })
        .catch(() => undefined),
    );
    const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
    await turn();
    expect(began).toEqual([0, 1]);
    gates[1]?.reject(new Error('no'));
    await turn();
    expect(began).toEqual([0, 1, 2]);
    for (const { resolve } of gates) resolve();
    await Promise.all(settled);
    expect(began).toEqual([0, 1, 2, 3, 4]);
  });
});
