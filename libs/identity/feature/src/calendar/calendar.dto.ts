import { calendarDay } from '@qlvb/contracts';
import { z } from 'zod';

const Day = calendarDay
  .omit({ date: true, decidedAt: true })
  .extend({ on: z.iso.date(), decidedOn: z.iso.date().optional() })
  .meta({ id: 'CalendarDay' });

const year = { complete: z.boolean(), days: z.array(Day).max(366) };

export const CalendarYearInput = z.object(year).meta({ id: 'CalendarYearInput' });

export const CalendarYearView = z
  .object({ year: z.int(), version: z.int().nonnegative(), ...year })
  .meta({ id: 'WorkingCalendar' });

type Day = z.output<typeof Day>;
/** A day as it is kept and told to the other services. */
type KeptDay = z.output<typeof calendarDay>;

export const dayView = ({ date, decidedAt, ...day }: KeptDay): Day => ({
  on: date,
  ...day,
  ...(decidedAt === undefined ? {} : { decidedOn: decidedAt }),
});

export const keptDay = ({ on, decidedOn, ...day }: Day): KeptDay => ({
  date: on,
  ...day,
  ...(decidedOn === undefined ? {} : { decidedAt: decidedOn }),
});
