import { instant } from '@qlvb/platform-http';
import { jobFailure, JobView, jobView, workState } from '@qlvb/platform-jobs';
import type { JobStatus } from '@qlvb/platform-jobs';
import { z } from 'zod';
import type { ValidationEntity } from '../entities.ts';
import type { reportView } from './pdf-validator.ts';
import { ValidateUpload } from './validate-upload.job.ts';

const Finding = z.object({ code: z.string(), detail: z.string() });

const ReportView = z
  .object({
    validatedAt: instant(),
    legalEffect: z.enum(['complete', 'person_only', 'agency_only', 'none']),
    findings: z.array(Finding),
    signatures: z.array(
      z.object({
        field: z.string(),
        verdict: z.string(),
        indication: z.string(),
        level: z.string().nullable(),
        signer: z.string().nullable(),
        signerKind: z.string(),
        issuer: z.string().nullable(),
        certificateSerial: z.string().nullable(),
        certificateValidFrom: z.string().nullable(),
        certificateValidTo: z.string().nullable(),
        signingTime: z.string().nullable(),
        timeStampTime: z.string().nullable(),
        coversWholeFile: z.boolean(),
        digestSigned: z.string().nullable(),
        digestComputed: z.string().nullable(),
        findings: z.array(Finding),
      }),
    ),
  })
  .meta({ id: 'ValidationReport' });

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
  report:
    row.report === null
      ? null
      : { validatedAt: row.validatedAt ?? row.createdAt, ...(row.report as ReturnType<typeof reportView>) },
});
