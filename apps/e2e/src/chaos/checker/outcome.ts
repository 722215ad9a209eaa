import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES } from '@qlvb/installation';
import type { Ledger } from './ledger.ts';

/** How many rows of each kind there are, by service, table and what tells kinds apart. */
export type Outcome = ReadonlyMap<string, number>;

/** Columns that say what a row is, or how far it has come; which of the optional ones are filled says it too. */
const KINDS = [
  'action', 'aspect', 'direction', 'kind', 'legal_value', 'level', 'number_state', 'outcome', 'role', 'signature_kind',
  'state', 'status', 'status_code', 'step', 'trigger',
]; // prettier-ignore

/** A lost answer to a login is asked for again, and gives another session; that is told in the audit, too. */
const LEFT_OUT = new Set(['session', 'login_record', 'schema_migration']);
const LEFT_OUT_KINDS = new Set(['identity.audit session.started']);

/** Events and entries as they stand in the platform's own tables. */
const PLATFORM = [
  ['outbox', `SELECT event::jsonb ->> 'type' AS kind, count(*)::int AS n FROM platform.outbox GROUP BY 1`],
  ['inbox', `SELECT consumer_group AS kind, count(*)::int AS n FROM platform.inbox GROUP BY 1`],
  ['audit', `SELECT entry::jsonb ->> 'action' AS kind, count(*)::int AS n FROM platform.audit GROUP BY 1`],
] as const;

const SETTLED_MS = 1000;

async function read({ query }: Ledger): Promise<Map<string, number>> {
  const outcome = new Map<string, number>();
  const count = (name: string, rows: readonly { readonly kind: string | null; readonly n: number }[]): void => {
    for (const { kind, n } of rows) {
      const entry = `${name} ${kind ?? ''}`.trim();
      if (!LEFT_OUT_KINDS.has(entry)) outcome.set(entry, n);
    }
  };
  for (const service of SERVICES) {
    const columns = await query<{ name: string; kinds: string[]; optional: string[] }>(
      service,
      `SELECT table_name AS name,
              coalesce(array_agg(column_name::text ORDER BY column_name) FILTER (WHERE column_name = ANY($1)), '{}') AS kinds,
              coalesce(array_agg(column_name::text ORDER BY column_name) FILTER (WHERE is_nullable = 'YES'), '{}') AS optional
       FROM information_schema.columns WHERE table_schema = 'public' GROUP BY 1`,
      [KINDS],
    );
    for (const { name, kinds, optional } of columns) {
      if (LEFT_OUT.has(name)) continue;
      const parts = [
        ...kinds.map((column) => `"${column}"::text`),
        ...optional.map((column) => `CASE WHEN "${column}" IS NOT NULL THEN '+${column}' END`),
      ];
      const kind = parts.length === 0 ? 'NULL' : `concat_ws(' ', ${parts.join(', ')})`;
      count(
        `${service}.${name}`,
        await query(service, `SELECT ${kind} AS kind, count(*)::int AS n FROM "${name}" GROUP BY 1`),
      );
    }
    for (const [name, sql] of PLATFORM) count(`${service}.${name}`, await query(service, sql));
  }
  return outcome;
}

/** The outcome when nothing moves any more. @throws Error when it does not come to rest within a minute */
export async function settledOutcome(ledger: Ledger): Promise<Outcome> {
  let last = await read(ledger);
  for (let turn = 0; turn < 60; turn += 1) {
    await sleep(SETTLED_MS);
    const now = await read(ledger);
    if (difference(last, now).size === 0) return now;
    last = now;
  }
  throw new Error('the platform does not come to rest');
}

/** What was added (or, below zero, taken away) from one outcome to the next. */
export function difference(before: Outcome, after: Outcome): Outcome {
  const changes = new Map<string, number>();
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const added = (after.get(name) ?? 0) - (before.get(name) ?? 0);
    if (added !== 0) changes.set(name, added);
  }
  return changes;
}

/** One sentence for each kind of row of which a run added more or fewer than the undisturbed run. */
export function outcomeFaults(expected: Outcome, found: Outcome): string[] {
  return [...difference(expected, found)].map(
    ([name, more]) =>
      `${name}: ${found.get(name) ?? 0} added, ${expected.get(name) ?? 0} without a kill (${more > 0 ? '+' : ''}${more})`,
  );
}
