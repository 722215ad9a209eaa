import { instant } from '@qlvb/platform-http';
import { jobFailure, JobView, jobView, workState } from '@qlvb/platform-jobs';
import type { JobStatus } from '@qlvb/platform-jobs';
import { z } from 'zod';
import type { LayoutReportEntity } from './layout-report.entity.ts';
import { ReportLayout } from './report-layout.job.ts';

export const LayoutReportView = z
  .object({
    reportId: z.uuid(),
    documentId: z.uuid(),
    draftVersion: z.int().describe('Phiên bản dự thảo được kiểm tra'),
    state: JobView.shape.state,
    job: JobView.nullable().describe('Tiến độ kiểm tra'),
    failure: jobFailure.nullable().describe('Lý do không kiểm tra được'),
    pageCount: z.int().nullable().describe('Số trang; để trống khi chưa có kết quả'),
    findings: z
      .array(z.object({ ruleId: z.string(), severity: z.string(), page: z.int().nullable(), message: z.string() }))
      .nullable()
      .describe('Những điểm chưa đúng thể thức; để trống khi chưa có kết quả'),
    requestedAt: instant(),
  })
  .meta({ id: 'LayoutReport' });
export type LayoutReportView = z.input<typeof LayoutReportView>;

export const layoutReportView = (row: LayoutReportEntity, job: JobStatus | undefined): LayoutReportView => ({
  reportId: row.id,
  documentId: row.documentId,
  draftVersion: row.draftVersion,
  state: workState(row.state, job),
  job: job ? jobView(ReportLayout, job) : null,
  failure: row.failure,
  pageCount: row.pageCount,
  findings: row.findings === null ? null : [...row.findings],
  requestedAt: row.createdAt,
});
