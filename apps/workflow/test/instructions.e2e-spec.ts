import { HandlingCompleted, InstructionIssued, TaskChanged } from '@qlvb/contracts';
import { armFailPoints } from '@qlvb/platform-faults';
import { personOf } from '@qlvb/platform-service-testing';
import { idFrom, newId } from '@qlvb/shared-domain';
import {
  admin,
  auditor,
  bystander,
  clerk,
  deputy,
  direction,
  leader,
  Office,
  officer,
  second,
  third,
  unitHead,
} from './office.ts';
import type { InstructionView, Page } from './office.ts';

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(() => office.test.stop());
afterEach(() => armFailPoints(undefined));

const refusedInstruction = (documentId: string, changes: Record<string, unknown> = {}, as = leader) =>
  office.refusal('/instructions', { as, body: direction(documentId, changes) });

const instructionsSeenBy = async (as: typeof leader, documentId: string): Promise<number> =>
  (await office.test.json<Page<InstructionView>>(`/instructions?documentId=${documentId}`, { as })).items.length;

/** The last moment of the n-th working day from today; good while no holiday but New Year's Day is near. */
const endOfWorkingDay = (days: number): string => {
  const day = new Date(Date.now() + 7 * 3_600_000);
  for (let left = days; left > 0;) {
    day.setUTCDate(day.getUTCDate() + 1);
    const iso = day.toISOString();
    if (![0, 6].includes(day.getUTCDay()) && !iso.slice(5).startsWith('01-01')) left -= 1;
  }
  return day.toISOString().slice(0, 10);
};
const today = (): string => endOfWorkingDay(0);

describe('an instruction', () => {
  it('NĐ30-A23-3: gives the lead and every co-handler a task with the same deadline, at once', async () => {
    const { documentId, instructionId, dueAt } = await office.directed();
    const tasks = await Promise.all(
      [officer, second, third].map(async (as) => (await office.tasks(as, documentId)).map((task) => task)),
    );
    expect(tasks.map((list) => list.map(({ step, state }) => [step, state]))).toEqual([
      [['handle', 'open']],
      [['co_handle', 'open']],
      [['co_handle', 'open']],
    ]);
    for (const task of tasks.flat()) expect(task).toMatchObject({ instructionId, dueAt, overdue: false });
    expect(await office.process(documentId)).toBe('assigned');
  });

  it('NĐ30-A23-4: says who gets the document, what to do and until when, and passes that on', async () => {
    const { documentId, instructionId, dueAt } = await office.directed({ followUpPostId: unitHead.postId });
    const [issued] = (await office.test.published(InstructionIssued)).filter(
      ({ data }) => data.documentId === documentId,
    );
    expect(issued?.data).toMatchObject({
      instructionId,
      text: direction(documentId)['text'],
      lead: personOf(officer),
      coHandlers: [personOf(second), personOf(third)],
      issuedBy: personOf(leader),
    });
    expect(new Date(issued?.data.deadline ?? 0)).toEqual(new Date(dueAt));
    const changed = (await office.test.published(TaskChanged)).filter(({ data }) => data.documentId === documentId);
    expect(changed.filter(({ data }) => data.state === 'open' && data.step.endsWith('handle'))).toHaveLength(3);
  });

  it.each([0, 1, 5, 12])('NĐ30-A23-3, CAL-9: is due at the end of working day %i after today', async (days) => {
    const { dueAt } = await office.directed({ dueInWorkingDays: days });
    expect(dueAt).toMatch(`${endOfWorkingDay(days)}T23:59:59`);
    expect(dueAt).toMatch('+07:00');
  });

  it('NĐ30-A23-3: or until the end of a day that the leader names', async () => {
    const { dueAt } = await office.directed({ dueInWorkingDays: undefined, dueOn: '2030-03-01' });
    expect(dueAt).toMatch('2030-03-01T23:59:59');
    const sameDay = await office.directed({ dueInWorkingDays: undefined, dueOn: today() });
    expect(sameDay.dueAt).toMatch(`${today()}T23:59:59`);
  });

  it.each([
    ['urgent', 60],
    ['veryUrgent', 30],
    ['flash', 15],
  ] as const)('NĐ30-A24-2: needs no deadline for a document that is %s: %i minutes', async (urgency, minutes) => {
    const documentId = await office.accepted({ urgency });
    const before = Date.now();
    const { dueAt } = await office.instruct(documentId, { dueInWorkingDays: undefined });
    const left = (new Date(dueAt).getTime() - before) / 60_000;
    expect(left).toBeGreaterThan(minutes - 0.1);
    expect(left).toBeLessThan(minutes + 0.5);
  });

  it('NĐ30-A22-1: is not given on what the clerk has not registered, refused, or never saw', async () => {
    const documentId = await office.arrived();
    expect(await refusedInstruction(documentId)).toEqual([409, 'workflow.document-not-registered']);
    expect(await refusedInstruction(newId())).toEqual([404, 'workflow.document-unknown']);
    expect(await office.book(documentId)).toEqual(['check_arrival open']);
  });

  it('is given on incoming documents only, and not when the work is done', async () => {
    expect(await refusedInstruction(await office.submitted())).toEqual([404, 'workflow.document-unknown']);
    const { documentId } = await office.directed();
    await office.complete(officer, await office.task(officer, documentId, 'handle'));
    expect(await refusedInstruction(documentId)).toEqual([409, 'workflow.trigger-not-expected']);
  });

  it.each([
    ['an officer', officer],
    ['a unit head', unitHead],
    ['a clerk', clerk],
    ['an administrator', admin],
    ['an auditor', auditor],
  ])('NĐ30-A23-3: is not for %s to give', async (_who, as) => {
    const documentId = await office.accepted();
    expect((await refusedInstruction(documentId, {}, as))[0]).toBe(403);
    expect(await office.process(documentId)).toBe('accepted');
  });

  const elsewhere = idFrom('post:of another agency');
  // prettier-ignore
  it.each<[string, Record<string, unknown>, number, string]>([
    ['no text',                        { text: '   ' },                                      422, ''],
    ['too long a text',                { text: 'x'.repeat(501) },                            422, ''],
    ['no lead',                        { leadPostId: undefined },                            422, ''],
    ['two leads',                      { leadPostId: [officer.postId, second.postId] },      422, ''],
    ['a lead that is no id',           { leadPostId: "' OR 1=1" },                           422, ''],
    ['a lead unknown here',            { leadPostId: elsewhere },                            422, 'directory.post-unknown'],
    ['a co-handler unknown here',      { coHandlerPostIds: [elsewhere] },                    422, 'directory.post-unknown'],
    ['a follower unknown here',        { followUpPostId: elsewhere },                        422, 'directory.post-unknown'],
    ['the lead as co-handler',         { coHandlerPostIds: [officer.postId] },               422, 'workflow.assignee-twice'],
    ['a co-handler twice',             { coHandlerPostIds: [third.postId, third.postId] },   422, 'workflow.assignee-twice'],
    ['51 co-handlers',                 { coHandlerPostIds: Array(51).fill(third.postId) },   422, ''],
    ['a lead who performs no tasks',   { leadPostId: auditor.postId },                       422, 'workflow.assignee-cannot-handle'],
    ['a co-handler who performs none', { coHandlerPostIds: [admin.postId] },                 422, 'workflow.assignee-cannot-handle'],
    ['no deadline',                    { dueInWorkingDays: undefined },                   422, 'workflow.deadline-not-acceptable'],
    ['a past day',                     { dueInWorkingDays: undefined, dueOn: '2020-01-01' }, 422, 'workflow.deadline-not-acceptable'],
    ['a day that is none',             { dueInWorkingDays: undefined, dueOn: '2027-02-30' }, 422, ''],
    ['two deadlines',                  { dueOn: '2030-01-01' },                         422, ''],
    ['half a day',                     { dueInWorkingDays: 0.5 },                         422, ''],
    ['days before today',              { dueInWorkingDays: -1 },                          422, ''],
    ['more than a year',               { dueInWorkingDays: 367 },                         422, ''],
    ['a replaced one without any',     { replacesInstructionId: elsewhere },                 409, 'workflow.already-directed'],
  ])('NĐ30-A23-3, NĐ30-A23-4: with %s is refused and changes nothing', async (_what, changes, status, code) => {
    const documentId = await office.accepted();
    const refused = await refusedInstruction(documentId, changes);
    expect(refused[0] === 400 && code === '' ? 422 : refused[0]).toBe(status);
    if (code !== '') expect(refused[1]).toBe(code);
    expect(await office.book(documentId)).toEqual(['check_arrival closed', 'present open']);
  });

  it('NĐ30-A23-3: names a person once, in whatever posts he has', async () => {
    const postId = newId();
    await office.employ(officer, { postId });
    const documentId = await office.accepted();
    expect(await refusedInstruction(documentId, { coHandlerPostIds: [postId] })).toEqual([
      422,
      'workflow.assignee-twice',
    ]);
  });

  it('is not given to somebody who has left', async () => {
    const postId = newId();
    await office.employ(bystander, { postId, userId: newId(), active: false });
    expect(await refusedInstruction(await office.accepted(), { leadPostId: postId })).toEqual([
      422,
      'directory.post-unknown',
    ]);
  });
});

describe('a large round', () => {
  it('NĐ30-A23-3: has as many co-handlers as the leader names', async () => {
    const people = Array.from({ length: 50 }, () => ({ postId: newId(), userId: newId() }));
    await Promise.all(people.map((person) => office.employ(bystander, person)));
    const { documentId, coHandlers } = await office.directed({ coHandlerPostIds: people.map(({ postId }) => postId) });
    expect(coHandlers.map(({ postId }) => postId)).toEqual(people.map(({ postId }) => postId));
    expect((await office.book(documentId)).filter((line) => line === 'co_handle open')).toHaveLength(50);
  });
});

describe('assigning anew', () => {
  it('NĐ30-A23-3: names the instruction that it replaces; what is open of that is closed', async () => {
    const first = await office.directed();
    const { documentId } = first;
    await office.act(officer, await office.task(officer, documentId, 'handle'), 'starts');
    await office.complete(third, await office.task(third, documentId, 'co_handle'));
    expect(await refusedInstruction(documentId, {}, deputy)).toEqual([409, 'workflow.already-directed']);
    await office.instruct(
      documentId,
      { replacesInstructionId: first.instructionId, leadPostId: second.postId, coHandlerPostIds: [] },
      deputy,
    );
    expect(await office.book(documentId)).toEqual([
      'check_arrival closed',
      'co_handle closed',
      'co_handle completed',
      'handle closed',
      'handle open',
      'instruct closed',
      'present closed',
    ]);
    expect(await office.process(documentId)).toBe('in_progress');
    await office.complete(second, await office.task(second, documentId, 'handle'));
    expect(await office.process(documentId)).toBe('completed');
    expect(await instructionsSeenBy(leader, documentId)).toBe(2);
  });

  it('the former lead finishes nothing any more', async () => {
    const first = await office.directed();
    const task = await office.task(officer, first.documentId, 'handle');
    const change = { replacesInstructionId: first.instructionId, leadPostId: second.postId, coHandlerPostIds: [] };
    await office.instruct(first.documentId, change);
    const body = { result: 'Xong.' };
    expect(await office.refusal(`/tasks/${task.taskId}/completions`, { as: officer, body })).toEqual([
      409,
      'workflow.task-act-not-allowed',
    ]);
  });

  it('does not replace what has been replaced', async () => {
    const first = await office.directed();
    const change = { replacesInstructionId: first.instructionId };
    await office.instruct(first.documentId, change);
    expect(await refusedInstruction(first.documentId, change)).toEqual([409, 'workflow.already-directed']);
  });
});

describe('several at once', () => {
  it('NĐ30-A23-3: of many leaders directing one document exactly one is obeyed, and there is one lead', async () => {
    const documentId = await office.accepted();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        office.test.ask('/instructions', {
          as: n % 2 === 0 ? leader : deputy,
          body: direction(documentId, { leadPostId: n % 2 === 0 ? officer.postId : bystander.postId }),
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(11).fill(409)]);
    expect((await office.book(documentId)).filter((line) => line === 'handle open')).toHaveLength(1);
    expect(await instructionsSeenBy(leader, documentId)).toBe(1);
  });

  it('NĐ30-A23-3: of many reassignments of one instruction exactly one counts', async () => {
    const { documentId, instructionId } = await office.directed();
    const body = direction(documentId, { replacesInstructionId: instructionId });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        office.test.ask('/instructions', { as: n % 2 === 0 ? leader : deputy, body }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
    expect((await office.book(documentId)).filter((line) => line.endsWith(' open'))).toHaveLength(3);
  });

  it('NĐ30-A24-2: a lead who finishes while he is replaced either finishes or is replaced', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { documentId, instructionId } = await office.directed();
      const { taskId } = await office.task(officer, documentId, 'handle');
      const replace = direction(documentId, { replacesInstructionId: instructionId, leadPostId: bystander.postId });
      const [finished, replaced] = await Promise.all([
        office.test.ask(`/tasks/${taskId}/completions`, { as: officer, body: { result: 'Xong.' } }),
        office.test.ask('/instructions', { as: deputy, body: replace }),
      ]);
      expect([finished.status, replaced.status].sort()).toEqual([201, 409]);
      const done = (await office.test.published(HandlingCompleted)).filter(
        ({ data }) => data.documentId === documentId,
      );
      expect(done).toHaveLength(finished.status === 201 ? 1 : 0);
      expect(await office.process(documentId)).toBe(finished.status === 201 ? 'completed' : 'assigned');
    }
  });
});

describe('the same request again', () => {
  it('gets the same answer byte for byte, and one instruction; another request under its key is refused', async () => {
    const documentId = await office.accepted();
    const ask = { as: leader, body: direction(documentId), key: `key-${documentId}` };
    const first = await office.test.ask('/instructions', ask);
    const again = await office.test.ask('/instructions', ask);
    expect([again.status, await again.text()]).toEqual([201, await first.text()]);
    expect(await instructionsSeenBy(leader, documentId)).toBe(1);
    const other = { ...ask, body: direction(documentId, { text: 'Khác.' }) };
    expect((await office.refusal('/instructions', other))[0]).toBe(422);
  });

  it('needs a key', async () => {
    const documentId = await office.accepted();
    const answer = await office.test.ask('/instructions', {
      as: leader,
      body: direction(documentId),
      headers: { 'idempotency-key': '' },
    });
    expect(answer.status).toBe(400);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a crash %s the commit leaves all of it or nothing, and the repetition once', async (moment, kept) => {
    const documentId = await office.accepted();
    const ask = { as: leader, body: direction(documentId), key: `crash-${documentId}` };
    armFailPoints(`command:${moment}-commit=throw@1`);
    expect((await office.test.ask('/instructions', ask)).status).toBe(500);
    armFailPoints(undefined);
    expect(await instructionsSeenBy(leader, documentId)).toBe(kept);
    expect((await office.book(documentId)).filter((line) => line.endsWith('handle open'))).toHaveLength(3 * kept);
    expect((await office.test.ask('/instructions', ask)).status).toBe(201);
    expect(await instructionsSeenBy(leader, documentId)).toBe(1);
    expect((await office.book(documentId)).filter((line) => line.endsWith('handle open'))).toHaveLength(3);
    const events = (await office.test.published(InstructionIssued)).filter(
      ({ data }) => data.documentId === documentId,
    );
    expect(events).toHaveLength(1);
  });
});

describe('reading instructions', () => {
  it('SEC-Z05: is for those who have part in the document, and clerks, leaders and auditors', async () => {
    const { documentId } = await office.directed({ followUpPostId: unitHead.postId });
    for (const as of [leader, deputy, clerk, auditor, officer, second, third, unitHead]) {
      expect([as.fullName, await instructionsSeenBy(as, documentId)]).toEqual([as.fullName, 1]);
    }
    for (const as of [bystander, admin]) {
      expect([as.fullName, await instructionsSeenBy(as, documentId)]).toEqual([as.fullName, 0]);
    }
  });
});
