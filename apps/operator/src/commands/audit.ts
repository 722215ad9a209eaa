import { readFileSync } from 'node:fs';
import type { Service } from '@qlvb/installation';
import { verifyChain } from '@qlvb/platform-database';
import type { AuditRow, ChainHead } from '@qlvb/platform-database';
import type pg from 'pg';
import type { Command } from '../command.ts';
import { withDatabase } from '../connection.ts';
import { Unusable } from '../unusable.ts';

const PAGE = 1000;

interface Head extends ChainHead {
  readonly agencyId: string;
}
interface KeptHead extends Head {
  readonly service: Service;
}

/** `audit heads`: where every chain stands, to be kept where nobody who can write to the databases can write. */
export const auditHeads: Command = async ({ connection, services, agency, print }) => {
  for (const service of services) {
    await withDatabase(connection, service, async (client) => {
      for (const head of await headsOf(client, agency)) {
        print({ service, ...head }, `${service} ${head.agencyId}: mục ${head.seq}, ${head.hash}`);
      }
    });
  }
  return true;
};

/**
 * `audit verify`: every agency's chain in every service, entry by entry. With `--heads` it must also still hold what it held
 * when those heads were taken.
 */
export const verifyAudit: Command = async ({ connection, services, agency, heads: file, print }) => {
  const kept = file === undefined ? [] : readHeads(file);
  let whole = true;
  for (const service of services) {
    await withDatabase(connection, service, async (client) => {
      const heads = new Map((await headsOf(client, agency)).map((head) => [head.agencyId, head]));
      const wanted = kept.filter((head) => head.service === service && (agency ?? head.agencyId) === head.agencyId);
      const earlier = new Map(wanted.map((head) => [head.agencyId, head]));
      const agencies = new Set([...heads.keys(), ...earlier.keys(), ...(await agenciesWithEntries(client, agency))]);
      for (const agencyId of agencies) {
        // Entries without a head are a chain whose end is not known any more.
        const head = heads.get(agencyId) ?? { seq: 0, hash: '' };
        const { length, faults } = await verifyChain(entries(client, agencyId), head, earlier.get(agencyId));
        whole &&= faults.length === 0;
        const [first] = faults;
        const sentence = first
          ? `HỎNG (${first.fault}) từ mục ${first.seq}, ${faults.length} lỗi`
          : 'nguyên vẹn (whole)';
        print({ service, agencyId, entries: length, faults }, `${service} ${agencyId}: ${length} mục, ${sentence}`);
      }
    });
  }
  return whole;
};

/** Lines of `audit heads --json`. @throws Unusable */
function readHeads(file: string): KeptHead[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as KeptHead);
  } catch (cause) {
    throw new Unusable(`Không đọc được ${file}. (The heads cannot be read.)`, { cause });
  }
}

async function headsOf(client: pg.Client, agency: string | undefined): Promise<Head[]> {
  const { rows } = await client.query<Head>(
    `SELECT agency_id AS "agencyId", seq::int AS seq, encode(hash, 'hex') AS hash FROM platform.audit_head
     WHERE $1::uuid IS NULL OR agency_id = $1 ORDER BY 1`,
    [agency ?? null],
  );
  return rows;
}

async function agenciesWithEntries(client: pg.Client, agency: string | undefined): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT DISTINCT agency_id AS id FROM platform.audit WHERE $1::uuid IS NULL OR agency_id = $1',
    [agency ?? null],
  );
  return rows.map(({ id }) => id);
}

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
