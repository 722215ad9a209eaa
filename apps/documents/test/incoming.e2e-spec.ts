import {
  HandlingCompleted,
  HandlingStarted,
  IncomingDocumentAccepted,
  IncomingDocumentArrived,
  IncomingDocumentRefused,
  InstructionIssued,
  ValidationCompleted,
} from '@qlvb/contracts';
import { newId } from '@qlvb/shared-domain';
import { vietnamDate } from '@qlvb/vietnam';
import {
  fileRef,
  Office,
  RECIPIENT,
  recipientClerk,
  recipientLeader,
  recipientOfficer,
  recipientStranger,
} from './office.ts';
import type { Colleague } from './office.ts';

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(() => office.test.stop());

const of = <E extends { data: { documentId: string } }>(events: readonly E[], documentId: string): E[] =>
  events.filter(({ data }) => data.documentId === documentId);
const person = ({ userId, postId, fullName, title }: Colleague) => ({ userId, postId, fullName, position: title });
const refused = (documentId: string, act: 'acceptances' | 'refusals', body: unknown, as = recipientClerk) =>
  office.refusal(`/incoming-documents/${documentId}/${act}`, { as, body });

const instruct = (documentId: string, id?: string) =>
  office.test.deliver(
    InstructionIssued,
    RECIPIENT,
    {
      documentId,
      packageId: newId(),
      instructionId: newId(),
      text: 'Giao tham mưu.',
      lead: person(recipientOfficer),
      coHandlers: [],
      deadline: '2026-12-01T23:59:59+07:00',
      issuedBy: person(recipientLeader),
      issuedAt: new Date().toISOString(),
    },
    id,
  );
const work = { packageId: newId(), taskId: newId(), by: person(recipientOfficer) };
const start = (documentId: string) =>
  office.test.deliver(HandlingStarted, RECIPIENT, { ...work, documentId, startedAt: new Date().toISOString() });
const complete = (documentId: string) =>
  office.test.deliver(HandlingCompleted, RECIPIENT, {
    ...work,
    documentId,
    result: 'Đã ban hành kế hoạch.',
    completedAt: new Date().toISOString(),
    onTime: true,
  });

describe('an arrived document', () => {
  it('NĐ30-A21-1: is verified before anybody accepts it', async () => {
    const id = await office.arrive();
    expect(await office.incoming(id)).toMatchObject({ state: 'arrived', verification: null, legalValue: null });
    expect(of(await office.test.published(IncomingDocumentArrived), id)).toHaveLength(1);
    expect(await refused(id, 'acceptances', {})).toEqual([409, 'documents.not-verified-yet']);
    await office.validate(id);
    expect(await office.incoming(id)).toMatchObject({
      verification: { complete: true, intact: true, authentic: true, falsified: false, grounds: [] },
      legalValue: 'binding',
      allowedActs: ['accept', 'reject'],
    });
  });

  it('is one document, however often its package comes', async () => {
    const packageId = newId();
    const id = await office.arrive({ packageId });
    expect(await office.arrive({ packageId, subject: 'Bản gửi lại' })).toBe(id);
    expect(await office.incoming(id)).toMatchObject({ subject: 'Ban hành Quy chế quản lý, sử dụng hệ thống' });
    expect(of(await office.test.published(IncomingDocumentArrived), id)).toHaveLength(1);
  });

  it('is applied once when the very same event is delivered again', async () => {
    const id = await office.verified();
    const event = newId();
    await office.decide(id, 'acceptances');
    await instruct(id, event);
    const { rows: before } = await office.test.admin.query('SELECT version FROM incoming_document WHERE id = $1', [id]);
    await instruct(id, event);
    const { rows: after } = await office.test.admin.query('SELECT version FROM incoming_document WHERE id = $1', [id]);
    expect(after).toEqual(before);
  });

  it.each([
    [
      'no signature',
      { legalEffect: 'none', authentic: false, integrity: 'unsigned' },
      true,
      'reference',
      ['NOT_AUTHENTIC'],
    ],
    ['the person’s signature only', { legalEffect: 'person_only' }, true, 'reference', ['NOT_AUTHENTIC']],
    ['F-03 bytes that nobody could check', { integrity: 'unknown' }, true, 'reference', ['NOT_AUTHENTIC']],
    ['F-04 VN-05 the certificate of another person', { signerName: 'Trần B' }, true, 'reference', ['NOT_AUTHENTIC']],
    ['F-04 VN-05 a namesake’s certificate', { signerIdentity: 'another' }, true, 'reference', ['NOT_AUTHENTIC']],
    ['F-04 VN-05 one of nobody known', { signerIdentity: 'unproven' }, true, 'reference', ['NOT_AUTHENTIC']],
    ['F-02 a seal that completes nothing', { legalEffect: 'person_only' }, true, 'reference', ['NOT_AUTHENTIC']],
    ['VN-05 a seal of another agency', { agencyCodes: ['H46.77'] as string[] }, true, 'reference', ['NOT_AUTHENTIC']],
    ['signatures that cannot be proved', { authentic: false }, true, 'reference', ['NOT_AUTHENTIC']],
    [
      'a change after signing',
      { authentic: false, intact: false },
      false,
      'reference',
      ['NOT_AUTHENTIC', 'NOT_INTACT'],
    ],
  ] as const)(
    'QĐ28-A9-1, QĐ28-A4-2: with %s it is for reference or goes back',
    async (_case, result, tolerable, legalValue, grounds) => {
      const id = await office.arrive();
      await office.validate(id, result);
      const allowedActs = tolerable ? ['accept', 'reject'] : ['reject'];
      expect(await office.incoming(id)).toMatchObject({ legalValue, verification: { grounds }, allowedActs });
      expect(await refused(id, 'acceptances', {})).toEqual([409, 'documents.not-acceptable']);
      if (tolerable) {
        expect(await office.decide(id, 'acceptances', { asReference: true })).toMatchObject({ legalValue });
      } else {
        expect(await refused(id, 'acceptances', { asReference: true })).toEqual([409, 'documents.not-acceptable']);
      }
    },
  );

  it('VN-01, QĐ28-A9-1: the seal of another agency says nothing of the sender, whose own it is by any code', async () => {
    const id = await office.arrive();
    await office.validate(id, { personal: 'valid', agency: 'valid', agencyCodes: ['H46.77'] });
    expect(await office.incoming(id)).toMatchObject({
      legalValue: 'reference',
      verification: { authentic: false, falsified: false, grounds: ['NOT_AUTHENTIC'] },
    });
    const other = await office.arrive();
    await office.validate(other, { personal: 'valid', agency: 'valid', agencyCodes: ['000.00.05.H46'] });
    expect(await office.incoming(other)).toMatchObject({ legalValue: 'binding' });
  });

  it('QĐ28-A9-1: without its main file it is incomplete and goes back', async () => {
    const id = await office.arrive({ files: [fileRef('attachment')] });
    await office.test.deliver(ValidationCompleted, RECIPIENT, {
      documentId: id,
      validationId: newId(),
      validatedAt: new Date().toISOString(),
      files: [],
    });
    expect(await refused(id, 'acceptances', { asReference: true })).toEqual([409, 'documents.not-acceptable']);
    expect(await office.decide(id, 'refusals', { reasonCode: 'INCOMPLETE', reason: 'Thiếu' })).toMatchObject({
      state: 'rejected',
    });
  });

  it('EX-SEC-1: with a mark of state secret is turned away by itself, and nothing it says is kept', async () => {
    const id = await office.arrive({ subject: 'TUYỆT MẬT: Kế hoạch Q7', files: [{ ...fileRef(), name: 'Q7.pdf' }] });
    expect(await office.incoming(id)).toMatchObject({
      state: 'rejected',
      files: [],
      refusal: { reasonCode: 'STATE_SECRET' },
    });
    const [event] = of(await office.test.published(IncomingDocumentRefused), id);
    expect(event?.data).toMatchObject({ reasonCode: 'STATE_SECRET', refusedBy: { fullName: 'Hệ thống' } });
    expect(of(await office.test.published(IncomingDocumentArrived), id)).toEqual([]);
    const { rows } = await office.test.admin.query<{ stored: string }>(
      `SELECT (SELECT string_agg(i::text, '') FROM incoming_document i) || (SELECT string_agg(f::text, '') FROM file f)
         || (SELECT string_agg(event, '') FROM platform.outbox) || (SELECT string_agg(entry, '') FROM platform.audit) AS stored`,
    );
    expect(rows[0]?.stored).not.toContain('Q7');
  });
});

describe('acceptance', () => {
  it('NĐ30-A22-1, NĐ30-A22-2: registers with the next arrival number and says until when to present', async () => {
    const id = await office.verified({ urgency: 'urgent' });
    const accepted = await office.decide(id, 'acceptances');
    expect(accepted).toMatchObject({
      state: 'accepted',
      arrivedOn: vietnamDate(new Date()),
      acceptedBy: { fullName: recipientClerk.fullName },
    });
    const [event] = of(await office.test.published(IncomingDocumentAccepted), id);
    expect(event?.data).toMatchObject({ arrivalNumber: accepted.arrivalNumber, legalValue: 'binding' });
    expect(Date.parse(event?.data.presentBy ?? '')).toBeLessThan(Date.now() + 61 * 60_000);
    const next = await office.decide(await office.verified(), 'acceptances');
    expect(next.arrivalNumber).toBe((accepted.arrivalNumber ?? 0) + 1);
    expect(await refused(id, 'acceptances', {})).toEqual([409, 'documents.incoming-act-not-allowed']);
    expect(await refused(id, 'refusals', { reasonCode: 'OTHER', reason: 'Không thuộc thẩm quyền' })).toEqual([
      409,
      'documents.incoming-act-not-allowed',
    ]);
  });

  it('is answered the same when asked again under its key', async () => {
    const id = await office.verified();
    const ask = { as: recipientClerk, body: {}, key: `accept-${id}` };
    const path = `/incoming-documents/${id}/acceptances`;
    const answers = [await office.test.ask(path, ask), await office.test.ask(path, ask)];
    const [first, second] = await Promise.all(answers.map((answer) => answer.text()));
    expect(second).toBe(first);
    expect(of(await office.test.published(IncomingDocumentAccepted), id)).toHaveLength(1);
  });

  it('NĐ30-A4-1: belongs to clerks', async () => {
    const id = await office.verified();
    for (const as of [recipientLeader, recipientOfficer]) {
      expect((await refused(id, 'acceptances', {}, as))[0]).toBe(403);
      expect((await refused(id, 'refusals', { reasonCode: 'OTHER', reason: 'x' }, as))[0]).toBe(403);
    }
  });

  it.each([
    ['the sender’s document id', { senderDocumentId: 'H46.05,2026,777' }, { senderDocumentId: 'H46.05,2026,777' }],
    [
      'number, symbol and issuer, however written',
      { codeNumber: '077', codeNotation: 'QĐ-STTTT' },
      { codeNumber: '77', codeNotation: ' QĐ – STTTT', senderName: 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG' },
    ],
  ])('NĐ30-PL6-F1h: warns of a duplicate by %s; the clerk decides', async (_case, first, second) => {
    const { arrivalNumber } = await office.decide(await office.verified(first), 'acceptances');
    const id = await office.verified(second);
    expect(await office.incoming(id)).toMatchObject({ possibleDuplicates: [{ arrivalNumber }] });
    expect(await refused(id, 'acceptances', {})).toEqual([409, 'documents.duplicate-not-confirmed']);
    expect(await office.decide(id, 'acceptances', { notDuplicate: true })).toMatchObject({ state: 'accepted' });
  });

  it('NĐ30-PL6-F1h: of two that wait each names the other; the first is registered, the second asked about; a refused one is none', async () => {
    const same = { codeNumber: '78', codeNotation: 'QĐ-STTTT' };
    const [first, second] = [await office.verified(same), await office.verified(same)];
    const named = (documentId: string) => ({ possibleDuplicates: [{ documentId, arrivalNumber: null }] });
    expect(await office.incoming(first)).toMatchObject(named(second));
    expect(await office.incoming(second)).toMatchObject(named(first));
    const { arrivalNumber } = await office.decide(first, 'acceptances');
    expect(await office.incoming(second)).toMatchObject({
      possibleDuplicates: [{ documentId: first, arrivalNumber }],
    });
    expect(await refused(second, 'acceptances', {})).toEqual([409, 'documents.duplicate-not-confirmed']);
    await office.decide(second, 'refusals', { reasonCode: 'DUPLICATE', reason: 'Đã nhận và đăng ký trước đó.' });
    expect(await office.incoming(first)).toMatchObject({ possibleDuplicates: [] });
  });

  it('NĐ30-PL6-F1h: documents without id and number are nobody’s duplicates', async () => {
    const bare = { senderDocumentId: '', codeNumber: '', codeNotation: '' };
    await office.decide(await office.verified(bare), 'acceptances');
    const id = await office.verified(bare);
    expect(await office.incoming(id)).toMatchObject({ possibleDuplicates: [] });
    await office.decide(id, 'acceptances');
  });
});

describe('refusal', () => {
  it('NĐ30-A21-2, QĐ28-A5-4: goes to the sender with reason and the person who answers for it', async () => {
    const id = await office.verified();
    const body = { reasonCode: 'WRONG_RECIPIENT', reason: 'Nội dung không thuộc thẩm quyền giải quyết.' };
    expect(await office.decide(id, 'refusals', body)).toMatchObject({ state: 'rejected', arrivalNumber: null });
    const [event] = of(await office.test.published(IncomingDocumentRefused), id);
    expect(event).toMatchObject({
      agencyid: RECIPIENT,
      data: { ...body, refusedBy: { fullName: recipientClerk.fullName } },
    });
    expect((await refused(id, 'acceptances', {}))[0]).toBe(409);
  });

  it.each([
    ['a code that is not in the list', { reasonCode: 'BORING', reason: 'Không thích' }, 'http.input-invalid'],
    ['no reason', { reasonCode: 'OTHER' }, 'http.input-invalid'],
    [
      'F-20 a reason with a mark of secrecy',
      { reasonCode: 'OTHER', reason: '(MẬT) gửi nhầm kênh' },
      'documents.refusal-invalid',
    ],
    [
      'F-20 a reason longer than its report',
      { reasonCode: 'OTHER', reason: 'x'.repeat(501) },
      'documents.refusal-invalid',
    ],
    ['a judgement in one word', { reasonCode: 'OTHER', reason: 'Sai' }, 'documents.refusal-invalid'],
    [
      'a finding that nobody found, unexplained',
      { reasonCode: 'DUPLICATE', reason: 'Trùng' },
      'documents.refusal-invalid',
    ],
  ])('QĐ28-A5-4: refuses %s', async (_case, body, code) => {
    const id = await office.verified();
    expect((await refused(id, 'refusals', body))[1]).toBe(code);
    expect(await office.incoming(id)).toMatchObject({ state: 'arrived' });
  });
});

describe('the work on it', () => {
  it('NĐ30-A4-3: is followed from the leader’s instruction to its end', async () => {
    const id = await office.verified();
    await office.decide(id, 'acceptances');
    await instruct(id);
    expect(await office.incoming(id)).toMatchObject({
      state: 'assigned',
      handling: { lead: recipientOfficer.fullName },
    });
    await start(id);
    expect((await office.incoming(id)).state).toBe('in_progress');
    await complete(id);
    expect(await office.incoming(id)).toMatchObject({
      state: 'completed',
      handling: { result: 'Đã ban hành kế hoạch.' },
    });
  });

  it('EX-ST-2: never goes back, whatever comes late or again', async () => {
    const id = await office.verified();
    await office.decide(id, 'acceptances');
    await start(id);
    await instruct(id);
    expect((await office.incoming(id)).state).toBe('in_progress');
    await complete(id);
    await start(id);
    await instruct(id);
    expect((await office.incoming(id)).state).toBe('completed');
  });

  it('SEC-Z02: opens the document to those who were given it, and only to them', async () => {
    const id = await office.verified();
    await office.decide(id, 'acceptances');
    const sees = async (as: Colleague): Promise<boolean> => {
      const one = await office.test.ask(`/incoming-documents/${id}`, { as });
      const { items } = await office.test.json<{ items: { documentId: string }[] }>('/incoming-documents?limit=100', {
        as,
      });
      expect(items.some(({ documentId }) => documentId === id)).toBe(one.status === 200);
      return one.status === 200;
    };
    expect([await sees(recipientClerk), await sees(recipientLeader)]).toEqual([true, true]);
    expect(await sees(recipientOfficer)).toBe(false);
    await instruct(id);
    expect([await sees(recipientOfficer), await sees(recipientStranger)]).toEqual([true, false]);
  });
});

describe('the list of incoming documents', () => {
  it('CHR-05: finds by state and by words with and without marks, page by page', async () => {
    const word = `Đề án ${newId().slice(-6)}`;
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      ids.push(await office.arrive({ subject: `Về ${word}`, arrivedAt: `2026-11-2${n}T08:00:00+07:00` }));
    }
    const find = (query: string) =>
      office.test.json<{ items: { documentId: string }[]; nextCursor: string | null }>(`/incoming-documents?${query}`, {
        as: recipientClerk,
      });
    const words = `query=${encodeURIComponent(word.replace('Đề án', 'de an'))}`;
    const first = await find(`${words}&limit=2`);
    const second = await find(`${words}&limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ documentId }) => documentId)).toEqual(ids.toReversed());
    expect(second.nextCursor).toBeNull();
    expect((await find(`${words}&state=accepted`)).items).toEqual([]);
  });
});
