import { codesOf, LAYOUT_SEVERITY_LABELS } from '@qlvb/contracts';
import { FINDING_CODES, findingText } from '@qlvb/document-layout';
import { instant, say } from '@qlvb/platform-http';
import { jobFailure, JobView, jobView, workState } from '@qlvb/platform-jobs';
import type { JobStatus } from '@qlvb/platform-jobs';
import { z } from 'zod';
import type { KeptFinding, LayoutReportEntity } from './layout-report.entity.ts';
import { ReportLayout } from './report-layout.job.ts';

export const LayoutReportView = z
  .object({
    reportId: z.uuid().describe('Id of the layout report'),
    documentId: z.uuid(),
    draftVersion: z.int().describe('Version of the draft that is looked at'),
    state: JobView.shape.state,
    job: JobView.nullable().describe('The work on the report; null once it is forgotten'),
    failure: jobFailure.nullable().describe('Why there will be no report; null unless it failed'),
    pageCount: z.int().nullable().describe('Pages of the file; null before the report is done'),
    findings: z
      .array(
        z.object({
          code: z
            .enum(FINDING_CODES)
            .nullable()
            .describe(
              'What was found, all of it in the catalogue `layout-findings`; null in reports made before codes were kept',
            ),
          ruleId: z.string(),
          severity: codesOf(LAYOUT_SEVERITY_LABELS),
          page: z.int().nullable(),
          message: z
            .string()
            .describe('The finding in words, in the language asked for; in Vietnamese where there is no code'),
        }),
      )
      .nullable()
      .describe('What the program found; null before the report is done'),
    requestedAt: instant().describe('When somebody asked for it'),
  })
  .meta({ id: 'LayoutReport' });
export type LayoutReportView = z.input<typeof LayoutReportView>;

const findingView = (finding: KeptFinding): NonNullable<LayoutReportView['findings']>[number] => {
  const { ruleId, severity, page } = finding;
  return 'code' in finding
    ? { code: finding.code, ruleId, severity, page, message: say(findingText(finding)) }
    : { code: null, ruleId, severity, page, message: finding.message };
};

export const layoutReportView = (row: LayoutReportEntity, job: JobStatus | undefined): LayoutReportView => ({
  reportId: row.id,
  documentId: row.documentId,
  draftVersion: row.draftVersion,
  state: workState(row.state, job),
  job: job ? jobView(ReportLayout, job) : null,
  failure: row.failure,
  pageCount: row.pageCount,
  findings: row.findings?.map(findingView) ?? null,
  requestedAt: row.createdAt,
});
