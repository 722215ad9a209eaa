import { SUBMISSION_STATES } from '@qlvb/archive-domain';
import type { CheckResult } from '@qlvb/archive-domain';
import {
  ACCEPTANCE_CHECK_LABELS,
  ACCEPTANCE_REASON_LABELS,
  CHECK_OUTCOME_LABELS,
  acceptanceReason,
  codesOf,
  person,
} from '@qlvb/contracts';
import { instant } from '@qlvb/platform-http';
import { jobFailure, JobView, jobView } from '@qlvb/platform-jobs';
import type { JobStatus } from '@qlvb/platform-jobs';
import { z } from 'zod';
import type { SubmissionEntity } from '../entities.ts';
import { PackSubmission } from './submission.jobs.ts';

export const SubmissionView = z
  .object({
    submissionId: z.uuid(),
    version: z.int(),
    submissionCode: z.string().nullable(),
    dossierId: z.uuid(),
    state: z.enum(SUBMISSION_STATES),
    batch: z.int(),
    checks: z.array(
      z.object({
        check: codesOf(ACCEPTANCE_CHECK_LABELS),
        outcome: codesOf(CHECK_OUTCOME_LABELS),
        reasons: z.array(codesOf(ACCEPTANCE_REASON_LABELS)),
        fields: z.array(z.string()),
      }),
    ),
    packages: z.object({ sip: z.uuid().nullable(), aip: z.uuid().nullable() }),
    job: JobView.nullable().describe(
      'The work of packing or accepting; null when there is none, or once it is forgotten',
    ),
    failure: jobFailure.nullable().describe('Why packing or acceptance failed; null when neither did'),
    submittedBy: person,
    decidedBy: person.nullable(),
    decidedAt: instant().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Submission' });
export type SubmissionView = z.input<typeof SubmissionView>;

/** After the colon of a stored reason stands the field that it is about. */
const checkView = ({ check, outcome, reasons }: CheckResult): SubmissionView['checks'][number] => ({
  check,
  outcome,
  reasons: [...new Set(reasons.map((reason) => acceptanceReason(reason)))],
  fields: reasons.flatMap((reason) => reason.split(':').slice(1)),
});

/** @param job the work under way, or the last that was, while it is still known */
export const submissionView = (row: SubmissionEntity, job?: JobStatus): SubmissionView => ({
  submissionId: row.id,
  version: row.version,
  submissionCode: row.code,
  dossierId: row.dossierId,
  state: row.state,
  batch: row.batch,
  checks: row.checks.map(checkView),
  packages: { sip: row.sipId, aip: row.aipId },
  job: job ? jobView(PackSubmission, job) : null,
  failure: row.failure,
  submittedBy: row.submittedBy,
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt,
  reason: row.reason,
});
