import type { Service } from '@qlvb/installation';
import { verifyChain } from '@qlvb/platform-database';
import type { AuditRow, ChainFault, ChainHead } from '@qlvb/platform-database';
import type pg from 'pg';
import type { StateFault } from './fault.ts';

const PAGE = 1000;

export interface AgencyHead extends ChainHead {
  readonly agencyId: string;
}

export interface ChainCheck {
  readonly agencyId: string;
  readonly entries: number;
  readonly head: ChainHead;
  readonly faults: readonly ChainFault[];
}

/** Every chain of a service, entry by entry; also those of which only entries or only a kept head are left. */
export async function* auditChains(
  client: pg.Client,
  agency: string | undefined,
  kept: readonly AgencyHead[],
): AsyncGenerator<ChainCheck> {
  const heads = new Map((await headsOf(client, agency)).map((head) => [head.agencyId, head]));
  const wanted = kept.filter((head) => (agency ?? head.agencyId) === head.agencyId);
  const earlier = new Map<string, AgencyHead[]>();
  for (const head of wanted) earlier.set(head.agencyId, [...(earlier.get(head.agencyId) ?? []), head]);
  const agencies = new Set([...heads.keys(), ...earlier.keys(), ...(await agenciesWithEntries(client, agency))]);
  for (const agencyId of agencies) {
    // Entries without a head are a chain whose end is not known any more.
    const head = heads.get(agencyId) ?? { seq: 0, hash: '' };
    const { length, faults } = await verifyChain(entries(client, agencyId), head, earlier.get(agencyId));
    yield { agencyId, entries: length, head, faults };
  }
}

const NAMES: Readonly<Record<ChainFault['fault'], StateFault['fault']>> = {
  gap: 'audit-cut',
  'broken-link': 'audit-changed',
  altered: 'audit-changed',
  truncated: 'audit-cut',
  rewritten: 'audit-rewritten',
};

/** The first thing wrong with each chain: what follows it in the same chain is its echo. */
export async function* auditFaults(
  client: pg.Client,
  service: Service,
  agency: string | undefined,
  kept: readonly AgencyHead[],
): AsyncGenerator<StateFault> {
  for await (const { agencyId, entries: length, head, faults } of auditChains(client, agency, kept)) {
    const [first] = faults;
    if (!first) continue;
    const headOnly = first.fault === 'truncated' && first.seq === head.seq && head.seq <= length;
    yield { service, agencyId, fault: headOnly ? 'head-changed' : NAMES[first.fault], at: first.seq };
  }
}

async function headsOf(client: pg.Client, agency: string | undefined): Promise<AgencyHead[]> {
  const { rows } = await client.query<AgencyHead>(
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
