import { Inject, Injectable } from '@nestjs/common';
import { CalendarYearChanged } from '@qlvb/contracts';
import type { DataOf } from '@qlvb/contracts';
import { assertCalendarYear, CalendarNotFound, CalendarNotYours } from '@qlvb/identity-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, VersionStale } from '@qlvb/platform-database';
import { idFrom } from '@qlvb/shared-domain';
import { releasedCalendarYear } from '@qlvb/vietnam';
import { IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Agency, CalendarYearEntity } from '../identity.entities.ts';
import { dayView, keptDay } from './calendar.dto.ts';
import type { CalendarYearInput, CalendarYearView } from './calendar.dto.ts';

type View = z.input<typeof CalendarYearView>;
type Kept = DataOf<typeof CalendarYearChanged>;

/** One change of the calendar after another, also of a year that has no row yet. */
const CALENDAR_LOCK = 'SELECT pg_advisory_xact_lock(7201012)';

/** The public calendar: days off and make-up Saturdays, decided year by year and changed during the year. */
@Injectable()
export class CalendarService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Version 0 is the calendar as released.
   *
   * @throws CalendarNotFound
   * @source CAL-6
   */
  async get(year: number): Promise<View> {
    const found = await this.#find(this.database.source.manager, year);
    if (!found) throw CalendarNotFound({ year });
    return { ...found, days: found.days.map(dayView) };
  }

  /**
   * Replaces a year whole; other services hear of it and count by it from then on.
   *
   * @param ifMatch 0 for a year that was never changed here
   * @throws CalendarNotYours, VersionStale, CalendarYearFaulty
   * @source CAL-2
   * @source CAL-5
   * @source CAL-6
   */
  replace(year: number, input: z.output<typeof CalendarYearInput>, ifMatch: number, actor: Actor): Promise<View> {
    return this.database.command(async (tx) => {
      await tx.manager.query(CALENDAR_LOCK);
      const ofProvince = await tx.manager.existsBy(Agency, { id: actor.agencyId, parentId: IsNull() });
      if (!ofProvince) throw CalendarNotYours();
      const before = await this.#find(tx.manager, year);
      const version = before?.version ?? 0;
      if (ifMatch !== version) throw VersionStale({ version });
      const given = input.days.map(keptDay);
      assertCalendarYear({ year, complete: input.complete, days: given });
      const days = given.toSorted((a, b) => (a.date < b.date ? -1 : 1));
      const after = { year, version: version + 1, complete: input.complete, days };
      await tx.manager.save(CalendarYearEntity, after);
      tx.publish(CalendarYearChanged, after);
      tx.audit({
        action: 'calendar.replaced',
        resource: { type: 'calendar', id: idFrom(`calendar:${year}`) },
        before,
        after,
      });
      return { ...after, days: after.days.map(dayView) };
    });
  }

  async #find(manager: EntityManager, year: number): Promise<Kept | undefined> {
    const kept = await manager.findOneBy(CalendarYearEntity, { year });
    if (kept) return kept as Kept;
    const released = releasedCalendarYear(year);
    return released && ({ ...released, version: 0, days: [...released.days] } as Kept);
  }
}
