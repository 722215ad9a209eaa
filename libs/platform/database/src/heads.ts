import type { ChainHead } from './audit-chain.ts';
import type { JournalSeal } from './journal-chain.ts';

/** Where one agency's audit chain stands, or the service's row journal: a line of what is kept elsewhere. */
export type Head =
  | ({ readonly service: string; readonly agencyId: string } & ChainHead)
  | { readonly service: string; readonly journal: JournalSeal };

/** Runs one statement; a row a record. */
export type Ask = <Row extends object>(sql: string) => Promise<Row[]>;

/** Seals the row journal and says where it and all audit chains stand. */
export async function takeHeads(service: string, ask: Ask): Promise<Head[]> {
  const chains = await ask<ChainHead & { agencyId: string }>(
    `SELECT agency_id AS "agencyId", seq::int AS seq, encode(hash, 'hex') AS hash FROM platform.audit_heads()`,
  );
  const seals = await ask<JournalSeal>(
    `SELECT id::int AS id, below_xid::float8 AS "belowXid", entries::float8 AS entries, encode(hash, 'hex') AS hash
     FROM platform.seal_journal()`,
  );
  return [...chains.map((head) => ({ service, ...head })), ...seals.map((journal) => ({ service, journal }))];
}

/** Agencies that have an audit chain here; seals nothing. */
export async function chainedAgencies(ask: Ask): Promise<string[]> {
  const chains = await ask<{ agencyId: string }>(`SELECT agency_id AS "agencyId" FROM platform.audit_heads()`);
  return chains.map(({ agencyId }) => agencyId);
}
