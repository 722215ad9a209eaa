import { createHash } from 'node:crypto';
import type { Service } from '@qlvb/installation';
import { ConfigurationError, parseConfig } from '@qlvb/platform-config';
import {
  createArchiveStore,
  createObjectStore,
  ObjectCorrupt,
  ObjectMissing,
  storageSettings,
} from '@qlvb/platform-storage';
import type { ObjectStore, StorageSettings } from '@qlvb/platform-storage';
import { z } from 'zod';
import { Unusable } from '../unusable.ts';
import type { StateFault } from './fault.ts';
import type { Snapshot } from './snapshot.ts';

interface Holder {
  readonly table: string;
  /** What counts: one whose bytes were erased on purpose has none. */
  readonly where: string;
  readonly archive?: true;
}

/** Tables whose rows name an object. */
export const HOLDERS: Partial<Record<Service, readonly Holder[]>> = {
  documents: [{ table: 'file', where: 'true' }],
  exchange: [
    {
      table: 'package',
      where: `NOT EXISTS (SELECT FROM received_package e WHERE e.object_key = r.object_key AND e.state = 'erased')`,
    },
    { table: 'received_package', where: `sha256 IS NOT NULL AND state <> 'erased'` },
  ],
  archive: [{ table: 'archive_package', where: 'true', archive: true }],
  // Reports on arrived documents name no object of their own.
  signature: [{ table: 'validation', where: 'object_key IS NOT NULL' }],
};

/** Tables that name an object of another row, by what holds it: its bytes are read there. */
export const NAMES_ONLY: Partial<Record<Service, Readonly<Record<string, string>>>> = {
  documents: { layout_report: 'file' },
};

/** Where the bytes lie; opened when the first row names an object. */
export class Stores {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #open = new Map<boolean, ObjectStore>();

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  of(archive: boolean): ObjectStore {
    const open = this.#open.get(archive) ?? (archive ? createArchiveStore : createObjectStore)(this.#settings());
    this.#open.set(archive, open);
    return open;
  }

  #settings(): StorageSettings {
    const environment = this.#environment;
    if (environment['QLVB_POSTGRES_URL'] && !environment['QLVB_STORAGE'] && !environment['QLVB_STORAGE_DIR']) {
      throw new Unusable('Hãy đặt QLVB_STORAGE_DIR, hoặc QLVB_STORAGE=s3 với QLVB_S3_…. (Where are the objects?)');
    }
    const folder = `${environment['QLVB_DATA'] ?? 'data'}/objects`;
    try {
      return parseConfig(z.object(storageSettings), { QLVB_STORAGE_DIR: folder, ...environment }) as StorageSettings;
    } catch (error) {
      if (error instanceof ConfigurationError) throw new Unusable(error.message, { cause: error });
      throw error;
    }
  }
}

/**
 * The bytes of every object that a row names against the digest the row holds; each object is read once, as a stream.
 *
 * @param known whether a row is reported already: its digest proves nothing
 * @source SEC-L05
 */
export async function* objectFaults(
  snapshot: Snapshot,
  service: Service,
  agency: string | undefined,
  stores: Stores,
  known: (table: string, key: string) => boolean,
): AsyncGenerator<StateFault> {
  for (const { table, where, archive = false } of HOLDERS[service] ?? []) {
    const keyColumns = table === 'archive_package' ? 'id' : 'agency_id, id';
    const rows = snapshot.stream<{ agencyId: string; key: string; object: string; sha256: string }>(
      `SELECT DISTINCT ON (object_key) agency_id AS "agencyId", ROW(${keyColumns})::text AS key, object_key AS object, sha256
       FROM ${table} r WHERE ${where} ORDER BY object_key, created_at`,
    );
    for await (const { agencyId, key, object, sha256 } of rows) {
      if ((agency !== undefined && agencyId !== agency) || known(table, key)) continue;
      const fault = await bytesFault(stores.of(archive), object, sha256);
      if (fault) yield { service, fault, table, key, agencyId, object };
    }
  }
}

async function bytesFault(
  store: ObjectStore,
  key: string,
  sha256: string,
): Promise<'object-changed' | 'object-missing' | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of await store.get({ key })) hash.update(chunk as Buffer);
  } catch (error) {
    if (ObjectMissing.is(error)) return 'object-missing';
    if (ObjectCorrupt.is(error)) return 'object-changed';
    throw error;
  }
  return hash.digest('hex') === sha256 ? undefined : 'object-changed';
}
