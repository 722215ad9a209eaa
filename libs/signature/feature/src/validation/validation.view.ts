import { instant } from '@qlvb/platform-http';
import { jobFailure, JobView, jobView, workState } from '@qlvb/platform-jobs';
import type { JobStatus } from '@qlvb/platform-jobs';
import { z } from 'zod';
import type { ValidationEntity } from '../entities.ts';
import { ReportView, shownReport } from './report-view.ts';
import { ValidateUpload } from './validate-upload.job.ts';

export const ValidationView = z
  .object({
    validationId: z.uuid(),
    fileName: z.string(),
    sha256: z.string(),
    state: JobView.shape.state,
    job: JobView.nullable().describe('The work on the report; null once it is forgotten, and for what arrived'),
    failure: jobFailure.nullable().describe('Why there will be no report; null unless it failed'),
    requestedAt: instant().describe('When it was asked for, or the document arrived'),
    report: ReportView.nullable().describe('The report; null before it is done'),
  })
  .meta({ id: 'Validation' });
export type ValidationView = z.input<typeof ValidationView>;

export const validationView = (row: ValidationEntity, job: JobStatus | undefined): ValidationView => ({
  validationId: row.id,
  fileName: row.fileName,
  sha256: row.sha256,
  state: workState(row.state, job),
  job: job ? jobView(ValidateUpload, job) : null,
  failure: row.failure,
  requestedAt: row.createdAt,
  report: row.report && { validatedAt: row.validatedAt ?? row.createdAt, ...shownReport(row.report) },
});
