import { Inject, Injectable } from '@nestjs/common';
import { IdentityNotificationRequested, JOB_FAILURE_LABELS, notificationRequest } from '@qlvb/contracts';
import { Database } from '@qlvb/platform-database';
import { defineJob, failureReason, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import type { Tx } from '@qlvb/platform-database';
import { z } from 'zod';
import { SessionEnds } from '../auth/session-ends.ts';
import { Agency } from '../identity.entities.ts';
import { AgencyProposal } from './agency-proposal.entity.ts';

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

  /** Nobody of the agency can be told: who asked for its end and who decided it are. */
  @OnJobFailed(EndAgency)
  async givenUp({ id }: Job<typeof EndAgency>, { code }: JobFailure, tx: Tx): Promise<void> {
    const decided = await tx.manager.findOne(AgencyProposal, {
      where: { agencyId: tx.agencyId, kind: 'closure', state: 'approved' },
      order: { id: 'DESC' },
    });
    if (!decided) return;
    const { name } = await tx.manager.findOneByOrFail(Agency, { id: tx.agencyId });
    for (const [agencyId, userId] of [
      [decided.proposingAgencyId, decided.proposedBy.userId],
      [decided.decidingAgencyId, decided.decidedBy?.userId ?? ''],
    ] as const) {
      tx.forAgency(agencyId).publish(
        IdentityNotificationRequested,
        notificationRequest('job-failed', {
          to: { userId },
          about: { type: 'job', id },
          urgency: 'urgent',
          parameters: {
            job: { vi: `Kết thúc phiên làm việc của ${name}`, en: `Ending the sessions of ${name}` },
            reason: JOB_FAILURE_LABELS[failureReason(code)],
          },
        }),
      );
    }
  }
}
