import { createArchiveStore, createObjectStore, keyOf, ObjectMissing } from '@qlvb/platform-storage';
import type { StorageSettings } from '@qlvb/platform-storage';
import { SERVICES } from '@qlvb/installation';
import type { Ledger } from './ledger.ts';

/** Every object that a row names is in the store, with the bytes its digest promises. */
export async function objects({ query }: Ledger, settings: StorageSettings): Promise<string[]> {
  const [store, archive] = [createObjectStore(settings), createArchiveStore(settings)];
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
          const ref = { key: keyOf(sha256) };
          const source = await store.get(ref).catch((error: unknown) => {
            // Accepted packages lie in the archive's own store.
            if (service !== 'archive' || !ObjectMissing.is(error)) throw error;
            return archive.get(ref);
          });
          for await (const chunk of source) void chunk;
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
