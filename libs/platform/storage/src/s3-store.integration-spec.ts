import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describeIf, startProgram } from '@qlvb/platform-testing';
import { Client } from 'minio';
import type { Draft } from './object-store.ts';
import { S3Store } from './s3-store.ts';
import type { S3StoreOptions } from './s3-store.ts';
import { MIB, storeContract } from './testing/store-contract.ts';
import type { Bench } from './testing/store-contract.ts';

function optionsOf(url: string, purpose: string): S3StoreOptions {
  const endpoint = new URL(url);
  const [accessKey, secretKey] = [endpoint.username, endpoint.password];
  const bucket = `test-${purpose}-${Date.now().toString(36)}-${process.pid}`;
  return { endpoint, accessKey, secretKey, bucket, region: 'us-east-1' };
}

const clientOf = ({ endpoint, accessKey, secretKey, region }: S3StoreOptions): Client =>
  new Client({
    endPoint: endpoint.hostname,
    port: Number(endpoint.port),
    useSSL: endpoint.protocol === 'https:',
    accessKey,
    secretKey,
    region,
  });

async function openBench(options: S3StoreOptions): Promise<Bench> {
  const store = new S3Store(options);
  await store.install();
  const client = clientOf(options);
  return {
    store,
    order: { s3: { ...options, endpoint: options.endpoint.href } },
    keys: async () => {
      const found: string[] = [];
      for await (const { name } of client.listObjectsV2(options.bucket, '', true) as AsyncIterable<{ name: string }>) {
        found.push(name);
      }
      for await (const { key } of client.listIncompleteUploads(options.bucket, '', true) as AsyncIterable<{
        key: string;
      }>) {
        found.push(`unfinished ${key}`);
      }
      return found.sort();
    },
    overwrite: async (key, content) => {
      await client.putObject(options.bucket, key, content);
    },
    remove: (key) => client.removeObject(options.bucket, key),
    lost: async () => {
      const lost = new S3Store({ ...options, bucket: `${options.bucket}-lost` });
      await lost.install();
      return { store: lost, lose: () => client.removeBucket(`${options.bucket}-lost`), found: () => lost.install() };
    },
  };
}

for (const [server, variable] of [
  ['MinIO', 'QLVB_TEST_S3_MINIO'],
  ['versitygw', 'QLVB_TEST_S3_VERSITYGW'],
] as const) {
  const url = process.env[variable];
  const needs = `an S3 server in ${variable} (http://key:secret@host:port, see deploy/local)`;
  describeIf(url !== undefined, needs, `object store: S3 on ${server}`, () => {
    storeContract(() => openBench(optionsOf(url ?? '', 'contract')));

    it('a process killed while it sends leaves only what the sweep takes away', async () => {
      const { store, order, keys } = await openBench(optionsOf(url ?? '', 'killed'));
      const child = startProgram(join(import.meta.dirname, 'testing', 'store-program.ts'), {
        store: order,
        job: 'send',
      });
      await child.line();
      while (!(await keys()).some((key) => key.startsWith('unfinished')))
        await new Promise((done) => setTimeout(done, 10));
      await child.kill();
      const finished = (await keys()).filter((key) => !key.startsWith('unfinished'));
      expect(await store.sweep(60_000)).toBe(0);
      await store.sweep(0);
      expect(await keys()).toEqual(finished);
    });

    it('a spool has no name, so that a killed process leaves none behind', async () => {
      const { store } = await openBench(optionsOf(url ?? '', 'spool'));
      let links: number | undefined;
      const accept = async ({ file }: Draft): Promise<void> => {
        links = (await file.stat()).nlink;
      };
      await store.put(Readable.from([randomBytes(MIB)]), { maxBytes: MIB, accept });
      expect(links).toBe(0);
    });

    it('many services may make the bucket at once', async () => {
      const options = optionsOf(url ?? '', 'race');
      await Promise.all(Array.from({ length: 6 }, () => new S3Store(options).install()));
      await expect(new S3Store(options).check()).resolves.toBeUndefined();
    });

    describe('object lock', () => {
      let options: S3StoreOptions;
      let client: Client;
      const until = new Date(Date.now() + 60 * 60 * 1000);
      const versions = async (key: string): Promise<string[]> => {
        const found = client.listObjects(options.bucket, key, true, { IncludeVersion: true });
        const all = (await found.toArray()) as { versionId: string; isDeleteMarker?: boolean }[];
        return all.filter((version) => !version.isDeleteMarker).map((version) => version.versionId);
      };
      beforeAll(async () => {
        options = { ...optionsOf(url ?? '', 'lock'), locking: true };
        client = clientOf(options);
        await new S3Store(options).install();
      });

      it.each([MIB, 9 * MIB])('keeps %d bytes against deletion and overwriting', async (size) => {
        const content = randomBytes(size);
        const store = new S3Store(options);
        const { key } = await store.put(Readable.from([content]), { maxBytes: size });
        await store.lock({ key }, { until, mode: 'compliance' });
        await store.lock({ key }, { until, mode: 'compliance' });
        const [version] = await versions(key);
        await expect(client.removeObject(options.bucket, key, { versionId: version ?? '' })).rejects.toThrow();
        await expect(
          client.removeObject(options.bucket, key, { versionId: version ?? '', governanceBypass: true }),
        ).rejects.toThrow();
        await client.putObject(options.bucket, key, Buffer.from('forged'));
        expect(await versions(key)).toContain(version);
        const kept = await client.getObject(options.bucket, key, { versionId: version ?? '' });
        expect(Buffer.concat((await kept.toArray()) as Buffer[]).equals(content)).toBe(true);
      });

      it('RET-3 keeps what has a term against everybody but who may lift its lock', async () => {
        const content = randomBytes(1000);
        const store = new S3Store(options);
        const { key } = await store.put(Readable.from([content]), { maxBytes: 1000 });
        await store.lock({ key }, { until, mode: 'governance' });
        const [version] = await versions(key);
        await expect(client.removeObject(options.bucket, key, { versionId: version ?? '' })).rejects.toThrow();
        expect(await versions(key)).toEqual([version]);
      });

      it('F-61 what was put and never locked can be taken away; what is altered is not locked', async () => {
        const store = new S3Store(options);
        const object = await store.put(Readable.from([randomBytes(1000)]), { maxBytes: 1000 });
        await client.putObject(options.bucket, object.key, Buffer.from('forged'));
        await expect(store.lock(object, { until, mode: 'compliance' })).rejects.toThrow('storage.object-corrupt');
        await store.erase(object);
        expect(await versions(object.key)).toEqual([]);
      });

      it('many services may make the bucket at once', async () => {
        const raced = { ...optionsOf(url ?? '', 'lockrace'), locking: true };
        await Promise.all(Array.from({ length: 6 }, () => new S3Store(raced).install()));
      });

      it('stops the start on a bucket that cannot lock', async () => {
        const plain = optionsOf(url ?? '', 'plain');
        await new S3Store(plain).install();
        await expect(new S3Store({ ...plain, locking: true }).install()).rejects.toThrow('without object lock');
      });
    });
  });
}
