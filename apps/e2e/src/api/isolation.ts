import pg from 'pg';
import { SERVICES } from '@qlvb/installation';
import type { RunningPlatform } from '../running-platform.ts';
import { operations } from './description.ts';
import type { ApiOperation } from './description.ts';
import { ForeignIds, isMember, snapshot } from './foreign-ids.ts';
import { foreignRequest, hasId, resolve } from './foreign-request.ts';
import { sample } from './json-sample.ts';
import type { JsonSchema } from './json-sample.ts';
import { send } from './people.ts';
import type { Person } from './people.ts';

interface World {
  readonly platform: RunningPlatform;
  /** Of an agency that has a hand in nothing that is asked for, with every role. */
  readonly stranger: Person;
  readonly strangerHost: string;
}

/** The catalogue of agencies is the address book of the province: everybody may read it. */
const ADDRESS_BOOK = new Set(['GET /api/v1/agencies/{agencyId}', 'GET /api/v1/agencies/{agencyId}/codes']);
const ADDRESS_BOOK_TABLES = ['agency', 'agency_code', 'calendar_year', 'directory_agency', 'directory_calendar'];

/** Reads of the agency's own things, and commands whose body names things by id. */
const isListOrNames = (operation: ApiOperation): boolean => {
  if (hasId(operation) || operation.isPublic) return false;
  const { body } = operation;
  const probe = body && JSON.stringify(sample(body, resolve, (name) => (isMember(name) ? 'id' : undefined)));
  return operation.method === 'GET' || probe?.includes('"id"') === true;
};

/** Members of a body, at any depth, that hold an id and of which nobody has said whose. */
function unknownIds(schema: JsonSchema, name = ''): string[] {
  const { format, items, properties = {} } = resolve(schema);
  if (format === 'uuid' && !isMember(name)) return [name];
  return [
    ...(items ? unknownIds(items, name) : []),
    ...Object.entries(properties).flatMap(([key, property]) => unknownIds(property, key)),
  ];
}

/** @source API1 */
export function isolationSuite(world: () => World): void {
  let ids: ForeignIds;
  let before: Record<string, string>;
  beforeAll(async () => {
    ids = await ForeignIds.collect(world().platform, world().stranger.agencyId);
    before = await snapshot(world().platform);
  });

  const ask = (operation: ApiOperation, host: string) =>
    send(world().platform, foreignRequest(operation, ids, { host, authorization: world().stranger.authorization }));

  it('API1 every id that a request can hold is known to belong to somebody', () => {
    const unknown = operations.flatMap(({ name, body, parameters }) =>
      [
        ...(body ? unknownIds(body) : []),
        ...parameters.filter((one) => one.in === 'query').flatMap((one) => unknownIds(one.schema, one.name)),
      ].map((member) => `${name} ${member}`),
    );
    expect(unknown).toEqual([]);
  });

  it.each(
    operations
      .filter((operation) => hasId(operation) && !ADDRESS_BOOK.has(operation.name))
      .map((o) => [o.name, o] as const),
  )('API1 %s: 403 or 404 for an id of another agency', async (_name, operation) => {
    const answer = await ask(operation, world().strangerHost);
    expect([403, 404]).toContain(answer.status);
    const { code } = JSON.parse(answer.text) as { code: string };
    expect(operation.answers.get(answer.status)).toContain(code);
    const asked = ids.inPath(operation.path);
    for (const id of ids.all.filter((one) => one !== asked)) expect(answer.text).not.toContain(id);
  });

  it.each(operations.filter(isListOrNames).map((o) => [o.name, o] as const))(
    'API1 %s: nothing of another agency in the answer, nothing made of it',
    async (_name, operation) => {
      const answer = await ask(operation, world().strangerHost);
      if (operation.method === 'GET') {
        expect([200, 403, 404]).toContain(answer.status);
        for (const id of ids.all) expect(answer.text).not.toContain(id);
      } else {
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
      }
    },
  );

  it.each(operations.filter(({ isPublic }) => !isPublic).map((operation) => [operation.name, operation] as const))(
    'DOM-23 %s: refused under the host of another agency',
    async (_name, operation) => {
      const answer = await ask(operation, 'qlvb-stttt.localhost');
      expect([answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([403, 'gateway.wrong-host']);
    },
  );

  it('changed nothing', async () => {
    expect(await snapshot(world().platform)).toEqual(before);
  });

  describe('row-level security alone, with no application in front of it', () => {
    it.each(SERVICES)('%s: its account sees no row of another agency and cannot touch one', async (service) => {
      const { platform, stranger } = world();
      const client = new pg.Client({ connectionString: platform.appDatabaseUrl(service) });
      await client.connect();
      const { rows: tables } = await client.query<{ name: string; writable: boolean; protected: boolean }>(
        `SELECT c.oid::regclass::text AS name, has_table_privilege(c.oid, 'UPDATE') AS writable,
           c.relrowsecurity AND NOT pg_has_role(c.relowner, 'MEMBER') AS protected FROM pg_class c
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'agency_id' AND NOT a.attisdropped
         WHERE c.relkind IN ('r', 'p') AND c.relnamespace IN ('public'::regnamespace, 'platform'::regnamespace)
           AND has_table_privilege(c.oid, 'SELECT') AND c.relname <> ALL ($1)`,
        [ADDRESS_BOOK_TABLES],
      );
      expect(tables.length).toBeGreaterThan(0);
      expect(tables.filter((table) => !table.protected)).toEqual([]);
      for (const { name, writable } of tables) {
        await client.query('BEGIN');
        await client.query(`SELECT set_config('app.agency_id', $1, true)`, [stranger.agencyId]);
        const { rows } = await client.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM ${name} WHERE agency_id <> $1`,
          [stranger.agencyId],
        );
        expect([name, rows[0]?.n]).toEqual([name, 0]);
        if (writable) {
          const touched = await client.query(`UPDATE ${name} SET agency_id = $1 WHERE agency_id <> $1`, [
            stranger.agencyId,
          ]);
          expect([name, touched.rowCount]).toEqual([name, 0]);
        }
        await client.query('ROLLBACK');
        const { rows: nobody } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name}`);
        expect([name, nobody[0]?.n]).toEqual([name, 0]);
      }
      await client.end();
    });
  });
}
