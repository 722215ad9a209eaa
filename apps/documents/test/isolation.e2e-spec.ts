import { PERMISSIONS } from '@qlvb/contracts';
import { DOCUMENTS_ENTITIES } from '@qlvb/documents-feature';
import { rowSecuritySuite } from '@qlvb/platform-service-testing';
import { idFrom, newId } from '@qlvb/shared-domain';
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

rowSecuritySuite('row-level security alone', {
  test: () => office.test,
  tables: [
    'access_object',
    'access_row',
    'delivery_status',
    'directory_post',
    'draft_version',
    'file',
    'file_use',
    'incoming_document',
    'layout_report',
    'number_sequence',
    'numbering_plan',
    'outgoing_document',
    'review_check',
    'signing_grant',
  ],
  shared: ['directory_agency'],
  entities: DOCUMENTS_ENTITIES as readonly { readonly name: string }[],
  sharedEntities: ['DirectoryAgency', 'DirectoryCalendar'],
  owners: [SENDER, RECIPIENT],
  filled: ['OutgoingDocument', 'IncomingDocument', 'DraftVersionEntity', 'ReviewCheckEntity', 'SigningGrantEntity'],
  stranger: stranger.agencyId,
  change: `UPDATE outgoing_document SET state = 'issued'`,
  insert: [
    `INSERT INTO number_sequence (agency_id, year, sequence_key, last_number) VALUES ($1, 2026, 'arrival', 900)`,
    [SENDER],
  ],
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
