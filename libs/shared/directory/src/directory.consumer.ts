import { Controller, Inject } from '@nestjs/common';
import { AgencyChanged, CalendarYearChanged, PostChanged, SessionsEnded } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { Directory } from './directory.ts';

/** Keeps the read model up with identity. */
@Controller()
export class DirectoryConsumer {
  constructor(@Inject(Directory) private readonly directory: Directory) {}

  @OnEvent(AgencyChanged)
  onAgencyChanged(event: EventOf<typeof AgencyChanged>): Promise<void> {
    return this.directory.applyAgency(event.data);
  }

  @OnEvent(CalendarYearChanged)
  onCalendarYearChanged(event: EventOf<typeof CalendarYearChanged>): Promise<void> {
    return this.directory.applyCalendarYear(event.data);
  }

  @OnEvent(PostChanged)
  onPostChanged(event: EventOf<typeof PostChanged>): Promise<void> {
    return this.directory.applyPost(event.data);
  }

  @OnEvent(SessionsEnded)
  onSessionsEnded(event: EventOf<typeof SessionsEnded>): Promise<void> {
    return this.directory.applySessionsEnded(event.data);
  }
}
