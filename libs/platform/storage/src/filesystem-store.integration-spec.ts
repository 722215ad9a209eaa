import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FilesystemStore } from './filesystem-store.ts';
import { storeContract } from './testing/store-contract.ts';

describe('object store: filesystem', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qlvb kho tệp-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const files = (): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();

  storeContract(() =>
    Promise.resolve({
      store: new FilesystemStore(folder),
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
    }),
  );

  it('makes objects that nobody may write', async () => {
    const { key } = await new FilesystemStore(folder).put(Readable.from([Buffer.from('bất biến')]), { maxBytes: 100 });
    expect(statSync(join(folder, key)).mode & 0o777).toBe(0o440);
  });

  it('sweeps what is old and leaves what may still be written', async () => {
    const [old, young] = ['old', 'young'].map((name) => join(folder, 'staging', name));
    for (const path of [old, young]) writeFileSync(path ?? '', 'half');
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    utimesSync(old ?? '', yesterday, yesterday);
    expect(await new FilesystemStore(folder).sweep(24 * 60 * 60 * 1000)).toBe(1);
    expect(files().filter((name) => name.startsWith('staging'))).toEqual(['staging/young']);
    rmSync(young ?? '');
  });

  it('is not well where it cannot write', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    await expect(new FilesystemStore(join(folder, 'a-file')).check()).rejects.toThrow();
    rmSync(join(folder, 'a-file'));
  });
});
