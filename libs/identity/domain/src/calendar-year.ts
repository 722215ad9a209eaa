import { calendarYearFaults } from '@qlvb/vietnam';
import type { CalendarFault, CalendarYear } from '@qlvb/vietnam';
import { CalendarYearFaulty } from './identity.problems.ts';

const SAID: Readonly<Record<CalendarFault, string>> = {
  'outside-the-year': 'không thuộc năm này',
  twice: 'ghi hai lần',
  'make-up-day-not-a-saturday': 'ngày làm bù phải là thứ Bảy',
  'day-off-on-a-weekend': 'ngày nghỉ bù, nghỉ hoán đổi không thể là thứ Bảy hoặc Chủ nhật',
  'holiday-not-compensated': 'ngày lễ trùng ngày nghỉ hằng tuần chưa có ngày nghỉ bù',
  'fixed-holiday-missing': 'thiếu ngày lễ theo Bộ luật Lao động',
};

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
          pointer: index < 0 ? '/body/days' : `/body/days/${index}/date`,
          code: fault,
          detail: `Ngày ${date}: ${SAID[fault]}.`,
        };
      }),
    },
  );
}
