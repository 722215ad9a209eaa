import { PERMISSIONS } from '@qlvb/contracts';
import { rowSecuritySuite } from '@qlvb/platform-service-testing';
import { idFrom, newId } from '@qlvb/shared-domain';
import { WORKFLOW_ENTITIES } from '@qlvb/workflow-feature';
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

rowSecuritySuite('row-level security alone', {
  test: () => office.test,
  tables: [
    'access_object',
    'access_row',
    'directory_post',
    'instruction',
    'notification',
    'process_instance',
    'process_step',
    'task',
  ],
  shared: ['directory_agency'],
  entities: WORKFLOW_ENTITIES as readonly { readonly name: string }[],
  sharedEntities: ['DirectoryAgency', 'DirectoryCalendar'],
  owners: [AGENCY],
  stranger: stranger.agencyId,
  change: `UPDATE task SET state = 'completed'`,
  insert: [
    `INSERT INTO process_step (process_id, seq, agency_id, at, trigger, from_state, to_state)
     VALUES (gen_random_uuid(), 99, $1, now(), 'x', 'x', 'x')`,
    [AGENCY],
  ],
});

describe('the table of tasks', () => {
  it('NĐ30-A23-3: holds one lead at a time', async () => {
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
