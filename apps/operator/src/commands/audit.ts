import { verifyChain } from '@qlvb/platform-database';
import type { AuditRow } from '@qlvb/platform-database';
import type pg from 'pg';
import type { Command } from '../command.ts';
import { withDatabase } from '../connection.ts';

const PAGE = 1000;

interface Head {
  readonly agencyId: string;
  readonly seq: number;
  readonly hash: string;
}

/** `audit verify`: every agency's chain in every service, entry by entry. */
export const verifyAudit: Command = async ({ connection, services, agency, print }) => {
  let whole = true;
  for (const service of services) {
    await withDatabase(connection, service, async (client) => {
      const { rows: heads } = await client.query<Head>(
        `SELECT agency_id AS "agencyId", seq::int AS seq, encode(hash, 'hex') AS hash FROM platform.audit_head
         WHERE $1::uuid IS NULL OR agency_id = $1 ORDER BY 1`,
        [agency ?? null],
      );
      for (const head of heads) {
        const { length, faults } = await verifyChain(entries(client, head.agencyId), head);
        whole &&= faults.length === 0;
        const result = { service, agencyId: head.agencyId, entries: length, faults };
        const [first] = faults;
        const sentence = first
          ? `HỎNG (${first.fault}) từ mục ${first.seq}, ${faults.length} lỗi`
          : 'nguyên vẹn (whole)';
        print(result, `${service} ${head.agencyId}: ${length} mục, ${sentence}`);
      }
    });
  }
  return whole;
};

async function* entries(client: pg.Client, agencyId: string): AsyncGenerator<AuditRow> {
  for (let after = 0; ;) {
    const { rows } = await client.query<AuditRow>(
      `SELECT agency_id AS "agencyId", seq::int AS seq, entry, encode(previous_hash, 'hex') AS "previousHash",
              encode(hash, 'hex') AS hash
       FROM platform.audit WHERE agency_id = $1 AND seq > $2 ORDER BY seq LIMIT ${PAGE}`,
      [agencyId, after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.seq;
  }
}
