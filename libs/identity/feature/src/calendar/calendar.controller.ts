import { Controller, Inject } from '@nestjs/common';
import { CalendarNotFound, CalendarNotYours, CalendarYearFaulty } from '@qlvb/identity-domain';
import { operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { CalendarYearInput, CalendarYearView } from './calendar.dto.ts';
import { CalendarService } from './calendar.service.ts';

const params = z.object({ year: z.int().min(2000).max(2100) });

const get = operation({
  id: 'getWorkingCalendar',
  method: 'GET',
  path: '/calendar/:year',
  tag: 'calendar',
  summary: { vi: 'Lịch làm việc của năm', en: 'Working calendar of a year' },
  authenticated: true,
  params,
  response: { status: 200, schema: CalendarYearView },
  etag: 'returns',
  problems: [CalendarNotFound],
});

const replace = operation({
  id: 'putWorkingCalendar',
  method: 'PUT',
  path: '/calendar/:year',
  tag: 'calendar',
  summary: { vi: 'Cập nhật lịch làm việc của năm', en: 'Replace the working calendar of a year' },
  permission: 'calendar.manage',
  params,
  body: CalendarYearInput,
  response: { status: 200, schema: CalendarYearView },
  etag: 'requires',
  problems: [CalendarNotYours, CalendarYearFaulty],
});

@Controller()
export class CalendarController {
  constructor(@Inject(CalendarService) private readonly calendar: CalendarService) {}

  @Operation(get)
  get({ params: { year } }: Input<typeof get>) {
    return this.calendar.get(year);
  }

  @Operation(replace)
  replace({ params: { year }, body, ifMatch, actor }: Input<typeof replace>) {
    return this.calendar.replace(year, body, ifMatch, actor);
  }
}
