import { CALENDAR_REASONS, fillLabel } from '@qlvb/contracts';
import { sayTime } from '@qlvb/shared-domain';
import { calendarYearFaults } from '@qlvb/vietnam';
import type { CalendarYear } from '@qlvb/vietnam';
import { CalendarYearFaulty } from './identity.problems.ts';

/** @throws CalendarYearFaulty naming every fault and the day it lies on */
export function assertCalendarYear(calendar: CalendarYear): void {
  const faults = calendarYearFaults(calendar);
  if (faults.length === 0) return;
  throw CalendarYearFaulty(
    { year: calendar.year, count: faults.length },
    {
      faults: faults.map(({ date, fault }) => {
        const index = calendar.days.findLastIndex((day) => day.date === date);
        return {
          pointer: index < 0 ? '/body/days' : (`/body/days/${index}/on` as const),
          code: fault,
          detail: fillLabel(CALENDAR_REASONS[fault], { date: sayTime(date) }),
        };
      }),
    },
  );
}
