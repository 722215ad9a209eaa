import {
  IncomingDocumentAccepted,
  IncomingDocumentArrived,
  IncomingDocumentRefused,
  OutgoingDocumentCancelled,
  OutgoingDocumentChecked,
  OutgoingDocumentIssued,
  OutgoingDocumentNumbered,
  OutgoingDocumentRevised,
  OutgoingDocumentSignatureRecorded,
  OutgoingDocumentSubmitted,
} from '@qlvb/contracts';
import { busConfig, createEventBus } from '@qlvb/platform-bus';
import { armFailPoints } from '@qlvb/platform-faults';
import { until } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';
import {
  acceptance,
  AGENCY,
  arrival,
  checker,
  clerk,
  deputy,
  foreignHead,
  leader,
  Office,
  officer,
  outgoing,
  unitHead,
} from './office.ts';
import type { Colleague } from './office.ts';

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(() => office.test.stop());
afterEach(() => armFailPoints(undefined));

const at = (): string => new Date().toISOString();
const checked = (
  documentId: string,
  check: 'content' | 'layout',
  outcome: 'passed' | 'returned' = 'passed',
  checkedAt = at(),
) =>
  office.test.deliver(OutgoingDocumentChecked, AGENCY, {
    ...OutgoingDocumentChecked.example,
    ...outgoing(documentId),
    check,
    outcome,
    checkedAt,
  });
const signed = (
  documentId: string,
  signatureKind: 'personal' | 'agency',
  changes: Partial<typeof OutgoingDocumentSignatureRecorded.example> = {},
) =>
  office.test.deliver(OutgoingDocumentSignatureRecorded, AGENCY, {
    ...OutgoingDocumentSignatureRecorded.example,
    ...outgoing(documentId),
    recordedAt: at(),
    ...changes,
    signatureKind,
  });
const numbered = (documentId: string) =>
  office.test.deliver(OutgoingDocumentNumbered, AGENCY, {
    ...OutgoingDocumentNumbered.example,
    ...outgoing(documentId),
  });
const issued = (documentId: string) =>
  office.test.deliver(OutgoingDocumentIssued, AGENCY, { ...OutgoingDocumentIssued.example, ...outgoing(documentId) });
const revised = (documentId: string) =>
  office.test.deliver(OutgoingDocumentRevised, AGENCY, {
    ...OutgoingDocumentRevised.example,
    ...outgoing(documentId),
    revisedAt: at(),
  });
const cancelled = (documentId: string) =>
  office.test.deliver(OutgoingDocumentCancelled, AGENCY, {
    ...OutgoingDocumentCancelled.example,
    ...outgoing(documentId),
  });

const hasTask = async (as: Colleague, documentId: string, step: string): Promise<boolean> =>
  (await office.tasks(as, documentId, '&state=open')).some((task) => task.step === step);

describe('the definitions', () => {
  it('are data that the service shows as it follows them', async () => {
    const { items } = await office.test.json<{ items: readonly Record<string, unknown>[] }>('/process-definitions', {
      as: officer,
    });
    expect(items.map(({ key }) => key)).toEqual(['incoming-document', 'outgoing-document']);
    expect(items[0]).toMatchObject({
      initial: 'arrived',
      final: ['rejected', 'completed'],
      roles: ['clerk', 'leader'],
    });
  });
});

describe('an outgoing document', () => {
  it('NĐ30-A14-1: lies with one person after the other, and with nobody when it is issued', async () => {
    const documentId = await office.submitted();
    const steps: [Colleague, string, () => Promise<unknown>][] = [
      [unitHead, 'check_content', () => checked(documentId, 'content')],
      [checker, 'check_layout', () => checked(documentId, 'layout')],
      [leader, 'sign', () => signed(documentId, 'personal')],
      [clerk, 'number', () => numbered(documentId)],
      [clerk, 'agency_sign', () => signed(documentId, 'agency')],
      [clerk, 'issue', () => issued(documentId)],
    ];
    for (const [who, step, next] of steps) {
      expect([step, await hasTask(who, documentId, step)]).toEqual([step, true]);
      await next();
      expect([step, await hasTask(who, documentId, step)]).toEqual([step, false]);
    }
    expect(await office.process(documentId)).toBe('issued');
    expect((await office.book(documentId)).every((line) => line.endsWith('closed'))).toBe(true);
  });

  it('NĐ30-A12-1, NĐ30-A11-1: is checked by the head of its own unit and signed by the signer it names', async () => {
    const documentId = await office.submitted();
    expect(await hasTask(foreignHead, documentId, 'check_content')).toBe(false);
    await checked(documentId, 'content');
    await checked(documentId, 'layout');
    expect(await hasTask(leader, documentId, 'sign')).toBe(true);
    expect(await hasTask(deputy, documentId, 'sign')).toBe(false);
  });

  it('NĐ30-A10-4: returned late it lies with the unit head, who passes it to the drafter', async () => {
    const documentId = await office.submitted();
    await checked(documentId, 'content');
    await checked(documentId, 'layout', 'returned');
    expect(await hasTask(officer, documentId, 'draft')).toBe(false);
    const task = await office.task(unitHead, documentId, 'pass_on');
    await office.complete(unitHead, task, 'Chuyển lại người soạn thảo.');
    expect(await hasTask(officer, documentId, 'draft')).toBe(true);
    expect(await office.book(documentId)).toContain('pass_on completed');
  });

  it('NĐ30-A10-4: returned by the unit head it lies with the drafter at once', async () => {
    const documentId = await office.submitted();
    await checked(documentId, 'content', 'returned');
    expect(await hasTask(officer, documentId, 'draft')).toBe(true);
  });

  it('NĐ30-A11-2: changed after the signature it lies with the signer again', async () => {
    const documentId = await office.submitted();
    await checked(documentId, 'content');
    await checked(documentId, 'layout');
    await signed(documentId, 'personal');
    await revised(documentId);
    expect(await hasTask(leader, documentId, 'sign')).toBe(true);
    expect(await hasTask(clerk, documentId, 'number')).toBe(false);
  });

  it('EX-ISSUE-1: signed on Friday before National Day it is to be issued until noon of the next working day', async () => {
    const documentId = await office.submitted();
    await checked(documentId, 'content');
    await checked(documentId, 'layout');
    await signed(documentId, 'personal', { recordedAt: '2026-08-28T16:50:00+07:00' });
    const { dueAt, overdue } = await office.task(clerk, documentId, 'number');
    expect(new Date(dueAt)).toEqual(new Date('2026-09-03T12:00:00+07:00'));
    expect(overdue).toBe(new Date() > new Date('2026-09-03T12:00:00+07:00'));
  });

  // prettier-ignore
  it.each([
    ['2024-02-07', '2024-02-15'], ['2024-04-26', '2024-05-02'], ['2024-05-03', '2024-05-04'], ['2024-08-30', '2024-09-04'],
    ['2025-01-24', '2025-02-03'], ['2025-04-25', '2025-04-26'], ['2025-04-29', '2025-05-05'], ['2025-08-29', '2025-09-03'],
    ['2025-12-31', '2026-01-05'], ['2026-01-09', '2026-01-10'], ['2026-02-13', '2026-02-23'], ['2026-04-24', '2026-04-28'],
    ['2026-08-21', '2026-08-22'], ['2026-08-28', '2026-09-03'], ['2026-09-02', '2026-09-03'],
  ])('CAL-1, CAL-4, CAL-9: submitted on %s it is to be checked until the end of %s', async (day, due) => {
    const documentId = await office.submitted({ submittedAt: `${day}T23:30:00+07:00` });
    const { dueAt } = await office.task(unitHead, documentId, 'check_content');
    expect(dueAt).toMatch(`${due}T23:59:59`);
  });
});

describe('an incoming document', () => {
  it('NĐ30-A21-1, NĐ30-A23-1: lies with the clerk, then to be presented, then with the leaders', async () => {
    const documentId = await office.arrived();
    expect(await hasTask(clerk, documentId, 'check_arrival')).toBe(true);
    await office.accept(documentId);
    expect(await hasTask(clerk, documentId, 'check_arrival')).toBe(false);
    await office.complete(clerk, await office.task(clerk, documentId, 'present'), 'Đã trình.');
    expect(await hasTask(leader, documentId, 'instruct')).toBe(true);
    expect(await hasTask(deputy, documentId, 'instruct')).toBe(true);
    expect(await office.process(documentId)).toBe('presented');
    await office.instruct(documentId, {}, deputy);
    expect(await hasTask(leader, documentId, 'instruct')).toBe(false);
  });

  it('NĐ30-A23-1: that arrives on the Saturday of Tết is presented until the Monday after it', async () => {
    const documentId = await office.arrived({ arrivedAt: '2026-02-14T09:00:00+07:00' });
    const { dueAt } = await office.task(clerk, documentId, 'check_arrival');
    expect(dueAt).toMatch('2026-02-23T23:59:59');
  });

  it.each([
    ['urgent', '2026-02-14T10:00:00+07:00'],
    ['veryUrgent', '2026-02-14T09:30:00+07:00'],
    ['flash', '2026-02-14T09:15:00+07:00'],
  ] as const)('NĐ30-A23-2, CAL-7, QB-A9-2b: %s, it is presented at once, on any day', async (urgency, due) => {
    const documentId = await office.accepted({ urgency, arrivedAt: '2026-02-14T09:00:00+07:00' });
    expect(new Date((await office.task(clerk, documentId, 'present')).dueAt)).toEqual(new Date(due));
  });

  it('NĐ30-A21-2: refused, it leaves nobody anything to do', async () => {
    const documentId = await office.arrived();
    await office.test.deliver(IncomingDocumentRefused, AGENCY, { ...IncomingDocumentRefused.example, documentId });
    expect(await office.process(documentId)).toBe('rejected');
    expect(await office.book(documentId)).toEqual(['check_arrival closed']);
  });
});

describe('the same event again', () => {
  it('changes nothing, whenever it comes', async () => {
    const documentId = await office.arrived();
    const id = await office.accept(documentId);
    const count = async (): Promise<unknown> =>
      (
        await office.test.admin.query(
          `SELECT (SELECT count(*) FROM task) tasks, (SELECT count(*) FROM notification) notes,
                  (SELECT count(*) FROM process_step) steps, (SELECT count(*) FROM platform.outbox) events`,
        )
      ).rows[0];
    const before = await count();
    for (let n = 0; n < 3; n += 1) await office.accept(documentId, {}, id);
    // A later event of the same key is applied after the repetitions: they are behind us.
    await office.test.deliver(IncomingDocumentArrived, AGENCY, arrival({ documentId }));
    expect(await count()).toEqual(before);
  });

  it.each(['inbox:before-commit', 'inbox:after-commit', 'inbox:before-ack'])(
    'takes effect once when its handling breaks off at %s',
    async (point) => {
      const documentId = newId();
      armFailPoints(`${point}=throw@1`);
      await office.test.deliver(IncomingDocumentArrived, AGENCY, arrival({ documentId }));
      await office.accept(documentId);
      expect(await office.book(documentId)).toEqual(['check_arrival closed', 'present open']);
    },
  );
});

describe('events out of order', () => {
  it('accepted before arrived: registered, and the late arrival opens nothing', async () => {
    const data = arrival();
    await office.test.deliver(IncomingDocumentAccepted, AGENCY, acceptance(data.documentId));
    await office.test.deliver(IncomingDocumentArrived, AGENCY, data);
    expect(await office.process(data.documentId)).toBe('accepted');
    expect(await office.book(data.documentId)).toEqual(['present open']);
  });

  it('refused before arrived: nobody is asked to check it', async () => {
    const data = arrival();
    await office.test.deliver(IncomingDocumentRefused, AGENCY, {
      ...IncomingDocumentRefused.example,
      documentId: data.documentId,
    });
    await office.test.deliver(IncomingDocumentArrived, AGENCY, data);
    expect(await office.process(data.documentId)).toBe('rejected');
    expect(await office.book(data.documentId)).toEqual([]);
  });

  it('cancelled before submitted: the draft lies with nobody', async () => {
    const documentId = newId();
    await cancelled(documentId);
    await office.test.deliver(OutgoingDocumentSubmitted, AGENCY, {
      ...OutgoingDocumentSubmitted.example,
      ...outgoing(documentId),
    });
    expect(await office.process(documentId)).toBe('cancelled');
    expect(await office.book(documentId)).toEqual([]);
  });

  it('an event on the urgent lane that overtakes the normal one waits until its time has come', async () => {
    const documentId = newId();
    const data = { ...OutgoingDocumentChecked.example, ...outgoing(documentId), check: 'content', outcome: 'passed' };
    const id = newId();
    const event = { specversion: '1.0', id, source: '/qlvb/test', type: OutgoingDocumentChecked.type, time: at() };
    const value = JSON.stringify({
      ...event,
      subject: documentId,
      datacontenttype: 'application/json',
      agencyid: AGENCY,
      data,
    });
    const bus = createEventBus(busConfig(office.test.environment), {
      log: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    });
    try {
      const { topic } = OutgoingDocumentChecked;
      await bus.publish([{ id, topic, key: documentId, lane: 'urgent', value, headers: {} }]);
      await until('the event tried too early', () => office.test.log.some((line) => line.includes(id)));
      expect(await office.process(documentId)).toBeUndefined();
      expect(await office.book(documentId)).toEqual([]);
      await office.submitted(outgoing(documentId));
      await until('the early event applied', async () => (await office.process(documentId)) === 'layout_check');
    } finally {
      await bus.close();
    }
  });

  it('a document that became urgent goes on in order, though its new events overtake the old ones', async () => {
    const documentId = newId();
    const [calm, hot] = [outgoing(documentId), { ...outgoing(documentId), urgency: 'flash' as const }];
    const record = (declaration: { type: string; topic: string }, data: object, lane: 'normal' | 'urgent') => {
      const id = newId();
      const event = { specversion: '1.0', id, source: '/qlvb/test', type: declaration.type, time: at() };
      const more = { subject: documentId, datacontenttype: 'application/json', agencyid: AGENCY, data };
      const value = JSON.stringify({ ...event, ...more });
      return { id, topic: declaration.topic, key: documentId, lane, value, headers: {} };
    };
    const silent = (): void => undefined;
    const bus = createEventBus(busConfig(office.test.environment), { log: silent, warn: silent, error: silent });
    try {
      await bus.publish([
        record(OutgoingDocumentRevised, { ...OutgoingDocumentRevised.example, ...hot, submitted: true }, 'urgent'),
        record(OutgoingDocumentSubmitted, { ...OutgoingDocumentSubmitted.example, ...hot, draftVersion: 2 }, 'urgent'),
      ]);
      await office.submitted(calm);
      await checked(documentId, 'content', 'returned');
      const steps = async (): Promise<string> => {
        const { rows } = await office.test.admin.query<{ steps: string }>(
          `SELECT string_agg(trigger, ',' ORDER BY seq) AS steps FROM process_step s
           JOIN process_instance p ON p.id = s.process_id WHERE document_id = $1`,
          [documentId],
        );
        return rows[0]?.steps ?? '';
      };
      const whole = 'draft_submitted,draft_returned,draft_revised,draft_submitted';
      await until('the urgent events applied', async () => (await steps()) === whole);
    } finally {
      await bus.close();
    }
  });

  it('a late revision changes nothing of what was given up', async () => {
    const documentId = await office.submitted();
    await checked(documentId, 'content', 'returned');
    await cancelled(documentId);
    const book = await office.book(documentId);
    await revised(documentId);
    expect(await office.process(documentId)).toBe('cancelled');
    expect(await office.book(documentId)).toEqual(book);
  });
});
