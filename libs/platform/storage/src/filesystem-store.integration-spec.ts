import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FilesystemStore } from './filesystem-store.ts';
import { ObjectCorrupt, StoreUnavailable } from './storage.problems.ts';
import { storeContract } from './testing/store-contract.ts';

describe('object store: filesystem', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qlvb kho tệp-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const files = (): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();

  const installed = async (path = folder): Promise<FilesystemStore> => {
    const store = new FilesystemStore(path);
    await store.install();
    return store;
  };

  storeContract(async () => {
    const store = await installed();
    return {
      store,
      order: { folder },
      keys: () => Promise.resolve(files()),
      overwrite: (key, content) => {
        chmodSync(join(folder, key), 0o600);
        writeFileSync(join(folder, key), content);
        return Promise.resolve();
      },
      remove: (key) => {
        rmSync(join(folder, key));
        return Promise.resolve();
      },
      lost: async () => {
        const place = mkdtempSync(join(tmpdir(), 'qlvb-lost-'));
        const [there, away] = [join(place, 'store'), join(place, 'away')];
        return {
          store: await installed(there),
          lose: () => Promise.resolve(renameSync(there, away)),
          found: () => Promise.resolve(renameSync(away, there)),
        };
      },
    };
  });

  it('makes objects that nobody may write', async () => {
    const { key } = await (await installed()).put(Readable.from([Buffer.from('bất biến')]), { maxBytes: 100 });
    expect(statSync(join(folder, key)).mode & 0o777).toBe(0o440);
  });

  it('sweeps what is old and leaves what may still be written', async () => {
    const [old, young] = ['old', 'young'].map((name) => join(folder, 'staging', name));
    for (const path of [old, young]) writeFileSync(path ?? '', 'half');
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    utimesSync(old ?? '', yesterday, yesterday);
    expect(await (await installed()).sweep(24 * 60 * 60 * 1000)).toBe(1);
    expect(files().filter((name) => name.startsWith('staging'))).toEqual(['staging/young']);
    rmSync(young ?? '');
  });

  it('F-45 a folder without its mark is no store, and nothing is made or taken in it', async () => {
    const place = mkdtempSync(join(tmpdir(), 'qlvb-lost-'));
    const store = new FilesystemStore(join(place, 'store'));
    const put = () => store.put(Readable.from([Buffer.from('tệp')]), { maxBytes: 100 });
    const unavailable = { declaration: StoreUnavailable.declaration };
    await expect(put()).rejects.toMatchObject(unavailable);
    await expect(store.sweep(0)).rejects.toMatchObject(unavailable);
    expect(existsSync(join(place, 'store'))).toBe(false);
    mkdirSync(join(place, 'store'));
    await expect(put()).rejects.toMatchObject(unavailable);
    await expect(store.check()).rejects.toMatchObject(unavailable);
    expect(readdirSync(join(place, 'store'))).toEqual([]);
    writeFileSync(join(place, 'a-file'), '');
    await expect(new FilesystemStore(join(place, 'a-file')).check()).rejects.toMatchObject(unavailable);
    rmSync(place, { recursive: true });
  });

  it('F-45 a store that comes back as another copy takes files again', async () => {
    const place = mkdtempSync(join(tmpdir(), 'qlvb-lost-'));
    const root = join(place, 'store');
    const store = await installed(root);
    const put = () => store.put(Readable.from([Buffer.from('tệp')]), { maxBytes: 100 });
    await put();
    rmSync(root, { recursive: true });
    await expect(put()).rejects.toMatchObject({ declaration: StoreUnavailable.declaration });
    await installed(root);
    expect((await store.readSmall(await put(), 100)).toString()).toBe('tệp');
    rmSync(place, { recursive: true });
  });

  it('F-41 a range of a file altered in place and given back its times is not given', async () => {
    const store = await installed();
    const { key } = await store.put(Readable.from([Buffer.from('0123456789')]), { maxBytes: 100 });
    await (await store.get({ key }, { start: 0, end: 3 })).toArray();
    const file = join(folder, key);
    const { atime, mtime } = statSync(file);
    chmodSync(file, 0o600);
    writeFileSync(file, '0123456780');
    utimesSync(file, atime, mtime);
    await expect(store.get({ key }, { start: 0, end: 3 })).rejects.toMatchObject({
      declaration: ObjectCorrupt.declaration,
    });
    rmSync(file);
  });
});
