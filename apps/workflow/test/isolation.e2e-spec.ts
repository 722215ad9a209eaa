import { PERMISSIONS } from '@qlvb/contracts';
import { Database } from '@qlvb/platform-database';
import { idFrom, newId } from '@qlvb/shared-domain';
import { WORKFLOW_ENTITIES } from '@qlvb/workflow-feature';
import pg from 'pg';
import { AGENCY, direction, Office, officer } from './office.ts';

let office: Office;
/** Somebody of another agency who may do everything there is. */
const stranger = {
  agencyId: idFrom('agency:H46.77'),
  userId: newId(),
  unitId: newId(),
  postId: newId(),
  permissions: [...PERMISSIONS],
};
/** The assignee's own id in a token of the other agency. */
const impostor = { ...stranger, userId: officer.userId, postId: officer.postId, unitId: officer.unitId };
const ids = { document: '', task: '', instruction: '' };

beforeAll(async () => {
  office = await Office.open();
  const { documentId, instructionId } = await office.directed();
  ids.document = documentId;
  ids.instruction = instructionId;
  ids.task = (await office.task(officer, documentId, 'handle')).taskId;
});
afterAll(() => office.test.stop());

interface OpenApi {
  readonly paths: Record<string, Record<string, unknown>>;
}

/** What a valid body of each operation on a task looks like. */
const BODIES: Record<string, unknown> = {
  'post /tasks/{taskId}/starts': {},
  'post /tasks/{taskId}/completions': { result: 'Xong.' },
  'post /tasks/{taskId}/reminders': { text: 'Khẩn trương.' },
};

const state = async (): Promise<unknown> =>
  (
    await office.test.admin.query(
      `SELECT (SELECT jsonb_agg(to_jsonb(t) ORDER BY id) FROM task t) AS tasks,
              (SELECT jsonb_agg(to_jsonb(p) ORDER BY id) FROM process_instance p) AS processes,
              (SELECT count(*) FROM notification) AS notifications`,
    )
  ).rows;

describe.each([
  ['another agency', stranger],
  ['another agency with the ids of the assignee', impostor],
])('%s', (_who, as) => {
  it('API1: finds nothing on any route with ids of this one, and changes nothing', async () => {
    const { paths } = (await (await fetch(`${office.test.service.url}/-/openapi.json`)).json()) as OpenApi;
    const before = await state();
    let asked = 0;
    for (const [full, operations] of Object.entries(paths)) {
      const path = full.replace('/api/v1', '');
      if (!path.includes('{')) continue;
      for (const method of Object.keys(operations)) {
        const name = `${method} ${path}`;
        if (method !== 'get') expect(Object.keys(BODIES)).toContain(name);
        const answer = await office.test.ask(path.replace('{taskId}', ids.task), {
          as,
          method: method.toUpperCase(),
          ...(method === 'get' ? {} : { body: BODIES[name] }),
        });
        expect([name, answer.status]).toEqual([name, 404]);
        asked += 1;
      }
    }
    expect(asked).toBe(4);
    const directing = { as, body: direction(ids.document, { replacesInstructionId: ids.instruction }) };
    expect(await office.refusal('/instructions', directing)).toEqual([404, 'workflow.document-unknown']);
    expect(await state()).toEqual(before);
  });

  it('API1: sees empty lists', async () => {
    const instructions = `/instructions?documentId=${ids.document}`;
    const tasks = ['/tasks', '/tasks?scope=followed', `/tasks?documentId=${ids.document}`];
    for (const path of [...tasks, '/notifications', instructions]) {
      expect(await office.test.json(path, { as })).toEqual({
        items: [],
        nextCursor: null,
        total: { value: 0, more: false },
      });
    }
  });
});

describe('row-level security alone', () => {
  const tables = async (): Promise<string[]> => {
    const { rows } = await office.test.admin.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'agency_id'
       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT IN ('directory_agency', 'directory_calendar') ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  };

  it('stands on every table with an agency', async () => {
    const names = await tables();
    expect(names).toEqual([
      'access_object',
      'access_row',
      'directory_post',
      'instruction',
      'notification',
      'process_instance',
      'process_step',
      'task',
    ]);
    const { rows } = await office.test.admin.query<{ name: string }>(
      `SELECT relname AS name, relrowsecurity AS on,
              (SELECT count(*)::int FROM pg_policy WHERE polrelid = c.oid) AS policies
       FROM pg_class c WHERE relname = ANY($1) ORDER BY 1`,
      [names],
    );
    for (const row of rows) expect(row).toEqual({ name: row.name, on: true, policies: 1 });
  });

  it('API1: shows nothing to another agency when the application checks nothing', async () => {
    const database = office.test.service.app.get(Database);
    for (const entity of WORKFLOW_ENTITIES) {
      const count = (agencyId: string) => database.read((manager) => manager.count(entity as never), { agencyId });
      const { name } = entity as { name: string };
      if (['DirectoryAgency', 'DirectoryCalendar'].includes(name)) continue;
      expect([name, (await count(AGENCY)) > 0]).toEqual([name, true]);
      expect([name, await count(stranger.agencyId)]).toEqual([name, 0]);
    }
  });

  it('shows nothing without an agency, and lets nobody write for another', async () => {
    const client = new pg.Client({ connectionString: office.test.appUrl });
    await client.connect();
    try {
      for (const table of await tables()) {
        const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${table}`);
        expect([table, rows]).toEqual([table, [{ count: 0 }]]);
      }
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.agency_id', $1, true)`, [stranger.agencyId]);
      const { rowCount } = await client.query(`UPDATE task SET state = 'completed'`);
      expect(rowCount).toBe(0);
      await expect(
        client.query(
          `INSERT INTO process_step (process_id, seq, agency_id, at, trigger, from_state, to_state)
           SELECT $1, 99, $2, now(), 'x', 'x', 'x'`,
          [idFrom(`process:incoming-document:${ids.document}`), AGENCY],
        ),
      ).rejects.toThrow('row-level security');
    } finally {
      await client.end();
    }
  });

  it('NĐ30-A23-3: the table itself holds one lead at a time', async () => {
    await expect(
      office.test.admin.query(
        `INSERT INTO task SELECT r.* FROM task t,
           jsonb_populate_record(NULL::task, to_jsonb(t) || jsonb_build_object('id', gen_random_uuid())) r
         WHERE t.id = $1`,
        [ids.task],
      ),
    ).rejects.toThrow('task_one_lead');
  });
});

describe('who is not signed in', () => {
  it.each(['/tasks', '/notifications', '/process-definitions', `/instructions?documentId=${newId()}`])(
    'gets nothing from %s',
    async (path) => {
      expect((await office.refusal(path, { as: null }))[0]).toBe(401);
      expect((await office.refusal(path, { as: { ...stranger, permissions: [] } }))[0]).toBe(403);
    },
  );
});
