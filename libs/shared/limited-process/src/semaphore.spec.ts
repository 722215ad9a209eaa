import { Semaphore, SemaphoreFull } from './semaphore.ts';

describe('a semaphore', () => {
  const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

  it('F-27 takes on no more than may wait, and of one key no more than its share', async () => {
    const semaphore = new Semaphore(1, { maxWaiting: 3, maxPerKey: 3 });
    const began: string[] = [];
    const gates: PromiseWithResolvers<void>[] = [];
    const start = (name: string, key: string): Promise<void> =>
      semaphore.run(() => {
        began.push(name);
        const gate = Promise.withResolvers<void>();
        gates.push(gate);
        return gate.promise;
      }, key);
    const all = [start('a1', 'a'), start('a2', 'a'), start('a3', 'a')];
    await expect(start('a4', 'a')).rejects.toBeInstanceOf(SemaphoreFull);
    all.push(start('b1', 'b'));
    await expect(start('c1', 'c')).rejects.toBeInstanceOf(SemaphoreFull);
    for (let index = 0; index < all.length; index += 1) {
      await turn();
      gates[index]?.resolve();
    }
    await Promise.all(all);
    expect(began).toEqual(['a1', 'a2', 'a3', 'b1']);
    await turn();
    const free = start('c2', 'c');
    await turn();
    gates.at(-1)?.resolve();
    await free;
  });

  it('F-27 lets the key with the least under way come first', async () => {
    const semaphore = new Semaphore(2);
    const began: string[] = [];
    const gates = new Map<string, PromiseWithResolvers<void>>();
    const start = (name: string, key: string): Promise<void> =>
      semaphore.run(() => {
        began.push(name);
        const gate = Promise.withResolvers<void>();
        gates.set(name, gate);
        return gate.promise;
      }, key);
    const all = [start('a1', 'a'), start('a2', 'a'), start('a3', 'a'), start('b1', 'b')];
    await turn();
    gates.get('a1')?.resolve();
    await turn();
    expect(began).toEqual(['a1', 'a2', 'b1']);
    for (const name of ['a2', 'b1', 'a3']) {
      gates.get(name)?.resolve();
      await turn();
    }
    await Promise.all(all);
  });

  it('run so many at once, the others in turn, also after one that failed', async () => {
    const slots = new Semaphore(2);
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
