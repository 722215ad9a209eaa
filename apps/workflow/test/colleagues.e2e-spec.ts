import { colleaguesOf, colleagueSuite } from '@qlvb/platform-service-testing';
import type { ColleagueName, ColleagueRow } from '@qlvb/platform-service-testing';
import { AGENCY, direction, Office } from './office.ts';
import type { InstructionView } from './office.ts';

const colleagues = colleaguesOf(AGENCY);
const { part, leader } = colleagues;

let office: Office;
beforeAll(async () => {
  office = await Office.open();
  for (const { fullName, role, ...person } of Object.values(colleagues)) {
    const { agencyId, userId, postId, unitId, permissions = [] } = person;
    await office.employ({ agencyId, userId, postId, unitId, permissions, fullName, title: role, roles: [role] });
  }
});
afterAll(() => office.test.stop());

/** Who sees every registered incoming document by his work. */
const STANDING: ColleagueName[] = ['leader', 'other-leader', 'clerk', 'auditor'];
/** Beside them the handler, and his colleague to whom the document was shown by its owner's rows. */
const READERS: ColleagueName[] = ['part', 'officer', ...STANDING];

type Directed = InstructionView & { readonly documentId: string; readonly taskId: string };

/** A document that the leader gave to one officer to handle; another one may read it. */
async function directed(started = false): Promise<Directed> {
  const documentId = await office.accepted();
  await office.tellAccess(documentId, [colleagues.part, colleagues.officer]);
  const instruction = await office.test.json<InstructionView>('/instructions', {
    as: leader,
    body: direction(documentId, { leadPostId: part.postId, coHandlerPostIds: [] }),
    status: 201,
  });
  const { items } = await office.test.json<{ items: { taskId: string }[] }>(`/tasks?documentId=${documentId}`, {
    as: part,
  });
  const taskId = items[0]?.taskId ?? '';
  if (started) await office.test.json(`/tasks/${taskId}/starts`, { as: part, body: {}, status: 201 });
  return { ...instruction, documentId, taskId };
}

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};
const given = once(() => directed());
const begun = once(() => directed(true));

const reads: ColleagueRow[] = [['an open task', given] as const, ['a task in progress', begun] as const].flatMap(
  ([on, thing]): ColleagueRow[] => [
    {
      operation: 'GET /tasks',
      on,
      attempt: async () => ({
        path: `/tasks?documentId=${(await thing()).documentId}`,
        marks: [(await thing()).taskId],
      }),
      done: ['part'],
    },
    {
      operation: 'GET /tasks',
      on: `${on}, followed`,
      attempt: async () => {
        const { documentId, taskId } = await thing();
        return { path: `/tasks?scope=followed&documentId=${documentId}`, marks: [taskId] };
      },
      done: ['leader'],
    },
    {
      operation: 'GET /tasks/:taskId',
      on,
      attempt: async () => ({ path: `/tasks/${(await thing()).taskId}`, marks: [(await thing()).documentId] }),
      done: READERS,
    },
    {
      operation: 'GET /instructions',
      on,
      attempt: async () => {
        const { documentId, instructionId } = await thing();
        return { path: `/instructions?documentId=${documentId}`, marks: [instructionId] };
      },
      done: READERS,
    },
  ],
);

const act = (name: string, body: unknown, done: ColleagueName[]): ColleagueRow => ({
  operation: `POST /tasks/:taskId/${name}`,
  on: 'an open task',
  attempt: async () => ({ path: `/tasks/${(await directed()).taskId}/${name}`, body }),
  done,
  refused: { by: READERS.filter((reader) => !done.includes(reader)), code: 'workflow.task-not-yours' },
});

const acts: ColleagueRow[] = [
  act('starts', {}, ['part']),
  act('completions', { result: 'Đã xử lý xong.' }, ['part']),
  act('reminders', { text: 'Khẩn trương.' }, ['leader']),
  {
    operation: 'POST /instructions',
    on: 'a document that the clerk has registered',
    attempt: async () => {
      const documentId = await office.accepted();
      await office.tellAccess(documentId, [part]);
      return { path: '/instructions', body: direction(documentId, { leadPostId: part.postId, coHandlerPostIds: [] }) };
    },
    done: ['leader', 'other-leader'],
  },
];

describe('F-22 SEC-Z02 SEC-Z05 tasks and instructions among colleagues', () => {
  colleagueSuite({
    test: () => office.test,
    colleagues,
    rows: [...reads, ...acts],
    others: {
      'GET /notifications': 'those to the caller alone',
      'GET /process-definitions': 'the same for everybody',
    },
  });

  it('F-22 SEC-Z02 before the rights of a document have come, only who was given work on it sees what hangs on it; by the register once it stands there', async () => {
    const documentId = await office.arrived();
    await office.accept(documentId);
    const body = direction(documentId, { leadPostId: part.postId, coHandlerPostIds: [] });
    await office.test.json('/instructions', { as: leader, body, status: 201 });
    const seen = async (as: typeof part) =>
      (await office.test.json<{ items: unknown[] }>(`/instructions?documentId=${documentId}`, { as })).items.length;
    const all = async (): Promise<number[]> =>
      Promise.all([part, leader, colleagues.clerk, colleagues.officer, colleagues.administrator].map(seen));
    expect(await all()).toEqual([1, 1, 0, 0, 0]);
    await office.tellAccess(documentId, [colleagues.officer], 'incoming-document', [], false);
    expect(await all()).toEqual([1, 1, 0, 1, 0]);
    await office.tellAccess(documentId, [colleagues.officer]);
    expect(await all()).toEqual([1, 1, 1, 1, 0]);
  });
});
