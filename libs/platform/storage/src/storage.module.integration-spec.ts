import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { parseConfig } from '@qlvb/platform-config';
import { Health, LOGGER } from '@qlvb/platform-http';
import { createLogger, Metrics } from '@qlvb/platform-observability';
import { describeIf } from '@qlvb/platform-testing';
import { z } from 'zod';
import type { ObjectStore } from './object-store.ts';
import { createObjectStore, installStores, StorageModule, storageSettings, StorageUpkeep } from './storage.module.ts';
import { ARCHIVE_STORE, OBJECT_STORE } from './tokens.ts';

const settingsOf = (environment: Record<string, string>) => parseConfig(z.object(storageSettings), environment);
const logger = createLogger({ service: 'storage-test', level: 'silent' });

async function start(environment: Record<string, string>, options?: { archive: boolean }) {
  @Module({})
  class HealthModule {}
  @Module({})
  class App {}
  const shared = [
    Health,
    { provide: LOGGER, useValue: logger },
    { provide: Metrics, useValue: new Metrics('storage-test') },
  ];
  const health = { module: HealthModule, global: true, providers: shared, exports: [Health, LOGGER, Metrics] };
  const storage = StorageModule.forRoot(settingsOf(environment), options);
  const app = await NestFactory.createApplicationContext(
    { module: App, imports: [health, storage] },
    { logger: false },
  );
  return app;
}

describe('storage of a service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qlvb-module-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('F-45 is a folder unless told otherwise, is ready while it is there, and sweeps what was left half-written', async () => {
    await installStores(settingsOf({ QLVB_STORAGE_DIR: folder }), { fresh: true });
    const [old, young] = [join(folder, 'staging', 'old'), join(folder, 'staging', 'young')];
    for (const path of [old, young]) writeFileSync(path, 'half');
    utimesSync(old, new Date(0), new Date(0));
    const app = await start({ QLVB_STORAGE_DIR: folder });
    const store = app.get<ObjectStore>(OBJECT_STORE);
    expect(store.driver).toBe('filesystem');
    await app.get(StorageUpkeep).sweep();
    expect(existsSync(old)).toBe(false);
    expect(existsSync(young)).toBe(true);
    const health = app.get(Health);
    expect(await health.checkReadiness(logger)).toEqual({ healthy: true, checks: { storage: 'ok' } });
    renameSync(folder, `${folder}-away`);
    expect(await health.checkReadiness(logger)).toEqual({ healthy: false, checks: { storage: 'failed' } });
    expect(existsSync(folder)).toBe(false);
    renameSync(`${folder}-away`, folder);
    expect(await health.checkReadiness(logger)).toEqual({ healthy: true, checks: { storage: 'ok' } });
    await app.close();
  });

  it('F-45 is made for a new installation only; one that was never marked is marked, one that is gone is told of', async () => {
    const place = mkdtempSync(join(tmpdir(), 'qlvb-module-'));
    const settings = settingsOf({ QLVB_STORAGE_DIR: join(place, 'store') });
    expect(await installStores(settings, { fresh: false })).toBe(false);
    expect(existsSync(join(place, 'store'))).toBe(false);
    mkdirSync(join(place, 'store'));
    expect(await installStores(settings, { fresh: false })).toBe(false);
    await expect(createObjectStore(settings).check()).rejects.toThrow('storage.unavailable');
    mkdirSync(join(place, 'store', 'sha256'));
    expect(await installStores(settings, { fresh: false })).toBe(true);
    await expect(createObjectStore(settings).check()).resolves.toBeUndefined();
    rmSync(place, { recursive: true });
  });

  it('says what is missing for S3', () => {
    expect(() => settingsOf({ QLVB_STORAGE: 's3' })).toThrow(
      /QLVB_S3_ENDPOINT: .*\n.*QLVB_S3_ACCESS_KEY: .*\n.*QLVB_S3_SECRET_KEY: is not set, and QLVB_STORAGE=s3 needs it/,
    );
  });

  const url = process.env['QLVB_TEST_S3_MINIO'] ?? process.env['QLVB_TEST_S3_VERSITYGW'];
  describeIf(url !== undefined, 'an S3 server in QLVB_TEST_S3_MINIO', 'with S3', () => {
    it('has a bucket for objects and one that locks for the archive', async () => {
      const endpoint = new URL(url ?? '');
      const suffix = `${Date.now().toString(36)}-${process.pid}`;
      const environment = {
        QLVB_STORAGE: 's3',
        QLVB_S3_ENDPOINT: endpoint.origin,
        QLVB_S3_ACCESS_KEY: endpoint.username,
        QLVB_S3_SECRET_KEY: endpoint.password,
        QLVB_S3_BUCKET: `module-${suffix}`,
        QLVB_S3_ARCHIVE_BUCKET: `module-archive-${suffix}`,
      };
      expect(await installStores(settingsOf(environment), { fresh: true })).toBe(true);
      const app = await start(environment, { archive: true });
      const content = () => Readable.from([Buffer.from('gói lưu trữ')]);
      const lock = { until: new Date(Date.now() + 60_000), mode: 'governance' as const };
      const archive = app.get<ObjectStore>(ARCHIVE_STORE);
      const object = await archive.put(content(), { maxBytes: 100 });
      await archive.lock(object, lock);
      expect((await archive.readSmall(object, 100)).toString()).toBe('gói lưu trữ');
      const objects = app.get<ObjectStore>(OBJECT_STORE);
      await expect(objects.size(object)).rejects.toThrow('storage.object-missing');
      expect(await app.get(Health).checkReadiness(logger)).toEqual({ healthy: true, checks: { storage: 'ok' } });
      await app.close();
    });
  });
});
