import { SUBMISSION_STATES } from '@qlvb/archive-domain';
import { person, SUBMISSION_FAILURE_LABELS } from '@qlvb/contracts';
import { instant } from '@qlvb/platform-http';
import type { JobStatus } from '@qlvb/platform-jobs';
import { z } from 'zod';
import type { SubmissionEntity } from '../entities.ts';
import type { SubmissionFailure } from './submission-failure.ts';

const failures = Object.keys(SUBMISSION_FAILURE_LABELS) as [SubmissionFailure, ...SubmissionFailure[]];

export const SubmissionView = z
  .object({
    submissionId: z.uuid(),
    version: z.int(),
    submissionCode: z.string(),
    dossierId: z.uuid(),
    state: z.enum(SUBMISSION_STATES),
    batch: z.int(),
    checks: z.array(z.object({ check: z.string(), outcome: z.string(), reasons: z.array(z.string()) })),
    packages: z.object({ sip: z.uuid().nullable(), aip: z.uuid().nullable() }),
    work: z
      .object({
        state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
        doneBytes: z.number().nullable(),
        totalBytes: z.number().nullable(),
      })
      .nullable()
      .describe('How far packing or acceptance has come; null when nothing is under way'),
    failure: z.enum(failures).nullable().describe('Why packing or acceptance failed; null when neither did'),
    submittedBy: person,
    decidedBy: person.nullable(),
    decidedAt: instant().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Submission' });
export type SubmissionView = z.input<typeof SubmissionView>;

/** @param job the work under way, or the last that was, while it is still known */
export const submissionView = (
  row: SubmissionEntity,
  job?: Pick<JobStatus, 'state' | 'done' | 'total'>,
): SubmissionView => ({
  submissionId: row.id,
  version: row.version,
  submissionCode: row.code,
  dossierId: row.dossierId,
  state: row.state,
  batch: row.batch,
  checks: row.checks.map(({ check, outcome, reasons }) => ({ check, outcome, reasons: [...reasons] })),
  packages: { sip: row.sipId, aip: row.aipId },
  work: job
    ? { state: job.state, doneBytes: job.state === 'done' ? job.total : job.done, totalBytes: job.total }
    : null,
  failure: row.failure,
  submittedBy: row.submittedBy,
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt,
  reason: row.reason,
});

/** Work that was only just asked for. */
export const WAITING = { state: 'waiting', done: null, total: null } as const;
