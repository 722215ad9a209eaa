import type { AccessRight } from '@qlvb/contracts';
import { DOCUMENTS_ENTITIES, OutgoingDocument } from '@qlvb/documents-feature';
import { accessTo } from '@qlvb/platform-access';
import type { ObjectAccess } from '@qlvb/platform-access';
import { runInContext } from '@qlvb/platform-context';
import type { Actor } from '@qlvb/platform-context';
import { connect, Database, reach } from '@qlvb/platform-database';
import { searchPatterns } from '@qlvb/platform-http';
import type { KeysetRows } from '@qlvb/platform-http';
import { defineProblem, newId } from '@qlvb/shared-domain';
import type { DataSource, EntityManager } from 'typeorm';
import { alternate } from '../measure.ts';
import type { Line } from '../measure.ts';
import { casesOver, held, PAGE, rareWord, SEARCHES } from './cases.ts';
import type { Case } from './cases.ts';
import { AGENCY, COMMON, idOf, PERSON_ROLE } from './made-documents.ts';
import { everything } from './without-access.ts';

/** As far as a total is exact. */
const COUNTED = 1_001;

const Missing = defineProblem({
  code: 'bench.document-missing',
  kind: 'not-found',
  title: { vi: 'Không có', en: 'Missing' },
  detail: { vi: 'Không có.', en: 'None.' },
});

type After = readonly [string, string] | undefined;
type Access = Parameters<typeof reach<OutgoingDocument, AccessRight>>[1]['access'];

/** Each query alone, in one connection. @param appUrl connection of the service's role */
export async function queryLines(appUrl: string, documents: number, rounds: number): Promise<Line[]> {
  const source = await open(appUrl);
  const personSource = await open(appUrl.replace(/\/\/[^@]*@/, `//${PERSON_ROLE}:person@`));
  const [database, perPerson] = [new Database(source, 'bench'), new Database(personSource, 'bench')];
  try {
    const lines: Line[] = [];
    for (const one of casesOver(documents)) lines.push(...(await linesOf(one, database, perPerson, documents, rounds)));
    return lines;
  } finally {
    await source.destroy();
    await personSource.destroy();
  }
}

const open = (url: string): Promise<DataSource> =>
  connect({ url, poolSize: 1, entities: [...DOCUMENTS_ENTITIES], applicationName: 'bench' });

async function linesOf(
  [name, actor, seen]: Case,
  database: Database,
  perPerson: Database,
  documents: number,
  rounds: number,
): Promise<Line[]> {
  const mine = (): ObjectAccess => accessTo('outgoing-document', actor, new Date());
  const first = await reading(database, (manager) => rows(manager, mine(), undefined).take(PAGE + 1));
  if (first.length !== Math.min(seen, PAGE + 1)) throw new Error(`${name}: ${first.length} entries on the first page`);
  // From the middle of the first page on, so that who sees no more than that has a next one.
  const last = first[PAGE / 2 - 1];
  const after: After = last ? [last.createdAt.toISOString(), last.id] : undefined;
  const id = first[0]?.id ?? idOf(documents);
  const page = (access: ObjectAccess, from: After, query?: string) =>
    reading(database, (manager) => rows(manager, access, from, query).take(PAGE + 1));
  const total = (access: ObjectAccess) =>
    reading(database, (manager) => rows(manager, access, undefined).count(COUNTED));
  const one = (access: Access) => reading(database, (manager) => oneOrNone(manager, id, access));
  const both = (what: string, count: number, ask: (access: ObjectAccess) => Promise<unknown>): Promise<Line[]> =>
    held(
      `${what}, ${name}`,
      count * rounds,
      () => ask(mine()),
      () => ask(everything),
    );

  const lines = await both('first page', 100, (access) => page(access, undefined));
  if (actor.permissions.length === 0)
    lines.push(...(await policyLines(`first page, ${name}`, actor, perPerson, rounds)));
  if (last) lines.push(...(await both('next page', 100, (access) => page(access, after))));
  lines.push(...(await both('count', 50, total)));
  lines.push(
    ...(await held(
      `get, ${name}`,
      100 * rounds,
      () => one(mine()),
      () => one('agency'),
    )),
  );
  for (const [which, word] of [
    ['every', COMMON],
    ['one', rareWord(documents)],
  ] as const) {
    const what = `search for a word of ${which} document`;
    lines.push(...(await both(what, SEARCHES, (access) => page(access, undefined, word))));
  }
  return lines;
}

/** The first page under a policy per person, which the database asks of every row. */
function policyLines(what: string, { userId }: Actor, perPerson: Database, rounds: number): Promise<Line[]> {
  const run = (): Promise<unknown> =>
    reading(perPerson, async (manager) => {
      await manager.query(`SELECT set_config('app.user_id', $1, true)`, [userId]);
      await rows(manager, everything, undefined).take(PAGE + 1);
    });
  return alternate(what, rounds, [{ name: 'instead a policy per person in the database', run }]);
}

const reading = <T>(database: Database, read: (manager: EntityManager) => Promise<T>): Promise<T> =>
  runInContext({ requestId: newId(), traceparent: '', language: 'vi', agencyId: AGENCY }, () => database.read(read));

const rows = (
  manager: EntityManager,
  access: ObjectAccess,
  after: After,
  query?: string,
): KeysetRows<OutgoingDocument> =>
  access.list({
    manager,
    entity: OutgoingDocument,
    at: 'createdAt',
    ...(query === undefined ? {} : { words: { patterns: searchPatterns(query), find: 'find_outgoing' } }),
    after,
  });

async function oneOrNone(manager: EntityManager, id: string, access: Access): Promise<void> {
  try {
    await reach<OutgoingDocument, AccessRight>(manager, { entity: OutgoingDocument, id, missing: Missing, access });
  } catch (error) {
    if (!Missing.is(error)) throw error;
  }
}
