import pg from 'pg';
import { ownerRole } from '@qlvb/platform-database';
import { databaseOf } from '@qlvb/installation';
import type { Service } from '@qlvb/installation';
import type { StateFault } from './fault.ts';
import type { Snapshot } from './snapshot.ts';

interface Table {
  readonly name: string;
  readonly keyColumns: readonly string[];
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly tenant: boolean;
  readonly triggers: number;
}

interface Shape {
  readonly id: number;
  readonly name: string;
  readonly keyColumns: readonly string[];
  readonly columns: readonly string[];
  readonly types: readonly string[];
}

interface Difference {
  readonly key: string;
  readonly agencyId: string | null;
  readonly rowAt: string | null;
  readonly entryAt: string | null;
  readonly known: boolean;
  readonly differs: boolean;
  readonly shape: number | null;
  readonly byRole: string | null;
}

const OUTBOX = 'platform.outbox';

/** Rows of a table whose columns are named: each asks the journal once more. */
const MAX_NAMED = 100;

/** Tables whose rows need no journal, and what holds them instead. Any other table without one is told. */
export const HELD_OTHERWISE: Readonly<Record<string, string>> = {
  'public.schema_migration': 'names of the migrations that ran, written by the owner role alone',
  'platform.audit': 'a chain of its own',
  'platform.audit_head': 'compared with its chain',
  'platform.row_journal': 'the journal itself, under its seals',
  'platform.journal_shape': 'compared with the columns that the tables have',
  'platform.journal_seal': 'a chain of its own, told to the places where heads are kept',
  'platform.job': 'work that is due, no record: what a job has done stands in the rows that it wrote',
};
const quoted = (name: string): string => pg.escapeIdentifier(name);
const tableOf = (name: string): string => name.split('.').map(quoted).join('.');
const rowOf = (columns: readonly string[]): string =>
  `ROW(${columns.map((name) => `r.${quoted(name)}`).join(', ')})::text`;
const marksOf = (columns: readonly string[]): string =>
  columns.map((name) => `int4send(coalesce(hashtext(r.${quoted(name)}::text), 0))`).join(' || ');

/**
 * Every row against what the journal says it was after its last change: in the order of tables, nothing for a row that agrees.
 *
 * @source SEC-L05
 */
export async function* rowFaults(
  snapshot: Snapshot,
  service: Service,
  agency: string | undefined,
): AsyncGenerator<StateFault> {
  const shapes = await shapesOf(snapshot);
  for (const table of await tablesOf(snapshot)) {
    const all = shapes.filter(({ name }) => name === table.name);
    const newest = all.at(-1);
    // The journal's word on what belongs to a row is not taken: the catalogue of the database says it.
    if (!newest || !sameColumns(newest, table) || table.triggers < (table.name === OUTBOX ? 2 : 3)) {
      yield { service, fault: 'not-journalled', table: shown(table.name) };
      continue;
    }
    const owner = ownerRole(databaseOf(service));
    let named = 0;
    for await (const difference of differences(snapshot, table, all, owner)) {
      const { key, agencyId, byRole } = difference;
      if (agency !== undefined && agencyId !== null && agencyId !== agency) continue;
      named += 1;
      const names = named > MAX_NAMED ? [] : await changedColumns(snapshot, table, all, difference, owner);
      yield {
        service,
        fault: difference.rowAt === null ? 'row-removed' : difference.known ? 'row-changed' : 'row-added',
        table: shown(table.name),
        key,
        ...(agencyId === null ? {} : { agencyId }),
        ...(byRole === null || difference.differs ? {} : { byRole }),
        ...(names.length === 0 ? {} : { columns: names }),
      };
    }
  }
}

/** As the services call it. */
const shown = (name: string): string => name.replace(/^public\./, '');

const sameColumns = (shape: Shape, table: Table): boolean =>
  JSON.stringify([shape.keyColumns, shape.columns, shape.types]) ===
  JSON.stringify([table.keyColumns, table.columns, table.types]);

async function shapesOf(snapshot: Snapshot): Promise<Shape[]> {
  return snapshot.all<Shape>(
    `SELECT id, table_name AS name, key_columns AS "keyColumns", columns, types FROM platform.journal_shape ORDER BY id`,
  );
}

async function tablesOf(snapshot: Snapshot): Promise<Table[]> {
  const attributes = `FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    AND (n.nspname || '.' || c.relname, a.attname) <> ('${OUTBOX}', 'published_at')`;
  return snapshot.all<Table>(
    `SELECT n.nspname || '.' || c.relname AS name,
            (SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum)) FROM pg_index i
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
             WHERE i.indrelid = c.oid AND i.indisprimary) AS "keyColumns",
            (SELECT array_agg(a.attname::text ORDER BY a.attnum) ${attributes}) AS columns,
            (SELECT array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) ${attributes}) AS types,
            EXISTS (SELECT ${attributes} AND a.attname = 'agency_id') AS tenant,
            (SELECT count(*)::int FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgenabled IN ('O', 'A')
               AND t.tgname IN ('journal_insert', 'journal_update', 'journal_delete')) AS triggers
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema$)'
       AND n.nspname || '.' || c.relname <> ALL ($1)
     ORDER BY 1`,
    [Object.keys(HELD_OTHERWISE)],
  );
}

/** Compared by the database, which spills to disk what does not fit; only what differs is told. */
function differences(
  snapshot: Snapshot,
  table: Table,
  shapes: readonly Shape[],
  owner: string,
): AsyncGenerator<Difference> {
  return snapshot.stream<Difference>(
    `SELECT coalesce(r.key, j.key) AS key, r.agency AS "agencyId", r.at AS "rowAt", j.at AS "entryAt", j.digest IS NOT NULL AS known,
            r.digest IS DISTINCT FROM j.digest AS differs, j.shape, nullif(j.by_role, ${pg.escapeLiteral(owner)}) AS "byRole"
     FROM (SELECT (${rowOf(table.keyColumns)}) COLLATE "C" AS key, sha256(convert_to(${rowOf(table.columns)}, 'UTF8')) AS digest,
                  ${table.tenant ? 'r.agency_id::text' : 'NULL::text'} AS agency, r.ctid::text AS at FROM ${tableOf(table.name)} r) r
     FULL JOIN (SELECT DISTINCT ON (e.key) e.key, e.digest, e.shape, e.by_role, e.ctid::text AS at FROM platform.row_journal e
                WHERE e.shape IN (${shapes.map(({ id }) => id).join(', ')}) ORDER BY e.key, e.seq DESC) j ON j.key = r.key
     WHERE r.digest IS DISTINCT FROM j.digest OR j.by_role <> ${pg.escapeLiteral(owner)}`,
  );
}

/**
 * Columns in which the row is not what the application left: against its last entry, or, when somebody else's account wrote that
 * one too, against the last entry of the application.
 */
async function changedColumns(
  snapshot: Snapshot,
  table: Table,
  shapes: readonly Shape[],
  { key, rowAt, entryAt, shape: id, differs }: Difference,
  owner: string,
): Promise<string[]> {
  const shape = shapes.find((one) => one.id === id);
  if (rowAt === null || entryAt === null || !shape) return [];
  const columns = shape.columns.filter((name) => table.columns.includes(name));
  if (columns.length < shape.columns.length) return [];
  const before = differs
    ? 'SELECT marks FROM platform.row_journal WHERE ctid = $2::tid'
    : `SELECT e.marks FROM platform.row_journal e
       WHERE e.shape = ${shape.id} AND e.key = $2 AND coalesce(e.by_role, ${pg.escapeLiteral(owner)}) = ${pg.escapeLiteral(owner)}
       ORDER BY e.seq DESC LIMIT 1`;
  const [found] = await snapshot.all<{ is: Buffer; was: Buffer | null }>(
    `SELECT ${marksOf(shape.columns)} AS is, (${before}) AS was FROM ${tableOf(table.name)} r WHERE r.ctid = $1::tid`,
    [rowAt, differs ? entryAt : key],
  );
  const { is, was } = found ?? {};
  if (!is || !was) return [];
  return shape.columns.filter((_, n) => is.readInt32BE(4 * n) !== was.readInt32BE(4 * n));
}
