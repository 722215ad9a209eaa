import { PERMISSIONS } from '@qlvb/contracts';
import { DOCUMENTS_ENTITIES } from '@qlvb/documents-feature';
import { Database } from '@qlvb/platform-database';
import { idFrom, newId } from '@qlvb/shared-domain';
import pg from 'pg';
import { admin, clerk, Office, officer, RECIPIENT, SENDER } from './office.ts';

let office: Office;
/** Somebody of a third agency who may do everything there is. */
const stranger = {
  agencyId: idFrom('agency:H46.77'),
  userId: newId(),
  unitId: newId(),
  postId: newId(),
  permissions: [...PERMISSIONS],
};
/** Ids of the two agencies that have something. */
const ids = { outgoing: '', incoming: '', file: '', grant: '' };

beforeAll(async () => {
  office = await Office.open();
  const { documentId } = await office.signed();
  await office.act(documentId, 'registrations', clerk);
  ids.outgoing = documentId;
  ids.file = (await office.outgoing(documentId)).files[0]?.fileId ?? '';
  ids.incoming = await office.verified();
  ids.grant = await office.grant();
});
afterAll(() => office.test.stop());

interface OpenApi {
  readonly paths: Record<string, Record<string, { readonly requestBody?: unknown }>>;
}

/** What a valid body of each operation that takes one looks like. */
const bodies = async (): Promise<Record<string, unknown>> => ({
  'put /outgoing-documents/{documentId}': await office.draftInput(),
  'post /outgoing-documents/{documentId}/access-rights': { postId: officer.postId, reason: 'x' },
  'post /outgoing-documents/{documentId}/attachment-replacements': {
    attachmentId: ids.file,
    fileId: ids.file,
    reason: 'x',
  },
  'post /outgoing-documents/{documentId}/attachment-replacement-decisions': { outcome: 'approved' },
  'post /outgoing-documents/{documentId}/corrections': { reason: 'x' },
  'post /outgoing-documents/{documentId}/correction-decisions': { outcome: 'approved' },
  'post /incoming-documents/{documentId}/access-rights': { postId: officer.postId, reason: 'x' },
  'post /outgoing-documents/{documentId}/layout-reports': {},
  'post /outgoing-documents/{documentId}/layout-reports/{reportId}/cancellations': {},
  'post /outgoing-documents/{documentId}/submissions': {},
  'post /outgoing-documents/{documentId}/content-checks': { outcome: 'passed' },
  'post /outgoing-documents/{documentId}/layout-checks': { outcome: 'passed' },
  'post /outgoing-documents/{documentId}/registrations': {},
  'post /outgoing-documents/{documentId}/issues': {},
  'post /outgoing-documents/{documentId}/cancellations': { reason: 'x' },
  'post /signing-grants/{grantId}/revocations': { reason: 'x' },
  'post /incoming-documents/{documentId}/acceptances': {},
  'post /incoming-documents/{documentId}/refusals': { reasonCode: 'OTHER', reason: 'Không thuộc thẩm quyền' },
});

const state = async (): Promise<unknown> =>
  (
    await office.test.admin.query(
      `SELECT (SELECT jsonb_agg(to_jsonb(d) ORDER BY id) FROM outgoing_document d) AS outgoing,
              (SELECT jsonb_agg(to_jsonb(d) ORDER BY id) FROM incoming_document d) AS incoming,
              (SELECT jsonb_agg(to_jsonb(g)) FROM signing_grant g) AS grants`,
    )
  ).rows;

describe('another agency', () => {
  it('API1: finds nothing on any route with ids of this one, and changes nothing', async () => {
    const { paths } = (await (await fetch(`${office.test.service.url}/-/openapi.json`)).json()) as OpenApi;
    const valid = await bodies();
    const before = await state();
    let asked = 0;
    for (const [full, operations] of Object.entries(paths)) {
      const path = full.replace('/api/v1', '');
      if (!/\{(documentId|fileId|grantId)\}/.test(path)) continue;
      for (const method of Object.keys(operations)) {
        const name = `${method} ${path}`;
        if (method !== 'get') expect(Object.keys(valid)).toContain(name);
        const things = { files: ids.file, 'incoming-documents': ids.incoming, 'signing-grants': ids.grant };
        const id = things[path.split('/')[1] as keyof typeof things] ?? ids.outgoing;
        const answer = await office.test.ask(path.replace(/\{\w+\}/, id).replace(/\{\w+\}/g, newId()), {
          as: stranger,
          method: method.toUpperCase(),
          ...(method === 'get' ? {} : { body: valid[name], ifMatch: '"1"' }),
        });
        expect([name, answer.status]).toEqual([name, 404]);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThanOrEqual(14);
    expect(await state()).toEqual(before);
  });

  it('API1: sees empty lists and registers', async () => {
    const year = new Date().getFullYear();
    const lists = [
      '/outgoing-documents',
      '/signing-grants',
      '/incoming-documents',
      `/registers/outgoing/${year}`,
      `/registers/incoming/${year}`,
    ];
    for (const path of lists) {
      expect(await office.test.json(path, { as: stranger })).toEqual({
        items: [],
        nextCursor: null,
        total: { value: 0, more: false },
      });
    }
  });

  it('cannot put files of this one into a draft, nor be signed for by its people', async () => {
    const body = await office.draftInput({ mainFileId: ids.file });
    const refused = await office.refusal('/outgoing-documents', { as: stranger, body });
    expect(refused).toEqual([422, 'directory.post-unknown']);
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
    const { rows } = await office.test.admin.query<{ name: string; on: boolean; policies: number }>(
      `SELECT relname AS name, relrowsecurity AS on,
              (SELECT count(*)::int FROM pg_policy WHERE polrelid = c.oid) AS policies
       FROM pg_class c WHERE relname = ANY($1) ORDER BY 1`,
      [await tables()],
    );
    expect(rows.length).toBeGreaterThanOrEqual(10);
    for (const row of rows) expect(row).toEqual({ name: row.name, on: true, policies: 1 });
  });

  it('API1: shows nothing to another agency when the application checks nothing', async () => {
    const database = office.test.service.app.get(Database);
    const held: Record<string, number> = {};
    for (const entity of DOCUMENTS_ENTITIES) {
      const count = (agencyId: string) => database.read((manager) => manager.count(entity as never), { agencyId });
      const name = (entity as unknown as { name: string }).name;
      if (['DirectoryAgency', 'DirectoryCalendar'].includes(name)) continue;
      held[name] = (await count(SENDER)) + (await count(RECIPIENT));
      expect([name, await count(stranger.agencyId)]).toEqual([name, 0]);
    }
    expect(held).toMatchObject({
      OutgoingDocument: 1,
      IncomingDocument: 1,
      DraftVersionEntity: 1,
      ReviewCheckEntity: 2,
      SigningGrantEntity: 1,
    });
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
      const { rowCount } = await client.query(`UPDATE outgoing_document SET state = 'issued'`);
      expect(rowCount).toBe(0);
      await expect(
        client.query(
          `INSERT INTO number_sequence (agency_id, year, sequence_key, last_number) VALUES ($1, 2026, 'arrival', 900)`,
          [SENDER],
        ),
      ).rejects.toThrow('row-level security');
    } finally {
      await client.end();
    }
  });
});

describe('an administrator', () => {
  it('SEC-Z05: manages the agency and reads none of its documents', async () => {
    for (const path of [`/outgoing-documents/${ids.outgoing}`, `/files/${ids.file}`, `/files/${ids.file}/content`]) {
      expect((await office.test.ask(path, { as: admin })).status).toBe(404);
    }
    expect(await office.test.json('/outgoing-documents', { as: admin })).toEqual({
      items: [],
      nextCursor: null,
      total: { value: 0, more: false },
    });
  });
});

describe('who is not signed in', () => {
  it.each(['/outgoing-documents', '/incoming-documents', '/registers/outgoing/2026', '/numbering-plans/2026'])(
    'gets nothing from %s',
    async (path) => {
      expect((await office.refusal(path, { as: null }))[0]).toBe(401);
      expect((await office.refusal(path, { as: { ...stranger, permissions: [] } }))[0]).toBe(403);
    },
  );
});
