import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { startProgram } from '@qlvb/platform-testing';
import { keyOf } from '../object-key.ts';
import type { Draft } from '../object-store.ts';
import type { ObjectStore } from '../object-store.ts';
import { FileTooLarge, FormatMismatch, ObjectCorrupt, ObjectMissing, StoreUnavailable } from '../storage.problems.ts';
import type { StoreOrder } from './store-program.ts';

export interface Bench {
  readonly store: ObjectStore;
  /** How a program of its own opens the same store. */
  readonly order: StoreOrder['store'];
  /** Keys of everything in the store, interrupted puts included. */
  keys(): Promise<string[]>;
  overwrite(key: string, bytes: Buffer): Promise<void>;
  remove(key: string): Promise<void>;
  /** A store of its own, empty, that can go away and come back. */
  lost(): Promise<{ readonly store: ObjectStore; lose(): Promise<void>; found(): Promise<void> }>;
}

export const MIB = 1024 * 1024;
const limit = { maxBytes: 2048 * MIB };
const program = join(import.meta.dirname, 'store-program.ts');

/** Everything that every driver on every server must do. */
export function storeContract(open: () => Promise<Bench>): void {
  let bench: Bench;
  beforeAll(async () => {
    bench = await open();
  });
  const put = (content: string | Buffer) => bench.store.put(Readable.from([Buffer.from(content)]), limit);
  const readAll = (key: string) => bench.store.readSmall({ key }, 64 * MIB);

  describe('what is put', () => {
    it.each([0, 1, 3 * MIB + 17, 8 * MIB, 8 * MIB + 1, 20 * MIB])(
      '%d bytes of unknown length lie under their digest and come back the same',
      async (size) => {
        const content = randomBytes(size);
        const object = await put(content);
        const sha256 = createHash('sha256').update(content).digest('hex');
        expect(object).toMatchObject({ key: keyOf(sha256), sha256, sizeBytes: size });
        expect(object.head.equals(content.subarray(0, 65_536))).toBe(true);
        expect((await readAll(object.key)).equals(content)).toBe(true);
        expect(await bench.store.size(object)).toBe(size);
      },
    );

    it.each([MIB, 20 * MIB])('keeps one object when the same %d bytes come many times at once', async (size) => {
      const content = randomBytes(size);
      const before = await bench.keys();
      const objects = await Promise.all(Array.from({ length: 6 }, () => put(content)));
      const keys = new Set(objects.map((object) => object.key));
      expect(keys.size).toBe(1);
      expect(await bench.keys()).toEqual([...before, ...keys].sort());
      expect((await readAll([...keys][0] ?? '')).equals(content)).toBe(true);
    });

    it('F-60 is gone once it was erased, erasing it again is no error, and others stay', async () => {
      const [object, other] = [await put(randomBytes(1000)), await put(randomBytes(1000))];
      await bench.store.erase(object);
      await bench.store.erase(object);
      await expect(bench.store.size(object)).rejects.toMatchObject({ declaration: ObjectMissing.declaration });
      expect(await bench.store.size(other)).toBe(1000);
      await put(Buffer.from('again'));
    });

    it('stays what it is when it is put again, and a damaged copy is healed by that', async () => {
      const content = randomBytes(MIB);
      const object = await put(content);
      expect(await put(content)).toEqual(object);
      await bench.overwrite(object.key, randomBytes(MIB));
      await put(content);
      expect((await readAll(object.key)).equals(content)).toBe(true);
    });

    it('is shown whole to who may refuse it', async () => {
      const content = randomBytes(9 * MIB);
      let shown = 0;
      const accept = async (draft: Draft): Promise<void> => {
        for (; shown < 2; shown += 1) {
          const seen = await draft.open().toArray();
          expect(Buffer.concat(seen as Buffer[]).equals(content)).toBe(true);
        }
      };
      await bench.store.put(Readable.from([content]), { ...limit, accept });
      expect(shown).toBe(2);
    });
  });

  describe('leaves nothing', () => {
    let before: string[];
    beforeEach(async () => {
      before = await bench.keys();
    });
    afterEach(async () => {
      expect(await bench.keys()).toEqual(before);
    });

    it('FMT-10 of what is over the limit, and stops reading it', async () => {
      let read = 0;
      const source = Readable.from(
        (function* () {
          for (; read < 400; read += 1) yield Buffer.alloc(MIB, read);
        })(),
      );
      await expect(bench.store.put(source, { maxBytes: 10 * MIB })).rejects.toMatchObject({
        declaration: FileTooLarge.declaration,
      });
      expect(read).toBeLessThan(40);
      expect(source.destroyed).toBe(true);
    });

    it('when the source fails', async () => {
      const source = Readable.from(
        (function* () {
          yield Buffer.alloc(9 * MIB, 1);
          throw new Error('the client went away');
        })(),
      );
      await expect(bench.store.put(source, limit)).rejects.toThrow('went away');
    });

    it('when the source is destroyed without a word', async () => {
      const source = new Readable({ read: () => undefined });
      source.push(Buffer.alloc(MIB, 2));
      const putting = bench.store.put(source, limit);
      setTimeout(() => source.destroy(), 50);
      await expect(putting).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    });

    it('when the bytes are refused', async () => {
      const accept = () => Promise.reject(FormatMismatch({ name: 'a.pdf', declared: '-', detected: '-' }));
      await expect(bench.store.put(Readable.from([randomBytes(9 * MIB)]), { ...limit, accept })).rejects.toMatchObject({
        declaration: FormatMismatch.declaration,
      });
    });

    it('when the process is killed while it receives', async () => {
      const child = startProgram(program, { store: bench.order, job: 'receive' } satisfies StoreOrder);
      await child.line();
      await child.kill();
      expect(await bench.store.sweep(60_000)).toBe(0);
      await bench.store.sweep(0);
    });
  });

  describe('what is read', () => {
    it('fails as missing when it is not there', async () => {
      const object = await put(randomBytes(MIB));
      await bench.remove(object.key);
      for (const reading of [
        () => bench.store.get(object),
        () => bench.store.get(object, { start: 0, end: 1 }),
        () => bench.store.verify(object),
        () => bench.store.size(object),
        () => bench.store.readSmall(object, MIB),
      ]) {
        await expect(reading()).rejects.toMatchObject({ declaration: ObjectMissing.declaration });
      }
    });

    it.each([
      [
        'other bytes',
        (content: Buffer) => Buffer.concat([content.subarray(0, -1), Buffer.from([~(content.at(-1) ?? 0)])]),
      ],
      ['a cut end', (content: Buffer) => content.subarray(0, -1)],
      ['nothing', () => Buffer.alloc(0)],
      ['more than it was', (content: Buffer) => Buffer.concat([content, content])],
    ])('fails as corrupt before the last byte is out: %s', async (_, damage) => {
      const content = randomBytes(MIB);
      const object = await put(content);
      const damaged = damage(content);
      await bench.overwrite(object.key, damaged);
      let out = 0;
      const reading = (async () => {
        for await (const chunk of (await bench.store.get(object)) as AsyncIterable<Buffer>) out += chunk.length;
      })();
      await expect(reading).rejects.toMatchObject({ declaration: ObjectCorrupt.declaration });
      expect(out).toBeLessThan(Math.max(damaged.length, 1));
      const corrupt = { declaration: ObjectCorrupt.declaration };
      // F-41: what the whole refuses no part of it gives, wherever the damage lies.
      await expect(bench.store.get(object, { start: 0, end: 9 })).rejects.toMatchObject(corrupt);
      await expect(bench.store.verify(object)).rejects.toMatchObject(corrupt);
      await bench.remove(object.key);
    });

    it('F-41 a part that was right is not given any more once the object was altered, and again when it is healed', async () => {
      const content = randomBytes(2 * MIB);
      const object = await put(content);
      const part = async (): Promise<Buffer> =>
        Buffer.concat((await (await bench.store.get(object, { start: 5, end: 9 })).toArray()) as Buffer[]);
      expect((await part()).equals(content.subarray(5, 10))).toBe(true);
      await bench.overwrite(object.key, randomBytes(2 * MIB));
      await expect(part()).rejects.toMatchObject({ declaration: ObjectCorrupt.declaration });
      await put(content);
      expect((await part()).equals(content.subarray(5, 10))).toBe(true);
      await expect(bench.store.verify(object)).resolves.toBeUndefined();
    });

    it('F-41 many parts at once are one reading of the whole', async () => {
      const content = randomBytes(20 * MIB);
      const object = await put(content);
      const parts = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          const range = { start: index * MIB, end: index * MIB + 99 };
          return Buffer.concat((await (await bench.store.get(object, range)).toArray()) as Buffer[]);
        }),
      );
      for (const [index, part] of parts.entries()) {
        expect(part.equals(content.subarray(index * MIB, index * MIB + 100))).toBe(true);
      }
    });

    it.each([
      [2, 4, '234'],
      [0, 0, '0'],
      [8, 20, '89'],
    ])('gives the range %d to %d', async (start, end, expected) => {
      const object = await put('0123456789');
      const chunks = await (await bench.store.get(object, { start, end })).toArray();
      expect(Buffer.concat(chunks as Buffer[]).toString()).toBe(expected);
    });

    it('refuses a range behind the end', async () => {
      const object = await put('0123456789');
      await expect(bench.store.get(object, { start: 10, end: 12 })).rejects.toThrow(RangeError);
    });

    it('may be left in the middle', async () => {
      const object = await put(randomBytes(20 * MIB));
      for (let round = 0; round < 20; round += 1) {
        const reader = (await bench.store.get(object))[Symbol.asyncIterator]();
        await reader.next();
        await reader.return?.();
      }
      expect(await bench.store.size(object)).toBe(20 * MIB);
    });

    it('is not read into memory beyond the bound', async () => {
      const object = await put(randomBytes(MIB + 1));
      await expect(bench.store.readSmall(object, MIB)).rejects.toMatchObject({ declaration: FileTooLarge.declaration });
    });

    it.each([
      '../../etc/passwd',
      '/etc/passwd',
      'sha256/aa/bb/../../../x',
      'staging/x',
      '',
      `sha256/00/00/${'ab'.repeat(32)}`,
      `${keyOf('ab'.repeat(32))}/..`,
      `${keyOf('ab'.repeat(32))}\n`,
      keyOf('AB'.repeat(32)),
    ])('has a key of ours, not %j', async (key) => {
      await expect(bench.store.get({ key })).rejects.toThrow('not an object key');
      await expect(bench.store.size({ key })).rejects.toThrow('not an object key');
    });
  });

  it('is well', async () => {
    await expect(bench.store.check()).resolves.toBeUndefined();
  });

  it('F-45 that is gone says so to everybody, is not well, makes nothing anew, and works when it is back', async () => {
    const { store, lose, found } = await bench.lost();
    const content = () => Readable.from([Buffer.from('tệp')]);
    const object = { key: keyOf('ab'.repeat(32)) };
    await lose();
    for (const asking of [
      () => store.put(content(), limit),
      () => store.get(object),
      () => store.get(object, { start: 0, end: 1 }),
      () => store.verify(object),
      () => store.readSmall(object, MIB),
      () => store.size(object),
      () => store.check(),
    ]) {
      await expect(asking()).rejects.toMatchObject({ declaration: StoreUnavailable.declaration });
    }
    expect(await store.isThere()).toBe(false);
    await found();
    await expect(store.check()).resolves.toBeUndefined();
    expect((await store.readSmall(await store.put(content(), limit), MIB)).toString()).toBe('tệp');
  });

  it('streams 1 GiB in and out in constant memory', async () => {
    const child = startProgram(program, { store: bench.order, job: 'gibibyte' } satisfies StoreOrder);
    const { key, written, read, growthMib } = JSON.parse(await child.line()) as Record<string, string> & {
      growthMib: number;
    };
    await bench.remove(key ?? '');
    expect(read).toBe(written);
    expect(key).toBe(keyOf(written ?? ''));
    expect(growthMib).toBeLessThan(120);
  }, 240_000);
}
