import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@qlvb/shared-domain';
import { z } from 'zod';
import { defineJob } from './define-job.ts';
import { JobStore } from './job-store.ts';
import { OnJob } from './on-job.decorator.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const KEEP_DONE_MS = 7 * DAY_MS;
/** Somebody may still want to know why. */
const KEEP_FAILED_MS = 90 * DAY_MS;

export const PruneJobs = defineJob({
  kind: 'platform.prune-jobs',
  data: z.object({}),
  scope: 'platform',
  everySeconds: 60 * 60,
});

export const JOB_CLOCK = Symbol('job clock');

/** Forgets jobs that ended long ago. */
@Injectable()
export class JobUpkeep {
  constructor(
    @Inject(JobStore) private readonly store: JobStore,
    @Inject(JOB_CLOCK) private readonly clock: Clock,
  ) {}

  @OnJob(PruneJobs)
  async prune(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.store.prune(new Date(now - KEEP_DONE_MS), new Date(now - KEEP_FAILED_MS));
  }
}
