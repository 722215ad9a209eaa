import { createObjectStore, keyOf } from '@qlvb/platform-storage';
import type { StorageSettings } from '@qlvb/platform-storage';
import { SERVICES } from '@qlvb/installation';
import type { Ledger } from './ledger.ts';

/** Every object that a row names is in the store, with the bytes its digest promises. */
export async function objects({ query }: Ledger, settings: StorageSettings): Promise<string[]> {
  const store = await createObjectStore(settings);
  const faults: string[] = [];
  for (const service of SERVICES) {
    const tables = await query<{ name: string }>(
      service,
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.columns
       WHERE column_name = 'sha256' AND table_schema = 'public'`,
    );
    for (const { name } of tables) {
      for (const { sha256 } of await query<{ sha256: string }>(service, `SELECT DISTINCT sha256 FROM ${name}`)) {
        try {
          // The stream itself compares the digest before it lets the last byte go.
          for await (const chunk of await store.get({ key: keyOf(sha256) })) void chunk;
        } catch (error) {
          faults.push(
            `${service} ${name}: object ${sha256}: ${error instanceof Error ? error.message : String(error)}`,
          );
        }
      }
    }
  }
  return faults;
}
