import { CalendarYearChanged } from '@qlvb/contracts';
import { releasedCalendarYear } from '@qlvb/vietnam';
import { HOME_CODE, refusal, Registry } from './registry.ts';
import type { Session } from './registry.ts';

interface Day {
  readonly on: string;
  readonly kind: string;
  readonly name: string;
  readonly status: string;
}
interface Calendar {
  readonly year: number;
  readonly version: number;
  readonly complete: boolean;
  readonly days: readonly Day[];
}

let registry: Registry;
let province: Session;
let admin: Session;
let officer: Session;
beforeAll(async () => {
  registry = await Registry.open();
  province = await registry.newcomer('H46', 'agency_admin');
  admin = await registry.newcomer(HOME_CODE, 'agency_admin');
  officer = await registry.newcomer(HOME_CODE, 'officer');
});
afterAll(() => registry.test.stop());

const get = (year: number): Promise<Calendar> => registry.json<Calendar>(officer, `/calendar/${year}`);
const put = (year: number, body: unknown, version: number, as = province): Promise<Response> =>
  registry.ask(as, `/calendar/${year}`, { method: 'PUT', body, headers: { 'if-match': `"${version}"` } });
const day = (on: string, kind = 'statutory', status = 'decided'): Day => ({ on, kind, name: 'Nghỉ', status });
const changes = async (year: number): Promise<number[]> =>
  (await registry.test.published(CalendarYearChanged))
    .filter(({ data }) => data.year === year)
    .map(({ data }) => data.version);

describe('the public calendar', () => {
  it('CAL-2 is at first the released one, version 0', async () => {
    const calendar = await get(2026);
    expect(calendar).toMatchObject({ year: 2026, version: 0, complete: true });
    expect(calendar.days).toHaveLength(releasedCalendarYear(2026)?.days.length ?? 0);
    expect(calendar.days.find(({ on }) => on === '2026-11-24')?.status).toBe('pending');
    expect(await refusal(registry.ask(officer, '/calendar/2030'))).toEqual([404, 'identity.calendar-missing']);
  });

  it('CAL-5 the province decides a pending day: everybody sees it, one event and one audit entry tell of it', async () => {
    const { days } = await get(2026);
    const decided = days.map((one) => ({ ...one, status: 'decided' }));
    const answer = await put(2026, { complete: true, days: decided }, 0);
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"1"']);
    const after = await get(2026);
    expect(after.version).toBe(1);
    expect(after.days.every(({ status }) => status === 'decided')).toBe(true);
    expect(await changes(2026)).toEqual([1]);
    const { rows } = await registry.test.admin.query(
      `SELECT 1 FROM platform.audit WHERE entry::jsonb ->> 'action' = 'calendar.replaced'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('CAL-6 a new year begins with If-Match "0" and may change during the year', async () => {
    const first = await put(2031, { complete: false, days: [day('2031-01-01')] }, 0);
    expect(first.status).toBe(200);
    expect((await put(2031, { complete: false, days: [day('2031-01-02'), day('2031-01-01')] }, 1)).status).toBe(200);
    const calendar = await get(2031);
    expect([calendar.version, calendar.days.map(({ on }) => on)]).toEqual([2, ['2031-01-01', '2031-01-02']]);
    expect(await changes(2031)).toEqual([1, 2]);
  });

  it('CAL-6 of twenty changes at once of one version one is made', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_none, index) =>
        put(2032, { complete: false, days: [day(`2032-02-${String(index + 1).padStart(2, '0')}`)] }, 0),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(19);
    expect(await changes(2032)).toEqual([1]);
  });

  it('CAL-2 only the province changes it, and only who may', async () => {
    const body = { complete: false, days: [] };
    expect(await refusal(put(2033, body, 0, admin))).toEqual([403, 'identity.calendar-not-yours']);
    expect((await put(2033, body, 0, officer)).status).toBe(403);
    expect(await refusal(registry.ask(officer, '/calendar/2033'))).toEqual([404, 'identity.calendar-missing']);
  });

  it('CAL-3 CAL-4 names every day that cannot be so, and keeps nothing of it', async () => {
    const days = [day('2034-04-30'), day('2034-03-05', 'work'), day('2034-03-04', 'swap'), day('2033-12-31')];
    const answer = await put(2034, { complete: false, days }, 0);
    const problem = (await answer.json()) as { code: string; errors: { pointer: string; code: string }[] };
    expect([answer.status, problem.code]).toEqual([422, 'identity.calendar-year-faulty']);
    expect(problem.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/body/days/1/on', 'make-up-day-not-a-saturday'],
      ['/body/days/2/on', 'day-off-on-a-weekend'],
      ['/body/days/3/on', 'outside-the-year'],
    ]);
    expect(await refusal(registry.ask(officer, '/calendar/2034'))).toEqual([404, 'identity.calendar-missing']);
    expect(await changes(2034)).toEqual([]);
  });

  it.each([
    ['no If-Match', { complete: false, days: [] }, {}, 428],
    ['a local day', { complete: false, days: [{ ...day('2034-01-02'), kind: 'local' }] }, { 'if-match': '"0"' }, 400],
    ['an unknown member', { complete: false, days: [], more: 1 }, { 'if-match': '"0"' }, 400],
    [
      'too many days',
      { complete: false, days: Array.from({ length: 367 }, () => day('2034-01-02')) },
      { 'if-match': '"0"' },
      400,
    ],
  ])('a change with %s is refused', async (_title, body, headers, status) => {
    const answer = await registry.ask(province, '/calendar/2034', { method: 'PUT', body, headers });
    expect(answer.status).toBe(status);
  });
});
