import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@qlvb/platform-database';
import { defineJob, OnJob } from '@qlvb/platform-jobs';
import type { Job } from '@qlvb/platform-jobs';
import { z } from 'zod';
import { SessionEnds } from '../auth/session-ends.ts';
import { Agency } from '../identity.entities.ts';

/** Due when the last day of an agency is over. */
export const EndAgency = defineJob({
  kind: 'identity.end-agency',
  data: z.object({ endsOn: z.iso.date() }),
  attempts: 20,
});

/** Ends the work of people in an agency that has ended. */
@Injectable()
export class EndedAgencies {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SessionEnds) private readonly sessions: SessionEnds,
  ) {}

  /** Nothing happens where the agency was opened again, or ends on another day. @source SEC-S03 */
  @OnJob(EndAgency)
  async end(job: Job<typeof EndAgency>): Promise<void> {
    const agencyId = job.agencyId ?? '';
    await this.database.command(
      async (tx) => {
        const { validTo } = await tx.manager.findOneByOrFail(Agency, { id: agencyId });
        if (validTo === job.data.endsOn) await this.sessions.ofAgency(tx, 'agency-closed');
        await job.finish(tx);
      },
      { agencyId },
    );
  }
}
