import type { Database } from './database.ts';

export interface Disclosure {
  /** `<thing>.viewed` or `<thing>.downloaded`. */
  readonly action: `${string}.viewed` | `${string}.downloaded`;
  readonly resource: { readonly type: string; readonly id: string };
  /** Hex digest of what is shown. */
  readonly sha256?: string | null;
  /** Of a part; the whole when left out. */
  readonly range?: { readonly start: number; readonly end: number } | undefined;
}

/**
 * Writes down, and commits, that somebody is about to see something; before that nothing of it leaves the service.
 *
 * @source SEC-L03
 */
export function recordDisclosure(database: Database, { action, resource, sha256, range }: Disclosure): Promise<void> {
  return database.command((tx) => {
    tx.audit({ action, resource, after: { ...(sha256 ? { sha256 } : {}), ...(range ? { range } : {}) } });
    return Promise.resolve();
  });
}
