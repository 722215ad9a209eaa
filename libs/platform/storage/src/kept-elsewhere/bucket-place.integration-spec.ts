import { parseConfig } from '@qlvb/platform-config';
import { describeIf } from '@qlvb/platform-testing';
import { RETENTION_MODES } from 'minio';
import type { Client } from 'minio';
import { z } from 'zod';
import { s3Client } from '../s3-client.ts';
import type { AppendOnlyPlace } from './append-only-place.ts';
import { headPlaces, headsSettings } from './heads.settings.ts';

const versionOf = async (client: Client, bucket: string): Promise<string> =>
  (await client.statObject(bucket, '1.jsonl')).versionId ?? '';

async function contents(place: AppendOnlyPlace): Promise<string[]> {
  const all: string[] = [];
  for await (const content of place.all()) all.push(content);
  return all.toSorted();
}

/** As the services read it from their environment. */
const placeOf = (url: URL, bucket: string): AppendOnlyPlace => {
  const [place] = headPlaces(
    parseConfig(z.object(headsSettings), {
      QLVB_HEADS_S3_ENDPOINT: url.origin,
      QLVB_HEADS_S3_ACCESS_KEY: url.username,
      QLVB_HEADS_S3_SECRET_KEY: url.password,
      QLVB_HEADS_S3_BUCKET: bucket,
    }),
  );
  if (!place) throw new Error('no place');
  return place;
};

for (const [server, variable] of [
  ['MinIO', 'QLVB_TEST_S3_MINIO'],
  ['versitygw', 'QLVB_TEST_S3_VERSITYGW'],
] as const) {
  const given = process.env[variable];
  const needs = `an S3 server in ${variable} (http://key:secret@host:port, see deploy/local)`;
  describeIf(given !== undefined, needs, `F-24 SEC-L05 heads in a bucket on ${server}`, () => {
    const url = new URL(given ?? 'http://x');
    const bucket = (purpose: string): string => `test-${purpose}-${Date.now().toString(36)}-${process.pid}`;
    const clientFor = (name: string): Client =>
      s3Client({
        endpoint: new URL(url.origin),
        accessKey: url.username,
        secretKey: url.password,
        bucket: name,
        region: 'us-east-1',
      });

    it('are read again whatever somebody with the service’s own credentials does to them', async () => {
      const name = bucket('heads');
      const place = placeOf(url, name);
      expect(await contents(place)).toEqual([]);
      await place.install();
      await place.install();
      await place.add('1.jsonl', 'first\n');
      await place.add('2.jsonl', 'second\n');
      await expect(place.add('1.jsonl', 'other\n')).rejects.toThrow(/pre-conditions/);
      expect(await contents(place)).toEqual(['first\n', 'second\n']);

      const client = clientFor(name);
      const versionId = await versionOf(client, name);
      const refused = async (act: Promise<unknown>): Promise<string> =>
        act.then(
          () => 'done',
          () => 'refused',
        );
      const shorter: unknown = {
        mode: RETENTION_MODES.GOVERNANCE,
        governanceBypass: true,
        retainUntilDate: new Date(Date.now() + 1000).toISOString(),
        versionId,
      };
      type Retention = Parameters<Client['putObjectRetention']>[2];
      expect({
        overwritten: await refused(client.putObject(name, '1.jsonl', Buffer.from('forged\n'))),
        hidden: await refused(client.removeObject(name, '1.jsonl')),
        deleted: await refused(client.removeObject(name, '1.jsonl', { versionId })),
        deletedByGovernor: await refused(client.removeObject(name, '1.jsonl', { versionId, governanceBypass: true })),
        keptShorter: await refused(client.putObjectRetention(name, '1.jsonl', shorter as Retention)),
        versionsEnded: await refused(client.setBucketVersioning(name, { Status: 'Suspended' })),
        bucketDeleted: await refused(client.removeBucket(name)),
      }).toEqual({
        overwritten: 'done',
        hidden: 'done',
        deleted: 'refused',
        deletedByGovernor: 'refused',
        keptShorter: 'refused',
        versionsEnded: 'refused',
        bucketDeleted: 'refused',
      });
      expect(await contents(place)).toEqual(['first\n', 'forged\n', 'second\n']);
    });

    it('are locked also when the bucket’s own rule was ended meanwhile', async () => {
      const name = bucket('ended');
      const place = placeOf(url, name);
      await place.install();
      const client = clientFor(name);
      await client.setObjectLockConfig(name, {} as Parameters<Client['setObjectLockConfig']>[1]);
      await place.add('1.jsonl', 'first\n');
      const versionId = await versionOf(client, name);
      await expect(client.removeObject(name, '1.jsonl', { versionId })).rejects.toThrow();
    });

    it('are not taken to a bucket that cannot lock', async () => {
      const name = bucket('open');
      const client = clientFor(name);
      await client.makeBucket(name, 'us-east-1');
      await expect(placeOf(url, name).install()).rejects.toThrow();
      await expect(placeOf(url, name).add('1.jsonl', 'first\n')).rejects.toThrow(/object lock/);
      await client.removeObject(name, '1.jsonl');
      await client.removeBucket(name);
    });
  });
}
