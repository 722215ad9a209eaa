import { Controller } from '@nestjs/common';
import { operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { defineProblem } from '@qlvb/shared-domain';
import { PUBLIC_CALENDAR_DAYS } from '@qlvb/vietnam';
import { z } from 'zod';

export const CalendarMissing = defineProblem({
  code: 'identity.calendar-missing',
  kind: 'not-found',
  source: 'CAL-6',
  title: { vi: 'Chưa có lịch năm này', en: 'No calendar for this year' },
  detail: { vi: 'Chưa có lịch làm việc năm {year}.', en: 'There is no working calendar for {year}.' },
});

const CalendarView = z
  .object({
    year: z.int(),
    days: z.array(z.object({ date: z.iso.date(), kind: z.string(), name: z.string(), status: z.string().optional() })),
  })
  .meta({ id: 'WorkingCalendar' });

const get = operation({
  method: 'GET',
  path: '/calendar/:year',
  tag: 'calendar',
  summary: { vi: 'Lịch làm việc của năm', en: 'Working calendar of a year' },
  authenticated: true,
  params: z.object({ year: z.int().min(2000).max(2100) }),
  response: { status: 200, schema: CalendarView },
  problems: [CalendarMissing],
});

@Controller()
export class CalendarController {
  /** @source CAL-6 */
  @Operation(get)
  get({ params: { year } }: Input<typeof get>) {
    const days = PUBLIC_CALENDAR_DAYS.filter((day) => day.date.startsWith(`${year}-`));
    if (days.length === 0) throw CalendarMissing({ year });
    return {
      year,
      days: days.map(({ date, kind, name, status }) => ({ date, kind, name, ...(status ? { status } : {}) })),
    };
  }
}
