import { execFileSync, fork } from 'node:child_process';
import { join } from 'node:path';
import { OutgoingDocumentCancelled, OutgoingDocumentNumbered } from '@qlvb/contracts';
import { armFailPoints } from '@qlvb/platform-faults';
import { newId } from '@qlvb/shared-domain';
import { vietnamDate, vietnamYear } from '@qlvb/vietnam';
import { admin, checker, clerk, officer, Office, RECIPIENT, recipientClerk, SENDER, unitHead } from './office.ts';
import type { Outgoing } from './office.ts';
import { sequenceFaults } from './register-faults.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const year = vietnamYear(new Date());

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(() => office.test.stop());
afterEach(async () => {
  armFailPoints(undefined);
  await office.test.admin.query(
    `TRUNCATE outgoing_document, draft_version, review_check, layout_report, incoming_document, number_sequence, numbering_plan, platform.outbox`,
  );
  await office.test.admin.query(`UPDATE directory_agency SET short_name = 'STTTT' WHERE agency_id = $1`, [SENDER]);
});

const many = <T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)));

/** Documents that wait for their number, made without the way there: that way has tests of its own. */
async function waiting(count: number): Promise<string[]> {
  const { documentId } = await office.signed();
  const ids = [documentId, ...Array.from({ length: count - 1 }, newId)];
  await office.test.admin.query(
    `INSERT INTO outgoing_document (id, agency_id, version, created_at, updated_at, state, document_type, is_normative, subject,
       urgency, lead_unit_id, lead_unit_symbol, assigned_by, drafter, signer, competence, signer_title, recipients, draft_version,
       files, page_count, signed_at, issue_deadline)
     SELECT copy, agency_id, version, created_at, updated_at, state, document_type, is_normative, subject, urgency, lead_unit_id,
       lead_unit_symbol, assigned_by, drafter, signer, competence, signer_title, recipients, draft_version, files,
       page_count, signed_at, issue_deadline
     FROM outgoing_document, unnest($2::uuid[]) AS copy WHERE id = $1`,
    [documentId, ids.slice(1)],
  );
  await office.copyAccess(documentId, ids.slice(1));
  return ids;
}

const register = (documentId: string, key?: string): Promise<Response> =>
  office.test.ask(`/outgoing-documents/${documentId}/registrations`, { as: clerk, body: {}, ...(key ? { key } : {}) });

const entries = async (): Promise<{ number: number; date: string; cancelled: boolean }[]> => {
  const { rows } = await office.test.admin.query<{ number: number; date: string; cancelled: boolean }>(
    `SELECT number, issued_on::text AS date, state = 'cancelled' AS cancelled FROM outgoing_document
     WHERE number IS NOT NULL ORDER BY number`,
  );
  return rows;
};
const numbers = async (): Promise<number[]> => (await entries()).map((entry) => entry.number);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);

describe('what these tests ask of a register', () => {
  it('NĐ30-A15-1: a register with a gap, a number used twice or a date that goes back is found out', () => {
    expect(
      sequenceFaults([
        { number: 2, date: '2026-01-05' },
        { number: 1, date: '2026-01-05' },
        { number: 3, date: '2026-01-06', cancelled: true },
        { number: 4, date: '2026-01-06' },
      ]),
    ).toEqual([]);
    expect(
      sequenceFaults([
        { number: 1, date: '2026-01-05' },
        { number: 1, date: '2026-01-05' },
        { number: 4, date: '2026-01-04' },
      ]),
    ).toEqual([
      { fault: 'reused', number: 1 },
      { fault: 'gap', number: 2 },
      { fault: 'gap', number: 3 },
      { fault: 'date_goes_back', number: 4 },
    ]);
  });
});

describe('numbers of outgoing documents', () => {
  it('EX-NUM-3, NĐ30-A15-1: 100 parallel registrations take 100 consecutive numbers', async () => {
    const ids = await waiting(100);
    const answers = await Promise.all(ids.map((id) => register(id)));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201));
    expect(await numbers()).toEqual(upTo(100));
    expect(sequenceFaults(await entries())).toEqual([]);
    const published = await office.test.published(OutgoingDocumentNumbered);
    expect(published.map(({ data }) => data.number)).toEqual(upTo(100));
  });

  it('EX-NUM-3: a registration that fails in its last moment gives the number back, and its repetition takes one', async () => {
    const ids = await waiting(20);
    armFailPoints('command:before-commit=throw@7');
    const answers = await Promise.all(ids.map((id) => register(id, `key-of-${id}`)));
    armFailPoints(undefined);
    expect(answers.filter(({ status }) => status === 500)).toHaveLength(1);
    expect(await numbers()).toEqual(upTo(19));
    const again = await Promise.all(ids.map((id) => register(id, `key-of-${id}`)));
    expect(again.map(({ status }) => status)).toEqual(ids.map(() => 201));
    expect(await numbers()).toEqual(upTo(20));
    expect(await office.test.published(OutgoingDocumentNumbered)).toHaveLength(20);
  });

  it.each(['before', 'after'])(
    'EX-NUM-3: a process killed %s a commit amid a hundred registrations leaves no gap and no number twice',
    async (moment) => {
      execFileSync(process.execPath, [join(root, 'tools/build.ts')], { cwd: root, stdio: 'ignore' });
      const ids = await waiting(100);
      const child = fork(join(root, 'dist/apps/documents/src/main.js'), [], {
        env: {
          PATH: process.env['PATH'],
          ...office.test.environment,
          QLVB_LOG_LEVEL: 'error',
          NODE_ENV: 'test',
          QLVB_FAIL_POINTS: `command:${moment}-commit=kill@41`,
        },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        execArgv: [],
      });
      const exited = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
      const port = await new Promise<number>((resolve, reject) => {
        child.once('message', (message) => resolve((message as { port: number }).port));
        void exited.then(() => reject(new Error('the process ended before it was ready')));
      });
      const headers = { ...(await office.test.issuer.authorization(clerk)), 'content-type': 'application/json' };
      const atChild = (id: string): Promise<number> =>
        fetch(`http://127.0.0.1:${port}/api/v1/outgoing-documents/${id}/registrations`, {
          method: 'POST',
          headers: { ...headers, 'idempotency-key': `key-of-${id}` },
          body: '{}',
        }).then(
          ({ status }) => status,
          () => 0,
        );
      const accepted = (await Promise.all(ids.map(atChild))).filter((status) => status === 201);
      expect(await exited).toBe('SIGKILL');
      expect(sequenceFaults(await entries())).toEqual([]);
      expect((await numbers()).length).toBeGreaterThanOrEqual(accepted.length);

      const again = await Promise.all(ids.map((id) => register(id, `key-of-${id}`)));
      expect(again.map(({ status }) => status)).toEqual(ids.map(() => 201));
      expect(await numbers()).toEqual(upTo(100));
      expect(sequenceFaults(await entries())).toEqual([]);
      expect(await office.test.published(OutgoingDocumentNumbered)).toHaveLength(100);
    },
  );

  it('NĐ30-A4-1: are given by clerks only', async () => {
    const [id = ''] = await waiting(1);
    for (const as of [officer, unitHead, checker, admin]) {
      const refused = await office.refusal(`/outgoing-documents/${id}/registrations`, { as, body: {} });
      expect(refused[0]).toBe(403);
    }
    expect(await numbers()).toEqual([]);
  });

  it('is taken once, however often and from how many sides it is asked for', async () => {
    const [id = ''] = await waiting(1);
    const answers = await many(12, (n) => register(id, `key-number-${String(n % 3).padStart(6, '0')}`));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0);
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
    expect(await numbers()).toEqual([1]);
  });

  it('NĐ30-A15-2: number and symbol stand once in the agency and year', async () => {
    const [first = '', second = ''] = await waiting(2);
    await register(first);
    await office.test.admin.query('DELETE FROM number_sequence');
    const refused = await office.refusal(`/outgoing-documents/${second}/registrations`, { as: clerk, body: {} });
    expect(refused).toEqual([409, 'documents.number-already-used']);
    await expect(
      office.test.admin.query(
        `UPDATE outgoing_document SET document_code = '01/QĐ-STTTT', register_year = $2 WHERE id = $1`,
        [second, year],
      ),
    ).rejects.toThrow('outgoing_document_code');
  });

  it('EX-NUM-4: no number is dated before the last one', async () => {
    const [first = '', second = ''] = await waiting(2);
    await register(first);
    await office.test.admin.query(`UPDATE number_sequence SET last_date = last_date + 1`);
    const refused = await office.refusal(`/outgoing-documents/${second}/registrations`, { as: clerk, body: {} });
    expect(refused).toEqual([409, 'documents.number-date-not-in-order']);
  });

  it('EX-NUM-1, NĐ30-PL1-II.3b-2: keeps the letter case of symbols; a letter is signed by unit', async () => {
    const { documentId: submission } = await office.signed({ documentType: 'submission' });
    const { documentId: letter } = await office.signed({ documentType: 'official_letter' });
    expect((await office.act(submission, 'registrations', clerk)).documentCode).toBe('01/TTr-STTTT');
    expect((await office.act(letter, 'registrations', clerk)).documentCode).toBe('02/STTTT-CNTT');
  });

  it('NĐ30-A15-4, EX-NUM-2: a normative document carries the year and numbers within its kind', async () => {
    await office.test.admin.query(`UPDATE directory_agency SET short_name = 'UBND' WHERE agency_id = $1`, [SENDER]);
    const { documentId: single } = await office.signed();
    const { documentId: normative } = await office.signed({ isNormative: true });
    expect((await office.act(single, 'registrations', clerk)).documentCode).toBe('01/QĐ-UBND');
    expect((await office.act(normative, 'registrations', clerk)).documentCode).toBe(`01/${year}/QĐ-UBND`);
  });

  it('NĐ30-PL1-II.3b-3: an abbreviation that cannot stand in a symbol is named, and no number is lost', async () => {
    const [id = ''] = await waiting(1);
    await office.test.admin.query(`UPDATE directory_agency SET short_name = 'sở' WHERE agency_id = $1`, [SENDER]);
    const refused = await office.refusal(`/outgoing-documents/${id}/registrations`, { as: clerk, body: {} });
    expect(refused).toEqual([422, 'documents.symbol-not-composable']);
    await office.test.admin.query(`UPDATE directory_agency SET short_name = 'STTTT' WHERE agency_id = $1`, [SENDER]);
    await register(id);
    expect(await numbers()).toEqual([1]);
  });

  it('EX-NUM-3: a number that is cancelled stays with its reason and is never given again, not even the last one', async () => {
    const [a = '', b = '', c = '', d = ''] = await waiting(4);
    for (const id of [a, b, c]) await register(id);
    const cancel = (id: string) => office.act(id, 'cancellations', clerk, { reason: 'Ký nhầm bản.' });
    expect(await cancel(b)).toMatchObject({ state: 'cancelled', documentCode: '02/QĐ-STTTT' });
    expect(await cancel(c)).toMatchObject({ state: 'cancelled', documentCode: '03/QĐ-STTTT' });
    expect((await office.act(d, 'registrations', clerk)).documentCode).toBe('04/QĐ-STTTT');
    expect(sequenceFaults(await entries())).toEqual([]);
    const told = (await office.test.published(OutgoingDocumentCancelled)).map(({ data }) => data.documentCode);
    expect(told).toEqual(['02/QĐ-STTTT', '03/QĐ-STTTT']);
    const { items } = await office.test.json<{ items: { documentCode: string; note: string }[] }>(
      `/registers/outgoing/${year}`,
      {
        as: clerk,
      },
    );
    expect(items.map(({ documentCode, note }) => [documentCode, note])).toEqual([
      ['01/QĐ-STTTT', ''],
      ['02/QĐ-STTTT', 'Hủy số: Ký nhầm bản.'],
      ['03/QĐ-STTTT', 'Hủy số: Ký nhầm bản.'],
      ['04/QĐ-STTTT', ''],
    ]);
  });
});

describe('the numbering plan', () => {
  const path = `/numbering-plans/${year}`;
  const groups = [
    { sequence: 'decisions', kinds: ['decision', 'directive'] },
    { sequence: 'rest', kinds: '*' },
  ];
  const put = (more: object = {}) => ({ as: admin, method: 'PUT', body: { groups }, ifMatch: '"0"', ...more });

  it('NĐ30-A15-6: is one common sequence until the head of the agency decides', async () => {
    expect(await office.test.json(path, { as: clerk })).toEqual({
      year,
      version: 0,
      groups: [{ sequence: 'common', kinds: '*' }],
    });
    expect((await office.refusal(path, put({ as: clerk })))[0]).toBe(403);
    expect(await office.test.json(path, put())).toEqual({ year, version: 1, groups });
    expect((await office.refusal(path, put()))[0]).toBe(412);
    const code = async (documentType: string): Promise<string | null> => {
      const { documentId } = await office.signed({ documentType });
      return (await office.act(documentId, 'registrations', clerk)).documentCode;
    };
    expect([await code('decision'), await code('report'), await code('directive')]).toEqual([
      '01/QĐ-STTTT',
      '01/BC-STTTT',
      '02/CT-STTTT',
    ]);
  });

  it('NĐ30-A15-6: changes from 1 January only', async () => {
    const [id = ''] = await waiting(1);
    await register(id);
    expect(await office.refusal(path, put())).toEqual([422, 'documents.numbering-plan-invalid']);
    expect(await office.test.json(`/numbering-plans/${year + 1}`, put())).toMatchObject({ version: 1 });
  });

  it.each([
    ['no group', [], 'documents.numbering-plan-invalid'],
    ['a kind twice', [...groups, { sequence: 'more', kinds: ['decision'] }], 'documents.numbering-plan-invalid'],
    ['an unknown kind', [{ sequence: 'x', kinds: ['poem'] }], 'http.input-invalid'],
    ['a bad name', [{ sequence: 'Số chung', kinds: '*' }], 'http.input-invalid'],
  ])('NĐ30-A15-6: refuses %s', async (_case, wrong, code) => {
    expect((await office.refusal(path, put({ body: { groups: wrong } })))[1]).toBe(code);
  });
});

describe('the registers', () => {
  it('NĐ30-A16-1: the outgoing register has every column and comes page by page', async () => {
    const ids = await waiting(5);
    for (const id of ids) await register(id);
    await office.sign(ids[0] ?? '', 'agency');
    await office.act(ids[0] ?? '', 'issues', clerk);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: { documentCode: string }[]; nextCursor: string | null } = await office.test.json(
        `/registers/outgoing/${year}?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
        { as: clerk },
      );
      seen.push(...page.items.map(({ documentCode }) => documentCode));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(upTo(5).map((n) => `0${n}/QĐ-STTTT`));
    const today = vietnamDate(new Date());
    const { items } = await office.test.json<{ items: Record<string, unknown>[] }>(`/registers/outgoing/${year}`, {
      as: clerk,
    });
    expect(items[0]).toEqual({
      documentId: ids[0],
      number: 1,
      sequence: 'administrative:common',
      documentCode: '01/QĐ-STTTT',
      issuedOn: today,
      kindAndSubject: 'Quyết định Ban hành Quy chế quản lý, sử dụng hệ thống quản lý văn bản và điều hành',
      signerName: 'Nguyễn Văn An',
      recipients: 'Sở Nội vụ; Lưu: VT',
      fileCopyKeeper: 'Văn thư',
      copies: 2,
      transferredOn: today,
      receivedBy: '',
      note: '',
    });
    expect((await office.test.json<{ items: Outgoing[] }>('/registers/outgoing/2020', { as: clerk })).items).toEqual(
      [],
    );
    expect((await office.refusal(`/registers/outgoing/${year}`, { as: officer }))[0]).toBe(403);
  });

  it('NĐ30-A22-2: 50 parallel acceptances take 50 consecutive arrival numbers', async () => {
    const first = await office.verified();
    const ids = [first, ...Array.from({ length: 49 }, newId)];
    await office.test.admin.query(
      `INSERT INTO incoming_document (id, agency_id, version, created_at, updated_at, package_id, state, sender_code, sender_name,
         sender_document_id, document_type, document_code, code_number, code_notation, issued_on, place_of_issue, subject,
         signer_name, signer_position, urgency, files, findings, faults, arrived_at, verification, legal_value, handling)
       SELECT copy, agency_id, version, created_at, updated_at, copy, state, sender_code, sender_name, copy::text, document_type,
         copy::text, code_number, code_notation, issued_on, place_of_issue, subject, signer_name, signer_position, urgency, files,
         findings, faults, arrived_at, verification, legal_value, handling
       FROM incoming_document, unnest($2::uuid[]) AS copy WHERE id = $1`,
      [first, ids.slice(1)],
    );
    await office.copyAccess(first, ids.slice(1));
    armFailPoints('command:before-commit=throw@11');
    const accept = (id: string): Promise<Response> =>
      office.test.ask(`/incoming-documents/${id}/acceptances`, { as: recipientClerk, body: {} });
    const answers = await Promise.all(ids.map(accept));
    armFailPoints(undefined);
    const failed = ids.filter((_, n) => answers[n]?.status !== 201);
    expect(failed).toHaveLength(1);
    await Promise.all(failed.map(accept));
    const { items } = await office.test.json<{ items: { arrivalNumber: number }[] }>(
      `/registers/incoming/${year}?limit=100`,
      { as: recipientClerk },
    );
    expect(items.map(({ arrivalNumber }) => arrivalNumber)).toEqual(upTo(50));
    const { rows } = await office.test.admin.query('SELECT last_number FROM number_sequence WHERE agency_id = $1', [
      RECIPIENT,
    ]);
    expect(rows).toEqual([{ last_number: 50 }]);
  });
});
