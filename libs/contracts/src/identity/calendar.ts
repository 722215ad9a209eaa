import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { calendarDate, shortText } from '../shapes.ts';

/** One exception to "Monday to Friday" of the public calendar. @source CAL-6 */
export const calendarDay = z.object({
  date: calendarDate,
  kind: z.enum(['statutory', 'compensatory', 'swap', 'work']),
  name: shortText,
  /** A pending day is known and has no effect yet. */
  status: z.enum(['decided', 'pending']),
  /** Symbol of the decision. */
  source: shortText.optional(),
  decidedAt: calendarDate.optional(),
});

/** The whole public calendar of one year; later events replace earlier ones. */
export const CalendarYearChanged = defineEvent({
  type: 'identity.calendar.changed.v1',
  topic: 'identity.calendar',
  summary: 'The public calendar of a year was decided or changed; carries the whole year.',
  data: z.object({
    year: z.int().min(2000).max(2100),
    version: z.int().positive(),
    /** Whether all days off of the year are decided; until then counts over it are provisional. */
    complete: z.boolean(),
    days: z.array(calendarDay).max(366),
  }),
  key: (data) => String(data.year),
  example: {
    year: 2027,
    version: 1,
    complete: false,
    days: [
      {
        date: '2027-01-01',
        kind: 'statutory',
        name: 'Tết Dương lịch',
        status: 'decided',
        source: 'Bộ luật Lao động Đ112',
      },
    ],
  },
});
