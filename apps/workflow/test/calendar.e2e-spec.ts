import { CalendarYearChanged, TaskChanged } from '@qlvb/contracts';
import { startServiceProcess, until } from '@qlvb/platform-service-testing';
import { addDays, addWorkingDays, dayOfWeek, endOfVietnamDay, publicCalendar, vietnamDate } from '@qlvb/vietnam';
import type { CalendarYear } from '@qlvb/vietnam';
import { idFrom, newId } from '@qlvb/shared-domain';
import { AGENCY, leader, officer, Office, second } from './office.ts';

const PROVINCE = idFrom('agency:H46');
const today = vietnamDate(new Date());
const thisYear = Number(today.slice(0, 4));

/** The next two weeks are off, on top of nothing: whatever the day of the test, five working days from now move. */
const storm = (): CalendarYear[] =>
  [thisYear, thisYear + 1].map((year) => ({
    year,
    complete: false,
    days: Array.from({ length: 14 }, (_none, index) => addDays(today, index + 1))
      .filter((date) => date.startsWith(`${year}-`) && ![0, 6].includes(dayOfWeek(date)))
      .map((date) => ({ date, kind: 'statutory' as const, name: 'Nghỉ phòng chống bão', status: 'decided' as const })),
  }));
const none = (): CalendarYear[] => [thisYear, thisYear + 1].map((year) => ({ year, complete: false, days: [] }));

let office: Office;
beforeEach(async () => {
  office = await Office.open();
});
afterEach(() => office.test.stop());

const tell = async (years: readonly CalendarYear[], version: number): Promise<void> => {
  for (const { year, complete, days } of years) {
    await office.test.deliver(CalendarYearChanged, PROVINCE, { year, version, complete, days: days as never });
  }
};
const recounts = async (): Promise<{ state: string; deaths: number; done: number; total: number }[]> => {
  const { rows } = await office.test.admin.query(
    `SELECT state, deaths, progress_done::int AS done, progress_total::int AS total FROM platform.job
     WHERE kind = 'workflow.recount-deadlines' ORDER BY seq`,
  );
  return rows as never;
};
const recounted = (): Promise<true | undefined> =>
  until('the recount', async () => ((await recounts()).every(({ state }) => state === 'done') ? true : undefined));
const decide = async (years: readonly CalendarYear[], version: number): Promise<void> => {
  await tell(years, version);
  await recounted();
};
const dueAt = async (documentId: string): Promise<string> => (await office.task(officer, documentId, 'handle')).dueAt;
const fiveDays = (kept: readonly CalendarYear[]): string =>
  endOfVietnamDay(addWorkingDays(today, 5, publicCalendar(kept))).toISOString();
const sameInstant = (text: string): string => new Date(text).toISOString();

describe('deadlines follow the public calendar', () => {
  it('CAL-6 a new deadline counts by the days that the province decided', async () => {
    await decide(storm(), 1);
    const directed = await office.directed();
    expect(sameInstant(directed.dueAt)).toBe(fiveDays(storm()));
    expect(sameInstant(await dueAt(directed.documentId))).toBe(fiveDays(storm()));
    expect(fiveDays(storm()) > fiveDays([])).toBe(true);
  });

  it('CAL-6 an open deadline becomes later when its days are off now, and everybody concerned hears of it', async () => {
    const { documentId, instructionId } = await office.directed();
    await decide(storm(), 1);
    expect(sameInstant(await dueAt(documentId))).toBe(fiveDays(storm()));
    const { rows } = await office.test.admin.query<{ deadline: Date }>(
      'SELECT deadline FROM instruction WHERE id = $1',
      [instructionId],
    );
    expect(rows[0]?.deadline.toISOString()).toBe(fiveDays(storm()));
    const told = (await office.test.published(TaskChanged)).filter(({ data }) => data.documentId === documentId);
    expect(told.at(-1)?.data.dueAt).toBe(fiveDays(storm()));
    const notices = await office.test.json<{ items: { title: string }[] }>('/notifications', { as: second });
    expect(notices.items.some(({ title }) => title.startsWith('Thời hạn được lùi'))).toBe(true);
  });

  it('CAL-6 it never becomes earlier, and what is done keeps its deadline', async () => {
    await decide(storm(), 1);
    const { documentId } = await office.directed();
    const done = await office.directed();
    const task = await office.task(officer, done.documentId, 'handle');
    await office.complete(officer, task);
    await decide(none(), 2);
    expect(sameInstant(await dueAt(documentId))).toBe(fiveDays(storm()));
    await decide(storm(), 1);
    const fresh = await office.directed();
    expect(sameInstant(fresh.dueAt)).toBe(fiveDays(none()));
  });

  it('CAL-6 a day that the leader named, and what is due at once, stay', async () => {
    const named = await office.directed({ dueInWorkingDays: undefined, dueOn: addDays(today, 3) });
    const flash = await office.accepted({ urgency: 'flash' });
    const { rows: before } = await office.test.admin.query('SELECT id, due_at FROM task ORDER BY id');
    await decide(storm(), 1);
    expect(sameInstant(await dueAt(named.documentId))).toBe(endOfVietnamDay(addDays(today, 3)).toISOString());
    const { rows: after } = await office.test.admin.query(
      `SELECT id, due_at FROM task WHERE document_id = $1 OR document_id = $2 ORDER BY id`,
      [named.documentId, flash],
    );
    expect(after).toEqual(before.filter(({ id }) => after.some((row) => row.id === id)));
  });

  it('CAL-6 an event delivered twice moves nothing twice', async () => {
    const { documentId } = await office.directed();
    const [first] = storm();
    const id = newId();
    const data = { year: first?.year ?? 0, version: 1, complete: false, days: (first?.days ?? []) as never };
    await office.test.deliver(CalendarYearChanged, PROVINCE, data, id);
    await recounted();
    const once = await dueAt(documentId);
    await office.test.deliver(CalendarYearChanged, PROVINCE, data, id);
    await recounted();
    expect(await dueAt(documentId)).toBe(once);
    const { rows } = await office.test.admin.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM platform.audit WHERE agency_id = $1 AND entry::jsonb ->> 'action' = 'task.deadline-recounted'`,
      [AGENCY],
    );
    expect(rows[0]?.n).toBeLessThanOrEqual(3);
  });
});

describe('a recount that is given up', () => {
  it('CAL-6 is told to who sets deadlines and who looks after the calendar, where deadlines are open', async () => {
    await office.directed();
    await office.test.admin.query(
      `SELECT platform.enqueue_job($1, 'workflow.recount-deadlines', NULL, NULL, '"unreadable"', false, NULL, now(), now(), NULL, NULL, NULL)`,
      [newId()],
    );
    const told = await until('somebody is told', async () => {
      const { rows } = await office.test.admin.query<{ agency_id: string; permission: string; kind: string }>(
        `SELECT agency_id, permission, kind FROM notification WHERE kind = 'job-failed' ORDER BY permission`,
      );
      return rows.length > 0 ? rows : undefined;
    });
    expect(told).toEqual(
      ['calendar.manage', 'instructions.issue'].map((permission) => ({
        ...{ agency_id: AGENCY, permission, kind: 'job-failed' },
      })),
    );
    expect((await recounts()).map(({ state }) => state)).toEqual(['failed']);
    const { items } = await office.test.json<{ items: { title: string; text: string }[] }>('/notifications', {
      as: leader,
    });
    expect(items.find(({ title }) => title === 'Tác vụ nền không hoàn thành')?.text).toMatch(/^Tính lại thời hạn/);
  });
});

describe('a recount whose process is killed', () => {
  const TASKS = 250;

  it('CAL-6 goes on where it was in another process: every deadline moves, and moves once', async () => {
    await office.test.stop();
    office = await Office.open({ QLVB_JOBS_AT_ONCE: '0' });
    const { documentId } = await office.directed();
    const { rows } = await office.test.admin.query<{ id: string }>(
      `SELECT id FROM task WHERE document_id = $1 AND step = 'handle' AND state = 'open'`,
      [documentId],
    );
    await copyTask(rows[0]?.id ?? '', TASKS);
    const { rows: open } = await office.test.admin.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM task WHERE due_basis IS NOT NULL AND state IN ('open', 'in_progress')`,
    );
    const moved = async (): Promise<number[]> => {
      const { rows: audited } = await office.test.admin.query<{ n: number; tasks: number }>(
        `SELECT count(*)::int AS n, count(DISTINCT entry::jsonb -> 'resource' ->> 'id')::int AS tasks FROM platform.audit
         WHERE entry::jsonb ->> 'action' = 'task.deadline-recounted'`,
      );
      return [audited[0]?.n ?? 0, audited[0]?.tasks ?? 0];
    };
    const [year] = storm().filter(({ days }) => days.length > 0);
    await tell(year ? [year] : [], 1);
    expect(await recounts()).toMatchObject([{ state: 'waiting' }]);
    const first = await startServiceProcess(office.test, 'workflow', {
      QLVB_JOBS_AT_ONCE: '4',
      QLVB_FAIL_POINTS: 'workflow:batch-recounted=kill@2',
    });
    expect(await first.exited).toBe('SIGKILL');
    expect(await moved()).toEqual([200, 200]);
    expect(await recounts()).toMatchObject([{ state: 'running' }]);
    const second = await startServiceProcess(office.test, 'workflow', { QLVB_JOBS_AT_ONCE: '4' });
    await recounted();
    second.child.kill('SIGTERM');
    await second.exited;
    expect(await moved()).toEqual([open[0]?.n, open[0]?.n]);
    expect(await recounts()).toMatchObject([{ state: 'done', deaths: 1, done: 0, total: 1 }]);
  });
});

/** As many more like it, made without the way there. */
async function copyTask(id: string, count: number): Promise<void> {
  const { rows } = await office.test.admin.query<{ names: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = 'task' AND column_name NOT IN ('id', 'document_id') AND is_generated = 'NEVER'`,
  );
  const names = rows[0]?.names ?? '';
  await office.test.admin.query(
    `INSERT INTO task (id, document_id, ${names})
     SELECT copy, copy, ${names} FROM task, unnest($2::uuid[]) AS copy WHERE task.id = $1`,
    [id, Array.from({ length: count }, newId)],
  );
}
