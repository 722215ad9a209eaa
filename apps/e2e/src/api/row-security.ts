import { PERMISSIONS } from '@qlvb/contracts';
import { SERVICES } from '@qlvb/installation';
import pg from 'pg';
import type { RunningPlatform } from '../running-platform.ts';
import { operations } from './description.ts';
import type { ApiOperation } from './description.ts';
import { ForeignIds, snapshot } from './foreign-ids.ts';
import { foreignRequest, hasId } from './foreign-request.ts';
import { send } from './people.ts';
import type { ApiAnswer, Person } from './people.ts';
import type { Authorize } from './trusted-issuer.ts';

interface World {
  readonly platform: RunningPlatform;
  readonly stranger: Person;
  readonly strangerHost: string;
  readonly authorize: Authorize;
}

/** What everybody in the province may read, or what belongs to no agency. */
const SHARED = new Set([
  'GET /api/v1/catalogues',
  'GET /api/v1/catalogues/{name}',
  'GET /api/v1/agencies',
  'GET /api/v1/agencies/{agencyId}',
  'GET /api/v1/agencies/{agencyId}/codes',
  'GET /api/v1/calendar/{year}',
  'GET /api/v1/partners',
  'GET /api/v1/process-definitions',
  'GET /api/v1/trust-anchors',
]);

/** The application itself compares the agency in the path with the token's. */
const COMPARED = new Set(['GET /api/v1/agencies/{agencyId}/units']);
/** Answers without ids, and the demonstration makes no such thing: whose it is can only be seen in the table. */
const WITHOUT_IDS = new Set(['GET /api/v1/numbering-plans/{year}']);

interface Caller {
  readonly authorization: string;
  /** Without the filters that name things. */
  readonly unfiltered: boolean;
}

interface Row {
  readonly id: string;
  readonly user_id: string;
  readonly unit_id: string;
}

/**
 * Row-level security alone, behind the whole application. The callers are the very people of the other agencies who made
 * and handled the things, with every permission there is, so that each check of the application on person, post, unit and
 * permission lets them pass; only the agency of their token is another one. That nothing but the database then stands
 * before the things is proved by taking its policies away: the same requests give the things away.
 *
 * @source API1
 */
export function rowSecuritySuite(world: () => World): void {
  const reads = operations.filter(({ method, isPublic, name }) => method === 'GET' && !isPublic && !SHARED.has(name));
  const writes = operations.filter((operation) => operation.method !== 'GET' && hasId(operation));
  const callers = new Map<string, Caller>();
  let ids: ForeignIds;
  let theirs: ReadonlySet<string>;
  let people: readonly string[];
  let before: Record<string, string>;

  const ask = (operation: ApiOperation, caller: Caller): Promise<ApiAnswer> =>
    send(world().platform, foreignRequest(operation, ids, { host: world().strangerHost, ...caller }));
  const shows = ({ text }: ApiAnswer): readonly string[] => uuids(text).filter((id) => theirs.has(id));
  /** Somebody to whom the application itself shows something of another agency. */
  const findCaller = async (operation: ApiOperation): Promise<Caller | undefined> => {
    for (const unfiltered of [false, true]) {
      for (const authorization of people) {
        const answer = await ask(operation, { authorization, unfiltered });
        if (answer.status === 200 && (hasId(operation) || shows(answer).length > 0))
          return { authorization, unfiltered };
      }
    }
    return undefined;
  };

  beforeAll(async () => {
    const { platform, stranger, authorize } = world();
    ids = await ForeignIds.collect(platform, stranger.agencyId);
    theirs = await idsOfOthers(platform, stranger.agencyId);
    const posts = await query<Row>(
      platform,
      'identity',
      'SELECT id, user_id, unit_id FROM post WHERE agency_id <> $1',
      [stranger.agencyId],
    );
    people = await Promise.all(
      posts.map(({ id, user_id: userId, unit_id: unitId }) =>
        authorize({
          ...{ agencyId: stranger.agencyId, postId: id, userId, unitId },
          ...{ permissions: PERMISSIONS, permissionVersion: 1_000_000 },
        }),
      ),
    );
    await policies(platform, 'DISABLE');
    try {
      for (const operation of reads) {
        const caller = await findCaller(operation);
        if (caller !== undefined) callers.set(operation.name, caller);
      }
    } finally {
      await policies(platform, 'ENABLE');
    }
    // Only now: what is given away without policies is told in the audit, as every download is.
    before = await snapshot(platform);
  }, 180_000);

  it.each(reads.map((operation) => [operation.name, operation] as const))(
    'API1 %s: given away without policies, kept with them',
    async (name, operation) => {
      const caller = callers.get(name);
      expect(caller !== undefined).toBe(!COMPARED.has(name) && !WITHOUT_IDS.has(name));
      const answer = await ask(operation, caller ?? { authorization: people[0] ?? '', unfiltered: false });
      expect(hasId(operation) ? [403, 404] : [200, 401, 403, 404]).toContain(answer.status);
      expect(answer.status === 200 ? shows(answer) : []).toEqual([]);
    },
  );

  it.each(writes.map((operation) => [operation.name, operation] as const))(
    'API1 %s: 403 or 404 though the people of the other agency ask themselves',
    async (_name, operation) => {
      for (const authorization of people) {
        const { status, text } = await ask(operation, { authorization, unfiltered: false });
        expect([[403, 404].includes(status), text]).toEqual([true, text]);
      }
    },
  );

  it('changed nothing', async () => {
    expect(await snapshot(world().platform)).toEqual(before);
  });
}

const uuids = (text: string): readonly string[] =>
  text.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];

async function query<T extends object>(
  platform: RunningPlatform,
  service: string,
  text: string,
  values: unknown[] = [],
): Promise<readonly T[]> {
  const client = new pg.Client({ connectionString: platform.databaseUrl(`qlvb_${service}`) });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}

const TABLES_WITH_POLICIES = `SELECT c.oid::regclass::text AS name FROM pg_class c
  WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity`;

async function policies(platform: RunningPlatform, what: 'ENABLE' | 'DISABLE'): Promise<void> {
  for (const service of SERVICES) {
    const tables = protectedTables.get(service) ?? (await query(platform, service, TABLES_WITH_POLICIES));
    protectedTables.set(service, tables);
    const change = tables.map(({ name }) => `ALTER TABLE ${name} ${what} ROW LEVEL SECURITY`);
    await query(platform, service, change.join('; '));
  }
}
/** As found at first: later the catalogue no longer tells which they were. */
const protectedTables = new Map<string, readonly { readonly name: string }[]>();

/** Ids of rows that others own, without those that stand in the agency's own rows too. */
async function idsOfOthers(platform: RunningPlatform, agencyId: string): Promise<ReadonlySet<string>> {
  const others = new Set<string>();
  const own = new Set<string>([agencyId]);
  for (const service of SERVICES) {
    const tables = await query<{ name: string; has_id: boolean }>(
      platform,
      service,
      `SELECT c.oid::regclass::text AS name,
              EXISTS (SELECT 1 FROM pg_attribute i WHERE i.attrelid = c.oid AND i.attname = 'id') AS has_id
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'agency_id'
       WHERE c.relkind IN ('r', 'p') AND c.relname NOT IN ('directory_agency', 'agency_code', 'agency')`,
    );
    for (const { name, has_id: hasIds } of tables) {
      const rows = await query<{ text: string }>(
        platform,
        service,
        `SELECT t::text AS text FROM ${name} t WHERE agency_id = $1`,
        [agencyId],
      );
      for (const { text } of rows) uuids(text).forEach((id) => own.add(id));
      if (!hasIds) continue;
      const ids = await query<{ id: string }>(platform, service, `SELECT id::text FROM ${name} WHERE agency_id <> $1`, [
        agencyId,
      ]);
      for (const { id } of ids) others.add(id);
    }
  }
  return new Set([...others].filter((id) => !own.has(id)));
}
