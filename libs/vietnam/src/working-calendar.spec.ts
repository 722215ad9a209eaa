import { PUBLIC_CALENDAR_DAYS, PUBLIC_CALENDAR_YEARS } from './public-calendar.ts';
import { addDays, dayOfWeek } from './vietnam-time.ts';
import {
  addWorkingDays,
  calendarCovers,
  isWorkingDay,
  nextWorkingDay,
  recomputedDeadline,
  rollToWorkingDay,
  uncompensatedHolidays,
  workingCalendar,
} from './working-calendar.ts';
import type { CalendarDay } from './working-calendar.ts';

const calendar = workingCalendar(PUBLIC_CALENDAR_DAYS, PUBLIC_CALENDAR_YEARS);

/** Holidays that fell on a Saturday or Sunday and were compensated. */
const HOLIDAYS_ON_WEEKEND = ['2024-02-10', '2024-02-11', '2026-04-26'];

/** Working days from a first to a last day, both counted. */
const workingDays = (from: string, to: string): number => {
  let count = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(day, calendar)) count += 1;
  return count;
};

describe('public calendar', () => {
  it.each([
    ['2024-02-07', true, '2024-02-15', '2024-02-21'],
    ['2024-04-26', true, '2024-05-02', '2024-05-07'],
    ['2024-05-03', true, '2024-05-04', '2024-05-09'],
    ['2024-08-30', true, '2024-09-04', '2024-09-10'],
    ['2025-01-24', true, '2025-02-03', '2025-02-07'],
    ['2025-04-25', true, '2025-04-26', '2025-05-06'],
    ['2025-04-29', true, '2025-05-05', '2025-05-09'],
    ['2025-08-29', true, '2025-09-03', '2025-09-09'],
    ['2025-12-31', true, '2026-01-05', '2026-01-09'],
    ['2026-01-09', true, '2026-01-10', '2026-01-15'],
    ['2026-02-13', true, '2026-02-23', '2026-02-27'],
    ['2026-04-24', true, '2026-04-28', '2026-05-06'],
    ['2026-08-21', true, '2026-08-22', '2026-08-27'],
    ['2026-08-28', true, '2026-09-03', '2026-09-09'],
    ['2026-09-02', false, '2026-09-03', '2026-09-09'],
  ])('CAL-4 CAL-9 from %s (working: %s) the next working day is %s, the fifth %s', (day, works, next, fifth) => {
    expect(isWorkingDay(day, calendar)).toBe(works);
    expect(nextWorkingDay(day, calendar)).toBe(next);
    expect(addWorkingDays(day, 5, calendar)).toBe(fifth);
  });

  it.each([
    [2024, 251],
    [2025, 250],
    [2026, 250],
  ])('CAL-1 CAL-2 %i has %i working days', (year, days) => {
    expect(workingDays(`${year}-01-01`, `${year}-12-31`)).toBe(days);
  });

  it.each(PUBLIC_CALENDAR_YEARS)('CAL-1 %i has its eleven paid holidays', (year) => {
    const ofYear = (date: string) => date.startsWith(String(year));
    const onWorkdays = PUBLIC_CALENDAR_DAYS.filter(
      ({ date, kind, status }) => ofYear(date) && kind === 'statutory' && status === 'decided',
    );
    expect(onWorkdays.length + HOLIDAYS_ON_WEEKEND.filter(ofYear).length).toBe(11);
  });

  it('CAL-3 every holiday on a weekend has its day off in return', () => {
    expect(uncompensatedHolidays(HOLIDAYS_ON_WEEKEND, PUBLIC_CALENDAR_DAYS)).toEqual([]);
    const without = PUBLIC_CALENDAR_DAYS.filter(({ date }) => date !== '2024-02-14');
    expect(uncompensatedHolidays(HOLIDAYS_ON_WEEKEND, without)).toEqual(['2024-02-11']);
  });

  it('CAL-4 days off are weekdays, made-up days are Saturdays, one for each day moved', () => {
    const decided = PUBLIC_CALENDAR_DAYS.filter(({ status }) => status === 'decided');
    for (const { date, kind } of decided) {
      expect(kind === 'work' ? [6] : [1, 2, 3, 4, 5]).toContain(dayOfWeek(date));
    }
    const count = (kind: string) => decided.filter((day) => day.kind === kind).length;
    expect(count('swap')).toBe(count('work'));
  });

  it('CAL-5 a pending holiday has no effect until it is decided', () => {
    expect(isWorkingDay('2026-11-24', calendar)).toBe(true);
    const decided = PUBLIC_CALENDAR_DAYS.map((day) => ({ ...day, status: 'decided' as const }));
    expect(isWorkingDay('2026-11-24', workingCalendar(decided, PUBLIC_CALENDAR_YEARS))).toBe(false);
  });
});

describe('calendar as data', () => {
  it('CAL-6 an agency adds days of its own', () => {
    const storm: CalendarDay = { date: '2026-10-20', kind: 'local', name: 'Nghỉ tránh bão', status: 'decided' };
    const local = workingCalendar([...PUBLIC_CALENDAR_DAYS, storm], PUBLIC_CALENDAR_YEARS);
    expect(nextWorkingDay('2026-10-19', calendar)).toBe('2026-10-20');
    expect(nextWorkingDay('2026-10-19', local)).toBe('2026-10-21');
  });

  it('CAL-6 a changed calendar only moves deadlines later', () => {
    expect(recomputedDeadline('2026-10-20', '2026-10-21')).toBe('2026-10-21');
    expect(recomputedDeadline('2026-10-20', '2026-10-19')).toBe('2026-10-20');
    const [early, late] = [new Date(1), new Date(2)];
    expect(recomputedDeadline(late, early)).toBe(late);
  });

  it('CAL-2 a year without decided days knows the fixed holidays and says that it is provisional', () => {
    expect(calendarCovers(calendar, '2026-12-31')).toBe(true);
    expect(calendarCovers(calendar, '2027-01-01')).toBe(false);
    expect(nextWorkingDay('2026-12-31', calendar)).toBe('2027-01-04');
    expect(isWorkingDay('2027-04-30', calendar)).toBe(false);
    expect(isWorkingDay('2027-02-08', calendar)).toBe(true);
  });

  it('CAL-9 a calendar period ending on a day off runs to the next working day', () => {
    expect(rollToWorkingDay('2026-02-14', calendar)).toBe('2026-02-23');
    expect(rollToWorkingDay('2026-02-13', calendar)).toBe('2026-02-13');
  });

  it('CAL-9 counting is additive and never stops on a day off', () => {
    for (let day = '2024-01-01', step = 0; day < '2026-12-01'; day = addDays(day, 13), step += 1) {
      const [a, b] = [step % 7, step % 11];
      const sum = addWorkingDays(day, a + b, calendar);
      expect(addWorkingDays(addWorkingDays(day, a, calendar), b, calendar)).toBe(sum);
      if (a + b > 0) expect(isWorkingDay(sum, calendar)).toBe(true);
      expect(workingDays(addDays(day, 1), sum)).toBe(a + b);
    }
    expect(addWorkingDays('2026-02-14', 0, calendar)).toBe('2026-02-14');
    expect(() => addWorkingDays('2026-02-14', -1, calendar)).toThrow(RangeError);
    expect(() => addWorkingDays('2026-02-14', 1.5, calendar)).toThrow(RangeError);
  });
});
