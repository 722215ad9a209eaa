import { HandlingCompleted, HandlingStarted, TaskChanged } from '@qlvb/contracts';
import { armFailPoints } from '@qlvb/platform-faults';
import { newId } from '@qlvb/shared-domain';
import {
  bystander,
  clerk,
  deputy,
  leader,
  Office,
  officer,
  otherClerk,
  second,
  third,
  UNIT,
  unitHead,
} from './office.ts';
import type { Colleague, Page, TaskView } from './office.ts';

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(() => office.test.stop());
afterEach(() => armFailPoints(undefined));

const refusedAct = (as: Colleague, { taskId }: { taskId: string }, act: string, body: unknown) =>
  office.refusal(`/tasks/${taskId}/${act}`, { as, body });

/** A directed document and the tasks of its three handlers. */
const directed = async (changes: Record<string, unknown> = {}) => {
  const { documentId, instructionId } = await office.directed(changes);
  return {
    documentId,
    instructionId,
    lead: await office.task(officer, documentId, 'handle'),
    co: await office.task(second, documentId, 'co_handle'),
    otherCo: await office.task(third, documentId, 'co_handle'),
  };
};

const notes = async (as: Colleague, documentId: string): Promise<string[]> => {
  const { items } = await office.test.json<Page<{ documentId: string; title: string; text: string }>>(
    '/notifications?limit=100',
    {
      as,
    },
  );
  return items.filter((note) => note.documentId === documentId).map(({ title, text }) => `${title}: ${text}`);
};

const makeLate = (taskId: string): Promise<unknown> =>
  office.test.admin.query(`UPDATE task SET due_at = now() - interval '1 day' WHERE id = $1`, [taskId]);

describe('handling', () => {
  it('NĐ30-A24-2, QB-A9-3b: the lead starts and finishes with a result, which is the end of the work', async () => {
    const { documentId, lead } = await directed();
    expect(await office.act(officer, lead, 'starts')).toMatchObject({ state: 'in_progress' });
    expect(await office.process(documentId)).toBe('in_progress');
    expect(await office.complete(officer, lead, 'Đã tham mưu kế hoạch.')).toMatchObject({
      state: 'completed',
      result: 'Đã tham mưu kế hoạch.',
      endedBy: { fullName: officer.fullName },
      overdue: false,
    });
    expect(await office.process(documentId)).toBe('completed');
    const of = <T extends { data: { documentId: string } }>(events: T[]): T[] =>
      events.filter(({ data }) => data.documentId === documentId);
    expect(of(await office.test.published(HandlingStarted))).toHaveLength(1);
    expect(of(await office.test.published(HandlingCompleted))).toMatchObject([
      { data: { taskId: lead.taskId, result: 'Đã tham mưu kế hoạch.', onTime: true, by: { userId: officer.userId } } },
    ]);
    const states = of(await office.test.published(TaskChanged))
      .filter(({ data }) => data.taskId === lead.taskId)
      .map(({ data }) => data.state);
    expect(states).toEqual(['open', 'in_progress', 'completed']);
  });

  it('NĐ30-A24-2: finished without a start it has been started all the same', async () => {
    const { documentId, lead } = await directed();
    await office.complete(officer, lead);
    const started = (await office.test.published(HandlingStarted)).filter(({ data }) => data.documentId === documentId);
    expect(started).toHaveLength(1);
    expect(await office.process(documentId)).toBe('completed');
  });

  it('NĐ30-A23-3: a co-handler finishes a part and not the work; what is left of it ends with the lead', async () => {
    const { documentId, lead, co, otherCo } = await directed();
    await office.complete(second, co);
    expect(await office.process(documentId)).toBe('assigned');
    await office.complete(officer, lead);
    expect(await office.book(documentId)).toEqual(
      expect.arrayContaining(['co_handle closed', 'co_handle completed', 'handle completed']),
    );
    expect(await refusedAct(third, otherCo, 'completions', { result: 'Xong.' })).toEqual([
      409,
      'workflow.task-act-not-allowed',
    ]);
  });

  it('NĐ30-A24-2: says when it was late', async () => {
    const { documentId, lead } = await directed();
    await makeLate(lead.taskId);
    expect((await office.task(officer, documentId, 'handle')).overdue).toBe(true);
    expect((await office.complete(officer, lead)).overdue).toBe(true);
    const done = (await office.test.published(HandlingCompleted)).filter(({ data }) => data.documentId === documentId);
    expect(done).toMatchObject([{ data: { onTime: false } }]);
  });

  it('F-22 NĐ30-A24-2: a reply is an outgoing document that one may see and that has been submitted', async () => {
    const { documentId, lead } = await directed();
    const result = 'Đã trả lời.';
    expect(await refusedAct(officer, lead, 'completions', { result, replyDocumentId: newId() })).toEqual([
      422,
      'workflow.reply-unknown',
    ]);
    // an incoming document is no reply
    expect(await refusedAct(officer, lead, 'completions', { result, replyDocumentId: documentId })).toEqual([
      422,
      'workflow.reply-unknown',
    ]);
    const replyDocumentId = await office.submitted();
    const unseen = await refusedAct(officer, lead, 'completions', { result, replyDocumentId });
    expect(unseen).toEqual([422, 'workflow.reply-unknown']);
    await office.tellAccess(replyDocumentId, [officer], 'outgoing-document');
    await office.act(officer, lead, 'completions', { result, replyDocumentId });
    const done = (await office.test.published(HandlingCompleted)).filter(({ data }) => data.documentId === documentId);
    expect(done).toMatchObject([{ data: { replyDocumentId } }]);
  });

  // prettier-ignore
  it.each<[string, unknown]>([
    ['no result',           {}],
    ['an empty one',        { result: '  ' }],
    ['a number',            { result: 7 }],
    ['too long a one',      { result: 'x'.repeat(501) }],
    ['a reply that is no id', { result: 'Xong.', replyDocumentId: '../1' }],
    ['a list',              []],
  ])('NĐ30-A24-2: is not finished with %s', async (_what, body) => {
    const { documentId, lead } = await directed();
    const [status] = await refusedAct(officer, lead, 'completions', body);
    expect([400, 422]).toContain(status);
    expect((await office.task(officer, documentId, 'handle')).state).toBe('open');
  });
});

describe('who may', () => {
  it('QB-A9-3b: the assignee alone starts and finishes; the task is not there for who may not see its document', async () => {
    const { documentId, lead } = await directed();
    expect(await refusedAct(clerk, lead, 'starts', {})).toEqual([403, 'workflow.task-not-yours']);
    expect(await refusedAct(clerk, lead, 'completions', { result: 'Xong.' })).toEqual([403, 'workflow.task-not-yours']);
    for (const as of [second, bystander, unitHead]) {
      expect(await refusedAct(as, lead, 'starts', {})).toEqual([404, 'workflow.task-missing']);
      expect(await refusedAct(as, lead, 'completions', { result: 'Xong.' })).toEqual([404, 'workflow.task-missing']);
      expect((await office.refusal(`/tasks/${lead.taskId}`, { as }))[0]).toBe(404);
    }
    // who gave it sees it, and does not do it
    expect((await office.test.ask(`/tasks/${lead.taskId}`, { as: leader })).status).toBe(200);
    expect((await refusedAct(leader, lead, 'completions', { result: 'Xong.' }))[0]).toBe(403);
    expect((await office.task(officer, documentId, 'handle')).state).toBe('open');
  });

  it('a step that is an act on the document ends with that act only', async () => {
    const documentId = await office.submitted();
    const task = await office.task(unitHead, documentId, 'check_content');
    expect(await refusedAct(unitHead, task, 'completions', { result: 'Xong.' })).toEqual([
      409,
      'workflow.task-ends-elsewhere',
    ]);
    expect(await office.process(documentId)).toBe('unit_review');
  });

  it('a task of a role is for everybody of the role, in the unit where one is named', async () => {
    const documentId = await office.accepted();
    const task = await office.task(clerk, documentId, 'present');
    expect((await office.task(otherClerk, documentId, 'present')).taskId).toBe(task.taskId);
    expect(await office.tasks(officer, documentId)).toEqual([]);
    const outgoing = await office.submitted();
    const headElsewhere = { ...unitHead, unitId: UNIT };
    expect(await office.tasks(headElsewhere, outgoing)).toEqual([]);
  });
});

describe('NĐ30-PL6-F3b F-22 SEC-Z02 work on a document that was withdrawn by hand', () => {
  const withdraw = (documentId: string, from: Colleague[], readers: Colleague[]) =>
    office.tellAccess(documentId, readers, 'incoming-document', from);
  const counts = async (as: Colleague, documentId: string): Promise<number[]> => {
    const { items } = await office.test.json<{ items: unknown[] }>(`/instructions?documentId=${documentId}`, { as });
    const [own, followed] = [await office.tasks(as, documentId), await office.tasks(as, documentId, '&scope=followed')];
    return [own.length, followed.length, items.length];
  };

  it('is closed to the one from whom it was taken, in every way, and to nobody else', async () => {
    const { documentId, lead, co } = await directed({ followUpPostId: unitHead.postId });
    await withdraw(documentId, [], [officer, second, third]);
    expect([await counts(officer, documentId), await counts(unitHead, documentId)]).toEqual([
      [1, 0, 1],
      [0, 3, 1],
    ]);
    await withdraw(documentId, [officer, unitHead], [second, third]);
    for (const as of [officer, unitHead]) {
      expect(await counts(as, documentId)).toEqual([0, 0, 0]);
      expect((await office.test.ask(`/tasks/${lead.taskId}`, { as })).status).toBe(404);
    }
    for (const [as, act, body] of [
      [officer, 'starts', {}],
      [officer, 'completions', { result: 'Đã xử lý xong.' }],
      [unitHead, 'reminders', { text: 'Khẩn trương.' }],
    ] as const) {
      expect(await refusedAct(as, lead, act, body)).toEqual([404, 'workflow.task-missing']);
    }
    expect(await counts(second, documentId)).toEqual([1, 0, 1]);
    expect(await counts(leader, documentId)).toEqual([1, 3, 1]);
    await office.act(second, co, 'starts');
    expect(await office.book(documentId)).toContain('handle open');
  });

  it('is open again once a later direction has opened the document', async () => {
    const { documentId, instructionId } = await directed();
    await withdraw(documentId, [officer], [second, third]);
    await office.instruct(documentId, { replacesInstructionId: instructionId, text: 'Giao lại.' });
    expect(await counts(officer, documentId)).toEqual([0, 0, 0]);
    await withdraw(documentId, [officer], [officer, second, third]);
    expect(await counts(officer, documentId)).toEqual([2, 0, 2]);
    await office.complete(officer, await office.task(officer, documentId, 'handle'));
  });
});

describe('several at once', () => {
  it('of many clerks presenting one document one does, and it is presented once', async () => {
    const documentId = await office.accepted();
    const { taskId } = await office.task(clerk, documentId, 'present');
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        office.test.ask(`/tasks/${taskId}/completions`, {
          as: n % 2 === 0 ? clerk : otherClerk,
          body: { result: 'Đã trình.' },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    expect((await office.book(documentId)).filter((line) => line.startsWith('instruct'))).toEqual(['instruct open']);
  });

  it('NĐ30-A24-2: a lead finishing twice at once finishes once', async () => {
    const { documentId, lead } = await directed();
    const body = { result: 'Xong.' };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => office.test.ask(`/tasks/${lead.taskId}/completions`, { as: officer, body })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(5).fill(409)]);
    const done = (await office.test.published(HandlingCompleted)).filter(({ data }) => data.documentId === documentId);
    expect(done).toHaveLength(1);
  });

  it('what a co-handler has finished stays finished when the lead finishes at the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { documentId, lead, co, otherCo } = await directed();
      const body = { result: 'Xong.' };
      const [ofLead, ...ofCo] = await Promise.all([
        office.test.ask(`/tasks/${lead.taskId}/completions`, { as: officer, body }),
        office.test.ask(`/tasks/${co.taskId}/completions`, { as: second, body }),
        office.test.ask(`/tasks/${otherCo.taskId}/completions`, { as: third, body }),
      ]);
      expect(ofLead.status).toBe(201);
      const completed = ofCo.filter(({ status }) => status === 201).length;
      expect(ofCo.filter(({ status }) => status === 409)).toHaveLength(2 - completed);
      const book = await office.book(documentId);
      expect(book.filter((line) => line === 'co_handle completed')).toHaveLength(completed);
      expect(book.filter((line) => line === 'co_handle closed')).toHaveLength(2 - completed);
    }
  });
});

describe('the same request again', () => {
  it('gets the same answer byte for byte; another one under its key is refused', async () => {
    const { lead } = await directed();
    const path = `/tasks/${lead.taskId}/completions`;
    const ask = { as: officer, body: { result: 'Xong.' }, key: `key-${lead.taskId}` };
    const first = await office.test.ask(path, ask);
    const again = await office.test.ask(path, ask);
    expect([again.status, await again.text()]).toEqual([201, await first.text()]);
    expect((await office.refusal(path, { ...ask, body: { result: 'Khác.' } }))[0]).toBe(422);
  });

  it.each([
    ['before', 'open'],
    ['after', 'completed'],
  ] as const)('a crash %s the commit leaves all of it or nothing, and the repetition once', async (moment, state) => {
    const { documentId, lead } = await directed();
    const path = `/tasks/${lead.taskId}/completions`;
    const ask = { as: officer, body: { result: 'Xong.' }, key: `crash-${lead.taskId}` };
    armFailPoints(`command:${moment}-commit=throw@1`);
    expect((await office.test.ask(path, ask)).status).toBe(500);
    armFailPoints(undefined);
    expect(await office.book(documentId)).toContain(`handle ${state}`);
    expect((await office.test.ask(path, ask)).status).toBe(201);
    const done = (await office.test.published(HandlingCompleted)).filter(({ data }) => data.documentId === documentId);
    expect(done).toHaveLength(1);
  });
});

describe('lists', () => {
  it('QB-A9-3b: show what is overdue, and the soonest due first', async () => {
    const [late, soon, later] = [
      await directed({ dueInWorkingDays: 3 }),
      await directed({ dueInWorkingDays: 2 }),
      await directed({ dueInWorkingDays: 9 }),
    ];
    await makeLate(late.lead.taskId);
    const ids = new Set([late, soon, later].map(({ lead }) => lead.taskId));
    const list = async (query: string): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor = ''; ;) {
        const page: Page<TaskView> = await office.test.json(`/tasks?limit=2&state=open&${query}${cursor}`, {
          as: officer,
        });
        found.push(...page.items.map(({ taskId }) => taskId));
        if (!page.nextCursor) return found.filter((id) => ids.has(id));
        cursor = `&cursor=${page.nextCursor}`;
      }
    };
    expect(await list('overdue=true')).toEqual([late.lead.taskId]);
    expect(await list('overdue=false&order=due')).toEqual([soon.lead.taskId, later.lead.taskId]);
    expect(await list('order=due')).toEqual([late.lead.taskId, soon.lead.taskId, later.lead.taskId]);
    expect(await list('')).toEqual([later.lead.taskId, soon.lead.taskId, late.lead.taskId]);
  });

  it('NĐ30-PL6-F1m: show the leader what was given, and how far it is', async () => {
    const { documentId, lead } = await directed();
    const followed = (as: Colleague) => office.tasks(as, documentId, '&scope=followed');
    expect((await followed(leader)).map(({ step }) => step).sort()).toEqual(['co_handle', 'co_handle', 'handle']);
    expect(await followed(deputy)).toEqual([]);
    expect(await followed(officer)).toEqual([]);
    await office.complete(officer, lead);
    expect((await followed(leader)).map(({ state }) => state).sort()).toEqual(['closed', 'closed', 'completed']);
  });

  it.each([
    'state=done',
    'documentId=1',
    'overdue=maybe',
    'scope=all',
    'order=name',
    'limit=0',
    'limit=101',
    'cursor=x',
  ])('are not asked with %s', async (query) => {
    const [status] = await office.refusal(`/tasks?${query}`, { as: officer });
    expect([400, 422]).toContain(status);
  });

  it('are not asked with a cursor that somebody rewrote', async () => {
    await directed();
    await directed();
    const { nextCursor } = await office.test.json<Page<TaskView>>('/tasks?limit=1', { as: officer });
    const keys = JSON.parse(Buffer.from(nextCursor ?? '', 'base64url').toString()) as unknown[];
    for (const at of ['no date', '0000-01-01T00:00:00.000Z', '999999-01-01']) {
      const forged = Buffer.from(JSON.stringify([...keys.slice(0, -2), at, keys.at(-1)])).toString('base64url');
      expect(await office.refusal(`/tasks?limit=1&cursor=${forged}`, { as: officer })).toEqual([
        400,
        'http.request-malformed',
      ]);
    }
  });

  it('NĐ30-PL6-F1i: whoever gets a task is told of it, and nobody else', async () => {
    const { documentId } = await directed();
    expect(await notes(officer, documentId)).toHaveLength(1);
    expect(await notes(second, documentId)).toHaveLength(1);
    expect(await notes(bystander, documentId)).toEqual([]);
  });
});

describe('following and urging', () => {
  it('NĐ30-A24-1: who is appointed is told, sees the work and urges it', async () => {
    const { documentId, lead } = await directed({ followUpPostId: unitHead.postId });
    expect(await notes(unitHead, documentId)).toEqual([expect.stringMatching('^Theo dõi, đôn đốc: ')]);
    expect(await office.tasks(unitHead, documentId, '&scope=followed')).toHaveLength(3);
    expect((await office.test.ask(`/tasks/${lead.taskId}`, { as: unitHead })).status).toBe(200);
    await office.act(unitHead, lead, 'reminders', { text: 'Sắp đến hạn.' });
    await office.act(leader, lead, 'reminders', { text: 'Khẩn trương.' });
    const [latest, earlier] = await notes(officer, documentId);
    expect(latest).toMatch(`Đôn đốc: ${leader.fullName} đôn đốc: Khẩn trương.`);
    expect(earlier).toMatch(`Đôn đốc: ${unitHead.fullName} đôn đốc: Sắp đến hạn.`);
  });

  it('NĐ30-A24-1: nobody else urges, nobody urges with nothing, and nobody what is done', async () => {
    const { lead } = await directed({ followUpPostId: unitHead.postId });
    const text = 'Khẩn trương.';
    expect(await refusedAct(officer, lead, 'reminders', { text })).toEqual([403, 'workflow.task-not-yours']);
    expect(await refusedAct(bystander, lead, 'reminders', { text })).toEqual([404, 'workflow.task-missing']);
    expect([400, 422]).toContain((await refusedAct(leader, lead, 'reminders', { text: '' }))[0]);
    await office.complete(officer, lead);
    expect(await refusedAct(leader, lead, 'reminders', { text })).toEqual([409, 'workflow.task-act-not-allowed']);
  });

  it('the same reminder again is sent once', async () => {
    const { documentId, lead } = await directed();
    const ask = { as: leader, body: { text: 'Khẩn trương.' }, key: `urge-${lead.taskId}` };
    const first = await office.test.ask(`/tasks/${lead.taskId}/reminders`, ask);
    const again = await office.test.ask(`/tasks/${lead.taskId}/reminders`, ask);
    expect([again.status, await again.text()]).toEqual([201, await first.text()]);
    expect(await notes(officer, documentId)).toHaveLength(2);
  });
});
