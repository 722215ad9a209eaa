import {
  DeliveryStatusChanged,
  DocumentsNotificationRequested,
  OutgoingDocumentCancelled,
  OutgoingDocumentChecked,
  OutgoingDocumentIssued,
  OutgoingDocumentNumbered,
  OutgoingDocumentRevised,
  OutgoingDocumentSignatureRecorded,
  OutgoingDocumentSubmitted,
} from '@qlvb/contracts';
import { drawDocument } from '@qlvb/document-layout';
import { until, whileNoJobBegins } from '@qlvb/platform-service-testing';
import { idFrom, newId } from '@qlvb/shared-domain';
import {
  checker,
  clerk,
  leader,
  officer,
  Office,
  otherHead,
  otherOfficer,
  RECIPIENT,
  SENDER,
  unitHead,
} from './office.ts';
import type { Outgoing } from './office.ts';

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(() => office.test.stop());

/** Its end says that it is a PDF, and nobody can read it. */
const BARE_PDF = '%PDF-1.7\nxref\n0 0\ntrailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n';

interface Detail extends Outgoing {
  readonly signer: { readonly fullName: string };
  readonly versions: readonly {
    draftVersion: number;
    author: { fullName: string };
    files: readonly { fileId: string }[];
  }[];
  readonly reviews: readonly { check: string; outcome: string; comment: string | null; draftVersion: number }[];
  readonly deliveries: readonly { recipientCode: string; status: string; reason: string | null }[];
  readonly cancellation: { readonly reason: string } | null;
  readonly issueDueAt: string | null;
  readonly issuedLate: boolean | null;
}
const detail = async (documentId: string): Promise<Detail> => (await office.outgoing(documentId)) as Detail;

const revise = async (document: { documentId: string; version: number }, changes: Record<string, unknown> = {}) =>
  office.test.json<Outgoing>(`/outgoing-documents/${document.documentId}`, {
    as: officer,
    method: 'PUT',
    ifMatch: `"${document.version}"`,
    body: await office.draftInput(changes),
  });

const refusedAct = (documentId: string, act: string, as: typeof officer, body: unknown = {}) =>
  office.refusal(`/outgoing-documents/${documentId}/${act}`, { as, body });

describe('an outgoing document', () => {
  it('NĐ30-A14-1, QĐ28-A8-1: goes from draft over checks, signature, number and agency signature to its issue', async () => {
    const { documentId, state } = await office.draft();
    const refusedTooEarly = async (act: string): Promise<void> =>
      expect(await refusedAct(documentId, act, clerk)).toEqual([409, 'documents.outgoing-act-not-allowed']);
    expect(state).toBe('drafting');
    expect((await office.act(documentId, 'submissions', officer)).state).toBe('unit_review');
    expect((await office.act(documentId, 'content-checks', unitHead, { outcome: 'passed' })).state).toBe(
      'layout_check',
    );
    // Nobody has told the clerk of it yet.
    expect((await refusedAct(documentId, 'registrations', clerk))[0]).toBe(404);
    expect((await office.passLayout(documentId)).state).toBe('awaiting_signature');
    await office.sign(documentId, 'personal');
    expect((await office.outgoing(documentId)).state).toBe('signed');
    await refusedTooEarly('issues');
    const numbered = await office.act(documentId, 'registrations', clerk);
    expect(numbered).toMatchObject({ state: 'numbered', number: 1, documentCode: '01/QĐ-STTTT' });
    await refusedTooEarly('issues');
    const signed = await office.sign(documentId, 'agency');
    expect((await office.outgoing(documentId)).state).toBe('agency_signed');
    expect((await office.act(documentId, 'issues', clerk)).state).toBe('issued');

    const data = (events: readonly { data: { documentId: string } }[]) =>
      events.filter((event) => event.data.documentId === documentId);
    const [issued] = data(await office.test.published(OutgoingDocumentIssued));
    expect(issued).toMatchObject({
      agencyid: SENDER,
      data: {
        documentCode: '01/QĐ-STTTT',
        codeNotation: 'QĐ-STTTT',
        pageCount: 2,
        issuedLate: false,
        sender: { agencyCode: 'H46.05' },
        recipients: [{ agencyCode: 'H46.03', name: 'Sở Nội vụ' }, { name: 'Lưu: VT' }],
        files: signed,
      },
    });
    expect(data(await office.test.published(OutgoingDocumentSubmitted))).toHaveLength(1);
    expect(data(await office.test.published(OutgoingDocumentNumbered))).toHaveLength(1);
    const kinds = data(await office.test.published(OutgoingDocumentSignatureRecorded)).map(
      (event) => (event.data as unknown as { signatureKind: string }).signatureKind,
    );
    expect(kinds).toEqual(['personal', 'agency']);
  });

  it('NĐ30-A10-1, NĐ30-A10-2: is drafted by somebody, for somebody, of a kind and with an urgency', async () => {
    const { documentId } = await office.draft({ urgency: 'veryUrgent' });
    expect(await detail(documentId)).toMatchObject({
      assignedBy: { fullName: unitHead.fullName },
      drafter: { fullName: officer.fullName },
      signer: { fullName: leader.fullName },
      urgency: 'veryUrgent',
      documentType: 'decision',
    });
  });

  it('NĐ30-A10-3, NĐ30-A10-5: keeps every version with its author and files', async () => {
    const first = await office.draft();
    const second = await revise(first, { subject: 'Ban hành Quy chế đã sửa' });
    expect(second).toMatchObject({ draftVersion: 2, subject: 'Ban hành Quy chế đã sửa' });
    const { versions } = await detail(first.documentId);
    expect(versions.map(({ draftVersion, author }) => [draftVersion, author.fullName])).toEqual([
      [1, officer.fullName],
      [2, officer.fullName],
    ]);
    expect(versions[0]?.files[0]?.fileId).not.toBe(versions[1]?.files[0]?.fileId);
  });

  it('is revised by who has seen the present version only', async () => {
    const document = await office.draft();
    await revise(document);
    const path = `/outgoing-documents/${document.documentId}`;
    const body = await office.draftInput();
    const put = { as: officer, method: 'PUT', body };
    expect(await office.refusal(path, { ...put, ifMatch: '"1"' })).toEqual([412, 'resource.version-stale']);
    expect((await office.refusal(path, put))[0]).toBe(428);
    expect((await detail(document.documentId)).draftVersion).toBe(2);
  });

  it('is the same document when the same request comes again, and another request is refused under its key', async () => {
    const body = await office.draftInput();
    const ask = { as: officer, body, key: 'the-same-key-for-both' };
    const [first, second] = [
      await office.test.ask('/outgoing-documents', ask),
      await office.test.ask('/outgoing-documents', ask),
    ];
    expect(await second.text()).toBe(await first.text());
    expect(second.status).toBe(201);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect((await office.refusal('/outgoing-documents', { ...ask, body: { ...body, subject: 'Khác' } }))[0]).toBe(422);
  });
});

describe('the checks', () => {
  it('NĐ30-A12-1: content is checked by the head of the lead unit', async () => {
    const { documentId } = await office.draft();
    await office.act(documentId, 'submissions', officer);
    const passed = { outcome: 'passed' };
    expect(await refusedAct(documentId, 'content-checks', otherHead, passed)).toEqual([
      404,
      'documents.outgoing-missing',
    ]);
    expect((await refusedAct(documentId, 'content-checks', officer, passed))[0]).toBe(403);
    expect(await refusedAct(documentId, 'layout-checks', checker, passed)).toEqual([404, 'documents.outgoing-missing']);
    await office.act(documentId, 'content-checks', unitHead, passed);
    expect((await detail(documentId)).reviews).toMatchObject([
      { check: 'content', outcome: 'passed', draftVersion: 1 },
    ]);
  });

  it('NĐ30-A12-2: layout is checked after it, as an act of its own by the person in charge of form', async () => {
    const { documentId } = await office.draft();
    await office.act(documentId, 'submissions', officer);
    await office.act(documentId, 'content-checks', unitHead, { outcome: 'passed' });
    expect((await refusedAct(documentId, 'layout-checks', unitHead, { outcome: 'passed' }))[0]).toBe(403);
    expect((await refusedAct(documentId, 'content-checks', unitHead, { outcome: 'passed' }))[0]).toBe(409);
    await office.passLayout(documentId);
    const [, checked] = (await office.test.published(OutgoingDocumentChecked)).filter(
      ({ data }) => data.documentId === documentId,
    );
    expect(checked?.data).toMatchObject({
      check: 'layout',
      outcome: 'passed',
      draftVersion: 1,
      signerTitle: 'GIÁM ĐỐC',
    });
  });

  it.each([
    ['unit review', unitHead, 'content-checks', 0],
    ['layout check', checker, 'layout-checks', 1],
    ['the signer', leader, 'content-checks', 2],
  ] as const)('NĐ30-A10-4: %s returns a draft with a comment, never without', async (_step, who, act, passed) => {
    const { documentId } = await office.draft();
    await office.act(documentId, 'submissions', officer);
    if (passed > 0) await office.act(documentId, 'content-checks', unitHead, { outcome: 'passed' });
    if (passed > 1) await office.passLayout(documentId);
    expect(await refusedAct(documentId, act, who, { outcome: 'returned' })).toEqual([
      422,
      'documents.return-needs-comment',
    ]);
    const comment = 'Bổ sung căn cứ pháp lý.';
    const returned = await office.act(documentId, act, who, { outcome: 'returned', comment });
    expect(returned.state).toBe('drafting');
    expect((await detail(documentId)).reviews.at(-1)).toMatchObject({ outcome: 'returned', comment });
    await revise(returned);
    expect((await office.act(documentId, 'submissions', officer)).state).toBe('unit_review');
  });

  it('NĐ30-A11-2: an edit after approval resets it: both checks and the signer decide on the new version', async () => {
    const approved = await office.checked();
    const { documentId } = approved;
    expect((await revise(approved)).state).toBe('awaiting_signature');
    expect(await office.test.published(OutgoingDocumentRevised)).toContainEqual(
      expect.objectContaining({ data: expect.objectContaining({ documentId, draftVersion: 2 }) }),
    );
    await office.sign(documentId, 'personal');
    expect((await detail(documentId)).state).toBe('awaiting_signature');
    expect(await refusedAct(documentId, 'layout-checks', checker, { outcome: 'passed' })).toEqual([
      409,
      'documents.content-not-checked',
    ]);
    await office.act(documentId, 'content-checks', unitHead, { outcome: 'passed' });
    await office.passLayout(documentId);
    await office.sign(documentId, 'personal', { draftVersion: 1 });
    expect((await detail(documentId)).state).toBe('awaiting_signature');
    await office.sign(documentId, 'personal', { draftVersion: 2 });
    expect((await detail(documentId)).state).toBe('signed');
  });

  it('NĐ30-A11-2: an edit after the signature asks for another one', async () => {
    const signed = await office.signed();
    const again = await revise(signed);
    expect(again).toMatchObject({ state: 'awaiting_signature', signedAt: null });
    expect(await refusedAct(signed.documentId, 'registrations', clerk)).toEqual([404, 'documents.outgoing-missing']);
  });
});

describe('the layout report', () => {
  const reports = (documentId: string) => `/outgoing-documents/${documentId}/layout-reports`;
  const subject = 'Ban hành Quy chế quản lý, sử dụng hệ thống';
  const draw = (placeOfIssue: string): Promise<Uint8Array> =>
    Promise.resolve(
      drawDocument({
        form: 'decision',
        issuingAgency: 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
        placeOfIssue,
        symbol: 'QĐ-STTTT',
        kindName: 'QUYẾT ĐỊNH',
        subject,
        decider: 'GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
        legalBases: ['Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư'],
        body: [{ block: 'article', number: 1, text: 'Ban hành Quy chế.' }],
        authorityLines: ['GIÁM ĐỐC'],
        signerName: leader.fullName,
        recipients: ['Như Điều 1'],
        fileCopy: 'VT, CNTT',
        createdAt: new Date(),
      }),
    );
  const drafted = async (bytes: Uint8Array): Promise<string> => {
    const { fileId } = await office.test.json<{ fileId: string }>('/files?name=quyet-dinh.pdf', {
      as: officer,
      method: 'POST',
      bytes,
      headers: { 'content-type': 'application/pdf' },
    });
    return toLayoutCheck({ subject, mainFileId: fileId });
  };
  /** A draft that the person in charge of form has to check. */
  const toLayoutCheck = async (changes: Record<string, unknown> = {}): Promise<string> => {
    const { documentId } = await office.draft(changes);
    await office.act(documentId, 'submissions', officer);
    await office.act(documentId, 'content-checks', unitHead, { outcome: 'passed' });
    return documentId;
  };
  interface Report {
    readonly reportId: string;
    readonly state: string;
    readonly failure: string | null;
    readonly pageCount: number | null;
    readonly draftVersion: number;
    readonly job: { readonly done: number | null; readonly total: number | null; readonly unit: string } | null;
    readonly findings: readonly { code: string | null; ruleId: string; severity: string; message: string }[] | null;
  }
  const request = (documentId: string): Promise<Report> =>
    office.test.json(reports(documentId), { as: checker, body: {}, status: 202 });
  const ended = (documentId: string, reportId: string): Promise<Report> =>
    until('the report is over', async () => {
      const report = await office.test.json<Report>(`${reports(documentId)}/${reportId}`, { as: checker });
      return ['waiting', 'running'].includes(report.state) ? undefined : report;
    });

  it('NĐ30-A12-2: tells the person in charge of form what the program finds', async () => {
    const errors = async (placeOfIssue: string): Promise<string[]> => {
      const documentId = await drafted(await draw(placeOfIssue));
      const { state, findings, pageCount } = await ended(documentId, (await request(documentId)).reportId);
      expect([state, pageCount]).toEqual(['done', 1]);
      return (findings ?? []).filter(({ severity }) => severity === 'error').map(({ ruleId }) => ruleId);
    };
    expect(await errors('Quảng Bình')).toEqual([]);
    expect(await errors('Hà Nội')).toContain('NĐ30-PL1-II.4');
  });

  it('NĐ30-A12-2 F-53: says what it found in the language asked for, and as it was kept before there were codes', async () => {
    const documentId = await drafted(await draw('Hà Nội'));
    const { reportId } = await ended(documentId, (await request(documentId)).reportId);
    const said = async (language: string, id = reportId): Promise<Report['findings']> => {
      const headers = { 'accept-language': language };
      return (await office.test.json<Report>(`${reports(documentId)}/${id}`, { as: checker, headers })).findings;
    };
    const found = { code: 'part-missing', ruleId: 'NĐ30-PL1-II.4', severity: 'error', page: 1 };
    expect(await said('en')).toContainEqual({ ...found, message: 'Place and date of issue: not found.' });
    expect(await said('vi')).toContainEqual({ ...found, message: 'Địa danh và thời gian ban hành: không tìm thấy.' });
    const { code, ...earlier } = { ...found, message: 'Thiếu địa danh và thời gian ban hành.' };
    expect(code).toBe('part-missing');
    const older = { id: newId(), findings: [earlier] };
    await office.test.admin.query(
      `INSERT INTO layout_report
       SELECT (jsonb_populate_record(report, $2)).* FROM layout_report report WHERE id = $1`,
      [reportId, JSON.stringify(older)],
    );
    expect(await said('en', older.id)).toEqual([{ ...earlier, code: null }]);
  });

  it('F-27 so many at once: one person has four under way, the next is told to wait', async () => {
    const bytes = await draw('Quảng Bình');
    const documents = await Promise.all(Array.from({ length: 6 }, () => drafted(bytes)));
    const asked = await whileNoJobBegins(office.test.admin, async () => {
      const answers = await Promise.all(
        documents.map(async (documentId) => {
          const answer = await office.test.ask(reports(documentId), { as: checker, body: {} });
          const { reportId, code } = (await answer.json()) as { reportId?: string; code?: string };
          return { documentId, status: answer.status, reportId, code };
        }),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 202, 202, 202, 429, 429]);
      expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([undefined, 'jobs.too-many']));
      return answers;
    });
    for (const { documentId, reportId } of asked)
      if (reportId) expect((await ended(documentId, reportId)).state).toBe('done');
    const [again] = asked.filter(({ status }) => status === 429).map(({ documentId }) => documentId);
    if (again) await ended(again, (await request(again)).reportId);
  });

  it('F-27 one version has one report, whoever asks and however often; a revision has its own', async () => {
    const bytes = await draw('Quảng Bình');
    const documentId = await drafted(bytes);
    const jobs = async (): Promise<number> => {
      const { rows } = await office.test.admin.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM platform.job JOIN layout_report r ON r.job_id = job.id WHERE r.document_id = $1`,
        [documentId],
      );
      return rows[0]?.count ?? 0;
    };
    const reportId = await whileNoJobBegins(office.test.admin, async () => {
      const ask = (as: typeof officer) => office.test.json<Report>(reports(documentId), { as, body: {}, status: 202 });
      const asked = await Promise.all([ask(checker), ask(checker), ask(officer), ask(unitHead)]);
      expect([new Set(asked.map((one) => one.reportId)).size, await jobs()]).toEqual([1, 1]);
      return asked[0]?.reportId ?? '';
    });
    expect(await ended(documentId, reportId)).toMatchObject({ state: 'done' });
    expect(await request(documentId)).toMatchObject({ reportId, state: 'done', draftVersion: 1, pageCount: 1 });
    expect(await jobs()).toBe(1);
    const returned = await office.act(documentId, 'layout-checks', checker, {
      outcome: 'returned',
      comment: 'Sửa lại',
    });
    await revise(returned, { subject, mainFileId: await office.upload() });
    const second = await office.test.json<Report>(reports(documentId), { as: officer, body: {}, status: 202 });
    expect([second.reportId === reportId, second.draftVersion, await jobs()]).toEqual([false, 2, 2]);
    await until(
      'it is over',
      async () =>
        (await office.test.json<Report>(`${reports(documentId)}/${second.reportId}`, { as: officer })).state ===
          'done' || undefined,
    );
  });

  it('F-27 says how many pages are read, and in the end that all are', async () => {
    const documentId = await drafted(await draw('Quảng Bình'));
    const { job } = await ended(documentId, (await request(documentId)).reportId);
    expect(job).toMatchObject({ state: 'done', done: 1, total: 1, unit: 'pages' });
  });

  it('NĐ30-A12-2: the layout is approved on a finished report of this very version, with a reason for what it found', async () => {
    const documentId = await drafted(await draw('Hà Nội'));
    const approve = (comment?: string) =>
      refusedAct(documentId, 'layout-checks', checker, { outcome: 'passed', ...(comment && { comment }) });
    const unreported = [409, 'documents.layout-not-reported'];
    expect(await approve('Đã xem kỹ')).toEqual(unreported);
    const { reportId, draftVersion } = await whileNoJobBegins(office.test.admin, async () => {
      const asked = await request(documentId);
      expect(await approve('Đã xem kỹ')).toEqual(unreported);
      return asked;
    });
    expect((await ended(documentId, reportId)).findings).not.toEqual([]);
    expect(await approve()).toEqual([422, 'documents.layout-findings-unanswered']);
    const comment = 'Nơi ban hành theo trụ sở đại diện';
    const passed = await office.act(documentId, 'layout-checks', checker, { outcome: 'passed', comment });
    expect([passed.state, draftVersion]).toEqual(['awaiting_signature', 1]);
    expect((await detail(documentId)).reviews.at(-1)).toMatchObject({ check: 'layout', outcome: 'passed', comment });

    // Of the version before it shows nothing.
    await revise(passed, { subject, mainFileId: await office.upload() });
    await office.act(documentId, 'content-checks', unitHead, { outcome: 'passed' });
    expect(await approve('Đã xem kỹ')).toEqual(unreported);
  });

  it('F-27 is stopped by who asked for it, by no colleague who sees the document, and not when it is over', async () => {
    const documentId = await drafted(await draw('Quảng Bình'));
    const reportId = await whileNoJobBegins(office.test.admin, async () => {
      const asked = await request(documentId);
      expect(asked).toMatchObject({ state: 'waiting', job: { state: 'waiting', attempts: 0 }, findings: null });
      const path = `${reports(documentId)}/${asked.reportId}/cancellations`;
      expect(await office.refusal(path, { as: officer, body: {} })).toEqual([403, 'jobs.not-yours']);
      const stopped = await office.test.json<Report>(path, { as: checker, body: {}, status: 201 });
      expect(stopped).toMatchObject({ state: 'cancelled', job: { state: 'cancelled' } });
      expect(await office.refusal(path, { as: checker, body: {} })).toEqual([409, 'jobs.over']);
      return asked.reportId;
    });
    expect(await ended(documentId, reportId)).toMatchObject({ state: 'cancelled', findings: null });
  });

  it('NĐ30-A12-2: says that a file cannot be read, and tells who asked', async () => {
    const documentId = await toLayoutCheck();
    const bare = await office.uploadedEarlier(Buffer.from(BARE_PDF), 'trong.pdf');
    await office.test.admin.query(
      `UPDATE outgoing_document SET files = jsonb_set(jsonb_set(files, '{0,objectKey}', to_jsonb(f.object_key)), '{0,sha256}', to_jsonb(f.sha256))
       FROM file f WHERE f.id = $2 AND outgoing_document.id = $1`,
      [documentId, bare],
    );
    const { reportId } = await request(documentId);
    expect(await ended(documentId, reportId)).toMatchObject({
      state: 'failed',
      failure: 'file-unreadable',
      findings: null,
    });
    const told = await until('the notification', async () =>
      (await office.test.published(DocumentsNotificationRequested)).find(({ data }) => data.aboutId === documentId),
    );
    expect(told.data).toMatchObject({ kind: 'job-failed', userId: checker.userId });
    const body = { outcome: 'passed', comment: 'Đã xem kỹ' };
    expect(await refusedAct(documentId, 'layout-checks', checker, body)).toEqual([
      409,
      'documents.layout-not-reported',
    ]);
  });
});

describe('signatures', () => {
  it('NĐ30-A11-1: count when they are of the signer whom the draft names', async () => {
    const { documentId } = await office.checked();
    await office.sign(documentId, 'personal', { signerUserId: otherHead.userId });
    expect((await detail(documentId)).state).toBe('awaiting_signature');
    const { rows } = await office.test.admin.query<{ entry: string }>(
      `SELECT entry FROM platform.audit WHERE entry LIKE '%signature-ignored%' AND entry LIKE $1`,
      [`%${documentId}%`],
    );
    expect(rows.map(({ entry }) => entry).join()).toContain('not_the_signer');
  });

  it('NĐ30-A11-1: a draft names a signer whose post signs', async () => {
    const body = await office.draftInput({ signerPostId: otherHead.postId });
    expect(await office.refusal('/outgoing-documents', { as: officer, body })).toEqual([
      403,
      'documents.signer-not-competent',
    ]);
  });

  it('NĐ30-A14-1: the agency signs after the number, never before', async () => {
    const { documentId } = await office.signed();
    await office.sign(documentId, 'agency');
    expect((await detail(documentId)).state).toBe('signed');
  });

  it('replace the files by the signed ones, once, however often they are reported', async () => {
    const { documentId } = await office.checked();
    const files = await office.sign(documentId, 'personal');
    const before = await detail(documentId);
    expect(before.files.map(({ fileId }) => fileId)).toEqual(files.map(({ fileId }) => fileId));
    await office.sign(documentId, 'personal');
    expect((await detail(documentId)).files).toEqual(before.files);
  });

  it.each([
    ['normal', 24 * 60],
    ['urgent', 60],
    ['flash', 15],
  ])('EX-ISSUE-1: a %s document has its deadline from the moment of signing', async (urgency, minutes) => {
    const { documentId } = await office.checked({ urgency });
    const signedAt = new Date(Date.now() - 5 * 24 * 60 * 60 * 1000).toISOString();
    await office.sign(documentId, 'personal', { signedAt });
    await office.act(documentId, 'registrations', clerk);
    await office.sign(documentId, 'agency');
    const late = (await office.act(documentId, 'issues', clerk)) as Detail;
    expect(late.issuedLate).toBe(true);
    const given = (Date.parse(late.issueDueAt ?? '') - Date.parse(signedAt)) / 60_000;
    if (urgency === 'normal') expect(given).toBeGreaterThan(0);
    else expect(given).toBe(minutes);
  });
});

describe('what is refused', () => {
  it.each([
    ['a subject with a mark', { subject: 'TUYỆT MẬT: Kế hoạch phòng thủ' }, 'documents.state-secret-refused'],
    ['no recipient', { recipients: [] }, 'http.input-invalid'],
    ['a recipient without a name', { recipients: [{}] }, 'documents.recipients-invalid'],
    ['the agency itself', { recipients: [{ agencyId: SENDER }] }, 'documents.recipients-invalid'],
    [
      'the same recipient twice',
      { recipients: [{ agencyId: RECIPIENT }, { agencyId: RECIPIENT }] },
      'documents.recipients-invalid',
    ],
    ['a closed agency', { recipients: [{ agencyId: idFrom('agency:H46.99') }] }, 'documents.recipients-invalid'],
    ['an unknown agency', { recipients: [{ agencyId: newId() }] }, 'directory.agency-unknown'],
    ['an unknown post', { signerPostId: newId() }, 'directory.post-unknown'],
    ['an unknown unit', { leadUnitId: newId() }, 'directory.unit-unknown'],
    ['an unknown file', { mainFileId: newId() }, 'documents.file-missing'],
    ['an unknown kind', { documentType: 'poem' }, 'http.input-invalid'],
    ['no word on secrecy', { notSecret: undefined }, 'http.input-invalid'],
    ['a secret', { notSecret: false }, 'http.input-invalid'],
    ['a subject too long', { subject: 'x'.repeat(501) }, 'http.input-invalid'],
    ['an unknown field', { colour: 'red' }, 'http.input-invalid'],
    [
      'a recipient whose name the exchange does not take',
      { recipients: [{ agencyId: RECIPIENT }, { name: 'x'.repeat(151) }] },
      'documents.not-exchangeable',
    ],
    [
      'F-20 a subject with isolates',
      { subject: 'Về việc \u2068Nguyễn Văn A\u2069 báo cáo kết quả' },
      'http.input-invalid',
    ],
    [
      'F-20 a recipient whose name looks like a mark of secrecy',
      { recipients: [{ agencyId: RECIPIENT, name: '(MẬT) Sở Nội vụ' }] },
      'documents.not-exchangeable',
    ],
    ['F-20 a subject that stands for none', { subject: 'N/A' }, 'documents.not-exchangeable'],
    ['a normative document of a department', { isNormative: true }, 'documents.normative-not-issuable'],
  ])('EX-SEC-1, QĐ28-A8-2 and the rest: %s', async (_case, changes, code) => {
    const body = await office.draftInput(changes);
    const before = await office.test.admin.query('SELECT count(*) FROM outgoing_document');
    expect((await office.refusal('/outgoing-documents', { as: officer, body }))[1]).toBe(code);
    expect((await office.test.admin.query('SELECT count(*) FROM outgoing_document')).rows).toEqual(before.rows);
  });

  it('EX-SEC-1: a file with a mark in its name', async () => {
    const secret = await office.upload(officer, 'Kế hoạch (MẬT).pdf');
    const body = await office.draftInput({ mainFileId: secret });
    expect((await office.refusal('/outgoing-documents', { as: officer, body }))[1]).toBe(
      'documents.state-secret-refused',
    );
  });

  it('QĐ28-A6-6: a main file that is no PDF', async () => {
    const { fileId } = await office.test.json<{ fileId: string }>('/files?name=a.txt', {
      as: officer,
      method: 'POST',
      bytes: Buffer.from('chữ'),
      headers: { 'content-type': 'text/plain' },
    });
    const body = await office.draftInput({ mainFileId: fileId });
    expect((await office.refusal('/outgoing-documents', { as: officer, body }))[1]).toBe('documents.file-not-allowed');
    await office.draft({ attachmentFileIds: [fileId] });
  });

  it('a file named twice', async () => {
    const mainFileId = await office.upload();
    const body = await office.draftInput({ mainFileId, attachmentFileIds: [mainFileId] });
    expect((await office.refusal('/outgoing-documents', { as: officer, body }))[1]).toBe('http.input-invalid');
  });
});

describe('who sees a document', () => {
  it('SEC-Z02: those who take part and the head of its unit; the person in charge of form and the clerks from their task on; nobody else', async () => {
    const { documentId } = await office.draft();
    const path = `/outgoing-documents/${documentId}`;
    for (const as of [officer, unitHead]) expect((await office.test.ask(path, { as })).status).toBe(200);
    for (const as of [otherOfficer, otherHead, leader, checker, clerk])
      expect((await office.test.ask(path, { as })).status).toBe(404);
    const listed = async (as: typeof officer): Promise<string[]> =>
      (await office.test.json<{ items: Outgoing[] }>('/outgoing-documents?limit=100', { as })).items.map(
        (item) => item.documentId,
      );
    expect(await listed(officer)).toContain(documentId);
    expect(await listed(clerk)).not.toContain(documentId);
    expect(await listed(otherOfficer)).toEqual([]);
    await office.act(documentId, 'submissions', officer);
    await office.act(documentId, 'content-checks', unitHead, { outcome: 'passed' });
    expect(await listed(checker)).toContain(documentId);
    await office.passLayout(documentId);
    expect(await listed(leader)).toContain(documentId);
    expect(await listed(clerk)).not.toContain(documentId);
    await office.sign(documentId, 'personal');
    expect(await listed(clerk)).toContain(documentId);
  });

  it('offers everybody the acts that are his now', async () => {
    const { documentId } = await office.draft();
    expect((await office.outgoing(documentId, officer)).allowedActs).toEqual(['revise', 'cancel', 'submit']);
    expect((await office.outgoing(documentId, unitHead)).allowedActs).toEqual([]);
  });

  it('CHR-05: finds by words with and without marks, by state and by year, page by page', async () => {
    const word = `Đường Nguyễn ${newId().slice(-6)}`;
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1)
      made.push((await office.draft({ subject: `Quyết định số ${n} về ${word}` })).documentId);
    const find = (query: string, more = '') =>
      office.test.json<{ items: Outgoing[]; nextCursor: string | null }>(
        `/outgoing-documents?query=${encodeURIComponent(query)}${more}`,
        { as: officer },
      );
    for (const query of [
      word,
      word.toUpperCase(),
      word.normalize('NFD'),
      word.replace('Đường Nguyễn', 'duong nguyen'),
    ]) {
      expect((await find(query)).items).toHaveLength(5);
    }
    expect((await find('100%_không\\có')).items).toEqual([]);
    expect((await find(word, '&state=issued')).items).toEqual([]);
    expect((await find(word, '&year=2020')).items).toEqual([]);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: Outgoing[]; nextCursor: string | null } = await find(
        word,
        `&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...page.items.map(({ documentId }) => documentId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(made.toReversed());
    const { nextCursor } = await find(word, '&limit=2');
    expect((await office.refusal(`/outgoing-documents?cursor=${nextCursor}`, { as: officer }))[0]).toBe(400);
  });

  it('F-52 takes signs for themselves and numbers as whole ones, words in any order, and tells how many there are', async () => {
    const tag = `x${newId().slice(-6)}x`;
    const subjects = [`Sửa đổi Quyết định 12/QĐ-${tag}`, `Bãi bỏ Quyết định 02/QĐ-${tag}`, `Đạt 100%_kế hoạch ${tag}`];
    for (const subject of subjects) await office.draft({ subject });
    const find = async (query: string, more = ''): Promise<[string[], unknown]> => {
      const { items, total } = await office.test.json<{ items: { subject: string }[]; total: unknown }>(
        `/outgoing-documents?query=${encodeURIComponent(query)}${more}`,
        { as: officer },
      );
      return [items.map(({ subject }) => subject), total];
    };
    const exactly = (value: number) => ({ value, more: false });
    expect(await find(tag)).toEqual([subjects.toReversed(), exactly(3)]);
    expect(await find(tag, '&limit=1')).toEqual([[subjects[2]], exactly(3)]);
    expect(await find(`2/QĐ-${tag}`)).toEqual([[subjects[1]], exactly(1)]);
    expect(await find(`${tag} quyet sua`)).toEqual([[subjects[0]], exactly(1)]);
    expect(await find(`100%_ke ${tag}`)).toEqual([[subjects[2]], exactly(1)]);
    for (const query of [`10%ke ${tag}`, `${tag.slice(0, -1)}_`, `.* ${tag}z`, `100 ${tag} quyet`]) {
      expect(await find(query)).toEqual([[], exactly(0)]);
    }
    for (const blank of ['', '%20%20', '%C2%A0']) {
      const answer = await office.test.ask(`/outgoing-documents?query=${blank}`, { as: officer });
      const { errors } = (await answer.json()) as { errors: unknown };
      expect([answer.status, errors]).toEqual([
        400,
        [{ pointer: '/query/query', code: 'rule-broken', detail: 'Hãy nhập ít nhất một từ để tìm.' }],
      ]);
    }
  });
});

describe('after the issue', () => {
  it('NĐ30-PL6-F1k: shows what each recipient reports', async () => {
    const { documentId } = await office.draft();
    const report = (status: '01' | '02' | '03', version: number, at: string, reason?: string) =>
      office.test.deliver(DeliveryStatusChanged, SENDER, {
        deliveryId: idFrom(`delivery:${documentId}`),
        documentId,
        packageId: newId(),
        recipientId: newId(),
        recipientCode: 'H46.03',
        recipientName: 'Sở Nội vụ',
        status,
        version,
        at,
        ...(reason ? { reason } : {}),
      });
    await report('01', 2, '2026-11-23T08:00:00+07:00');
    await report('03', 3, '2026-11-23T09:00:00+07:00');
    await report('01', 2, '2026-11-23T08:00:00+07:00');
    expect((await detail(documentId)).deliveries).toMatchObject([{ recipientCode: 'H46.03', status: '03' }]);
  });
});

describe('a document that goes no further', () => {
  it('is given up by its drafter, with a reason, before anybody numbers it', async () => {
    const { documentId } = await office.draft();
    const reason = 'Trùng nội dung.';
    expect((await refusedAct(documentId, 'cancellations', clerk, { reason }))[1]).toBe('documents.outgoing-missing');
    expect((await refusedAct(documentId, 'cancellations', unitHead, { reason }))[1]).toBe('documents.act-not-yours');
    expect((await refusedAct(documentId, 'cancellations', officer, {}))[1]).toBe('http.input-invalid');
    expect((await office.act(documentId, 'cancellations', officer, { reason })).state).toBe('cancelled');
    expect((await detail(documentId)).cancellation).toMatchObject({ reason });
    const cancelled = await office.test.published(OutgoingDocumentCancelled);
    expect(cancelled.map(({ data }) => data.documentId)).toContain(documentId);
    expect((await refusedAct(documentId, 'submissions', officer))[0]).toBe(409);
  });
});
