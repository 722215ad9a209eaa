import type { EntityManager } from 'typeorm';
import type { AuditRow } from '../audit-chain.ts';

const PAGE = 1000;

/** The visible agency's chain in order, page by page. */
export async function* auditRows(manager: EntityManager): AsyncGenerator<AuditRow> {
  for (let after = 0; ;) {
    const rows = (await manager.query(
      `SELECT agency_id AS "agencyId", seq::int AS seq, entry, encode(previous_hash, 'hex') AS "previousHash",
              encode(hash, 'hex') AS hash
       FROM platform.audit WHERE seq > $1 ORDER BY seq LIMIT ${PAGE}`,
      [after],
    )) as AuditRow[];
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.seq;
  }
}

export async function auditHead(manager: EntityManager): Promise<{ seq: number; hash: string } | undefined> {
  const [head] = (await manager.query(
    `SELECT seq::int AS seq, encode(hash, 'hex') AS hash FROM platform.audit_head`,
  )) as { seq: number; hash: string }[];
  return head;
}
