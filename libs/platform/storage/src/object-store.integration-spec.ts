import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describeIf } from '@qlvb/platform-testing';
import { Client } from 'minio';
import { FilesystemStore, ObjectCorrupt, ObjectMissing, S3Store, keyOf } from './index.ts';
import type { ObjectStore } from './index.ts';
import { FileTooLarge } from './storage.problems.ts';

interface Bench {
  readonly store: ObjectStore;
  /** Keys of everything in the store, staging included. */
  keys(): Promise<string[]>;
  overwrite(key: string, bytes: Buffer): Promise<void>;
  remove(key: string): Promise<void>;
}

const MIB = 1024 * 1024;
const limit = { maxBytes: 2048 * MIB };

/** Bytes that are cheap to make and do not compress. */
function* bytes(size: number): Generator<Buffer> {
  const block = randomBytes(MIB);
  for (let left = size; left > 0; left -= block.length) {
    block.writeUInt32LE(left % 0xffffffff);
    yield Buffer.from(block.subarray(0, Math.min(left, block.length)));
  }
}

const drain = async (stream: Readable): Promise<{ size: number; sha256: string }> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest('hex') };
};

function contract(open: () => Promise<Bench>): void {
  let bench: Bench;
  beforeAll(async () => {
    bench = await open();
  });
  const put = (content: string | Buffer) => bench.store.put(Readable.from([Buffer.from(content)]), limit);

  it('stores a stream of unknown length under its digest and gives the same bytes back', async () => {
    const content = randomBytes(3 * MIB + 17);
    const object = await put(content);
    expect(object.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(object).toMatchObject({ key: keyOf(object.sha256), sizeBytes: content.length });
    expect(object.head.equals(content.subarray(0, 65_536))).toBe(true);
    expect((await bench.store.readSmall(object, 4 * MIB)).equals(content)).toBe(true);
    expect(await bench.store.size(object)).toBe(content.length);
  });

  it('stores an empty file', async () => {
    const object = await bench.store.put(Readable.from([]), limit);
    expect(object.sizeBytes).toBe(0);
    expect((await bench.store.readSmall(object, 1)).length).toBe(0);
  });

  it('gives a range', async () => {
    const object = await put('0123456789');
    expect((await drain(await bench.store.get(object, { start: 2, end: 4 }))).size).toBe(3);
  });

  it('keeps one object when the same bytes come many times at once', async () => {
    const content = randomBytes(MIB);
    const objects = await Promise.all(Array.from({ length: 8 }, () => put(content)));
    expect(new Set(objects.map((object) => object.key)).size).toBe(1);
    expect((await bench.store.readSmall(objects[0] as never, 2 * MIB)).equals(content)).toBe(true);
  });

  it('FMT-10 refuses more than the limit and leaves nothing', async () => {
    const before = await bench.keys();
    await expect(bench.store.put(Readable.from(bytes(12 * MIB)), { maxBytes: 10 * MIB })).rejects.toMatchObject({
      declaration: FileTooLarge.declaration,
    });
    expect(await bench.keys()).toEqual(before);
  });

  it('leaves nothing when the source breaks off', async () => {
    const before = await bench.keys();
    const broken = Readable.from(
      (function* () {
        yield* bytes(9 * MIB);
        throw new Error('the client went away');
      })(),
    );
    await expect(bench.store.put(broken, limit)).rejects.toThrow('went away');
    expect(await bench.keys()).toEqual(before);
  });

  it('finds a missing object and a corrupt one before the last byte is out', async () => {
    const object = await put(randomBytes(MIB));
    await bench.overwrite(object.key, randomBytes(MIB));
    await expect(drain(await bench.store.get(object))).rejects.toMatchObject({
      declaration: ObjectCorrupt.declaration,
    });
    await bench.remove(object.key);
    await expect(bench.store.get(object)).rejects.toMatchObject({ declaration: ObjectMissing.declaration });
    await expect(bench.store.size(object)).rejects.toMatchObject({ declaration: ObjectMissing.declaration });
  });

  it.each(['../../etc/passwd', 'sha256/aa/bb/../../../x', 'staging/x', `sha256/00/00/${'ab'.repeat(32)}`])(
    'refuses the key %s',
    async (key) => {
      await expect(bench.store.get({ key })).rejects.toThrow('not an object key');
    },
  );

  it('streams 1 GiB both ways in constant memory', async () => {
    const size = 1024 * MIB;
    const rest = process.memoryUsage().rss;
    let peak = rest;
    const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    const object = await bench.store.put(Readable.from(bytes(size)), limit);
    const read = await drain(await bench.store.get(object));
    clearInterval(timer);
    await bench.remove(object.key);
    expect(read).toEqual({ size, sha256: object.sha256 });
    expect((peak - rest) / MIB).toBeLessThan(200);
  }, 240_000);
}

describe('object store: filesystem', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qlvb-store-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const files = (): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();

  contract(() =>
    Promise.resolve({
      store: new FilesystemStore(folder),
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

  it('a process killed in the middle leaves only what the sweep takes away', async () => {
    const store = new FilesystemStore(folder);
    const before = files();
    const program = `
      import { FilesystemStore } from ${JSON.stringify(join(import.meta.dirname, 'filesystem-store.ts'))};
      import { Readable } from 'node:stream';
      const never = new Readable({ read() {} });
      never.push(Buffer.alloc(1024 * 1024));
      console.log('writing');
      await new FilesystemStore(${JSON.stringify(folder)}).put(never, { maxBytes: 1e9 });`;
    const aliases = join(
      import.meta.dirname,
      '..',
      '..',
      '..',
      '..',
      'dist',
      'libs',
      'platform',
      'storage',
      'src',
      'filesystem-store.js',
    );
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      program.replace(/"[^"]*filesystem-store.ts"/, JSON.stringify(aliases)),
    ]);
    await new Promise((done) => child.stdout.once('data', done));
    while (files().length === before.length) await new Promise((done) => setTimeout(done, 10));
    child.kill('SIGKILL');
    await new Promise((done) => child.once('exit', done));
    expect(await store.sweep(60_000)).toBe(0);
    expect(await store.sweep(0)).toBe(1);
    expect(files()).toEqual(before);
  });
});

for (const [server, variable] of [
  ['MinIO', 'QLVB_TEST_S3_MINIO'],
  ['versitygw', 'QLVB_TEST_S3_VERSITYGW'],
] as const) {
  const url = process.env[variable];
  describeIf(
    url !== undefined,
    `an S3 server in ${variable} (http://key:secret@host:port)`,
    `object store: S3 on ${server}`,
    () => {
      contract(async () => {
        const endpoint = new URL(url ?? '');
        const options = {
          endpoint,
          accessKey: endpoint.username,
          secretKey: endpoint.password,
          bucket: `test-${Date.now().toString(36)}-${process.pid}`,
          region: 'us-east-1',
        };
        const store = new S3Store(options);
        await store.ensureBucket({ region: options.region, objectLock: false });
        const client = new Client({
          endPoint: endpoint.hostname,
          port: Number(endpoint.port),
          useSSL: false,
          accessKey: options.accessKey,
          secretKey: options.secretKey,
          region: options.region,
        });
        return {
          store,
          keys: async () => {
            const found: string[] = [];
            for await (const item of client.listObjectsV2(options.bucket, '', true) as AsyncIterable<{
              name: string;
            }>) {
              found.push(item.name);
            }
            for await (const upload of client.listIncompleteUploads(options.bucket, '', true) as AsyncIterable<{
              key: string;
            }>) {
              found.push(`incomplete ${upload.key}`);
            }
            return found.sort();
          },
          overwrite: async (key, content) => {
            await client.putObject(options.bucket, key, content);
          },
          remove: (key) => client.removeObject(options.bucket, key),
        };
      });
    },
  );
}
