import { calendarDay } from '@qlvb/contracts';
import { z } from 'zod';

const year = { complete: z.boolean(), days: z.array(calendarDay).max(366) };

export const CalendarYearInput = z.object(year).meta({ id: 'CalendarYearInput' });

export const CalendarYearView = z
  .object({ year: z.int(), version: z.int().nonnegative(), ...year })
  .meta({ id: 'WorkingCalendar' });
