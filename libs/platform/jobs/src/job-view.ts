import { JOB_FAILURE_LABELS, JOB_STATE_LABELS } from '@qlvb/contracts';
import type { JobFailureReason } from '@qlvb/contracts';
import type { Actor } from '@qlvb/platform-context';
import { instant } from '@qlvb/platform-http';
import { z } from 'zod';
import { JOB_UNITS } from './define-job.ts';
import type { JobDeclaration } from './define-job.ts';
import { JOB_STATES } from './jobs.ts';
import type { JobState, JobStatus } from './jobs.ts';
import { JobNotYours, JobOver } from './jobs.problems.ts';

const reasons = Object.keys(JOB_FAILURE_LABELS) as [JobFailureReason, ...JobFailureReason[]];

/** Why work failed, as people are told. */
export const jobFailure = z.enum(reasons);

/** Work under way as every answer of the API tells it. */
export const JobView = z
  .object({
    state: z.enum(JOB_STATES).describe('How far the work is'),
    isCancelling: z.boolean().describe('Somebody asked for its end, and it still runs'),
    attempts: z.int().describe('How often it was begun'),
    done: z.number().nullable().describe('What is done, in units of the work; null while unknown'),
    total: z.number().nullable().describe('All there is to do, in units of the work; null while unknown'),
    unit: z.enum(JOB_UNITS).describe('What is counted'),
    createdAt: instant(),
    startedAt: instant().nullable(),
    finishedAt: instant().nullable().describe('When the work ended; null until then'),
    failure: jobFailure.nullable().describe('Why it was given up, or why the last attempt failed'),
  })
  .meta({ id: 'Job' });
export type JobView = z.input<typeof JobView>;

export const jobView = ({ counts }: JobDeclaration, job: JobStatus): JobView => ({
  state: job.state,
  isCancelling: job.cancelAskedAt !== null && job.state === 'running',
  attempts: job.attempts,
  done: job.state === 'done' ? job.total : job.done,
  total: job.total,
  unit: counts,
  createdAt: job.createdAt,
  startedAt: job.startedAt,
  finishedAt: job.finishedAt,
  failure: job.failure === null ? null : failureReason(job.failure),
});

/** The state of what is worked on: kept with it, for its job is forgotten after a while; only the job knows whether it runs. */
export const workState = (kept: Exclude<JobState, 'running'>, job: JobStatus | undefined): JobState =>
  kept === 'waiting' && job?.state === 'running' ? 'running' : kept;

/**
 * Only who asked for work may stop it, and only before it has ended.
 *
 * @throws JobNotYours, JobOver
 */
export function assertStoppable(
  { state, requestedBy }: { readonly state: Exclude<JobState, 'running'>; readonly requestedBy: string | null },
  { userId }: Actor,
): void {
  if (requestedBy !== userId) throw JobNotYours();
  if (state !== 'waiting') throw JobOver({ state: JOB_STATE_LABELS[state] });
}

const BY_CODE: Readonly<Record<string, JobFailureReason>> = {
  'storage.object-corrupt': 'object-corrupt',
  'storage.object-missing': 'object-missing',
  'storage.unavailable': 'store-unavailable',
  'storage.scanner-unavailable': 'scanner-unavailable',
};

/** What people are told of the code that work was given up with. */
export const failureReason = (code: string): JobFailureReason =>
  BY_CODE[code] ?? (Object.hasOwn(JOB_FAILURE_LABELS, code) ? (code as JobFailureReason) : 'unexpected');
