import { verifyChain } from '@qlvb/platform-database';
import { SERVICES } from '@qlvb/installation';
import type { Ledger } from './ledger.ts';

/** Every agency's chain in every service is whole. */
export async function audit({ query }: Ledger): Promise<string[]> {
  const faults: string[] = [];
  for (const service of SERVICES) {
    const heads = await query<{ agencyId: string; seq: number; hash: string }>(
      service,
      `SELECT agency_id AS "agencyId", seq::int AS seq, encode(hash, 'hex') AS hash FROM platform.audit_head`,
    );
    for (const head of heads) {
      const rows = await query<{ agencyId: string; seq: number; entry: string; previousHash: string; hash: string }>(
        service,
        `SELECT agency_id AS "agencyId", seq::int AS seq, entry, encode(previous_hash, 'hex') AS "previousHash",
                encode(hash, 'hex') AS hash FROM platform.audit a WHERE agency_id = $1 ORDER BY a.seq`,
        [head.agencyId],
      );
      const result = await verifyChain(rows, head);
      faults.push(...result.faults.map((fault) => `audit of ${service}: ${fault.fault} at ${fault.seq}`));
    }
  }
  return faults;
}
