import type { Service } from '@qlvb/installation';
import type pg from 'pg';
import type { AgencyHead } from './audits.ts';
import type { StateFault } from './fault.ts';
import type { KeptHeads } from './kept-heads.ts';

/** Heads leave the database every hour: what is older and was not taken away will not be by itself. */
const SOON = '2 hours';
const SOON_MS = 2 * 60 * 60 * 1000;

/**
 * What cannot be proven because no head of it left the database: all of a service, or the end of a chain or of the journal. It may
 * be whole; that it is cannot be said.
 *
 * @source SEC-L05
 */
export async function* unkeptFaults(
  client: pg.Client,
  service: Service,
  agency: string | undefined,
  kept: KeptHeads,
): AsyncGenerator<StateFault> {
  const [chains, seals] = [kept.chains(service), kept.seals(service)];
  if (chains.length + seals.length === 0) {
    if (await hasState(client)) yield { service, fault: 'nothing-kept' };
    return;
  }
  for (const { agencyId, seq } of await unkeptChains(client, agency, chains))
    yield { service, agencyId, fault: 'audit-end-not-kept', at: seq };
  const { rows } = await client.query<{ id: number }>(
    `SELECT min(id)::int AS id FROM platform.journal_seal
     WHERE id > $1 AND at < clock_timestamp() - interval '${SOON}' HAVING min(id) IS NOT NULL`,
    [seals.reduce((last, { id }) => Math.max(last, id), 0)],
  );
  for (const { id } of rows) yield { service, fault: 'journal-end-not-kept', at: id };
}

/** Chains that go on behind the last head that was kept, and the first entry there, when it is no recent one. */
export async function unkeptChains(
  client: pg.Client,
  agency: string | undefined,
  kept: readonly AgencyHead[],
): Promise<{ readonly agencyId: string; readonly seq: number }[]> {
  const last = new Map<string, number>();
  for (const { agencyId, seq } of kept) last.set(agencyId, Math.max(seq, last.get(agencyId) ?? 0));
  const { rows } = await client.query<{ agencyId: string; seq: number; entry: string; now: Date }>(
    `SELECT DISTINCT ON (a.agency_id) a.agency_id AS "agencyId", a.seq::int AS seq, a.entry, clock_timestamp() AS now
     FROM platform.audit a LEFT JOIN unnest($1::uuid[], $2::bigint[]) k(agency_id, seq) USING (agency_id)
     WHERE a.seq > coalesce(k.seq, 0) AND ($3::uuid IS NULL OR a.agency_id = $3)
     ORDER BY a.agency_id, a.seq`,
    [[...last.keys()], [...last.values()], agency ?? null],
  );
  return rows.filter(({ entry, now }) => !(timeOf(entry) > now.getTime() - SOON_MS));
}

async function hasState(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    'SELECT EXISTS (SELECT FROM platform.audit) OR EXISTS (SELECT FROM platform.row_journal) AS there',
  );
  return rows[0]?.there ?? false;
}

/** NaN of an entry that does not say when it was written. */
function timeOf(entry: string): number {
  try {
    return Date.parse((JSON.parse(entry) as { at?: string }).at ?? '');
  } catch {
    return NaN;
  }
}
