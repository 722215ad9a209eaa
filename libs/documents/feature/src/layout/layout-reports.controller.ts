import { Controller, Inject } from '@nestjs/common';
import { operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { JobNotYours, JobOver, TooManyJobs } from '@qlvb/platform-jobs';
import { z } from 'zod';
import { OutgoingNotFound } from '../outgoing/outgoing.problems.ts';
import { LayoutReportNotFound } from './layout.problems.ts';
import { LayoutReportView } from './layout-reports.dto.ts';
import { LayoutReportsService } from './layout-reports.service.ts';

const tag = 'outgoing-documents';
const path = '/outgoing-documents/:documentId/layout-reports';
const params = z.object({ documentId: z.uuid(), reportId: z.uuid().describe('Id of the layout report') });

const request = operation({
  id: 'requestLayoutReport',
  method: 'POST',
  path,
  tag,
  summary: { vi: 'Yêu cầu kiểm tra thể thức bằng máy', en: 'Ask the program to look at the layout' },
  permission: 'outgoing-documents.read',
  idempotent: true,
  params: params.pick({ documentId: true }),
  response: { status: 202, schema: LayoutReportView },
  problems: [OutgoingNotFound, TooManyJobs],
});

const get = operation({
  id: 'getLayoutReport',
  method: 'GET',
  path: `${path}/:reportId`,
  tag,
  summary: { vi: 'Kết quả kiểm tra thể thức bằng máy', en: 'What the program finds about the layout' },
  permission: 'outgoing-documents.read',
  params,
  response: { status: 200, schema: LayoutReportView },
  problems: [LayoutReportNotFound],
});

const cancel = operation({
  id: 'cancelLayoutReport',
  method: 'POST',
  path: `${path}/:reportId/cancellations`,
  tag,
  summary: { vi: 'Dừng kiểm tra thể thức', en: 'Stop looking at the layout' },
  permission: 'outgoing-documents.read',
  idempotent: true,
  params,
  response: { status: 201, schema: LayoutReportView },
  problems: [LayoutReportNotFound, JobNotYours, JobOver],
});

@Controller()
export class LayoutReportsController {
  constructor(@Inject(LayoutReportsService) private readonly reports: LayoutReportsService) {}

  @Operation(request)
  request({ params: { documentId }, actor }: Input<typeof request>) {
    return this.reports.request(documentId, actor);
  }

  @Operation(get)
  get({ params, actor }: Input<typeof get>) {
    return this.reports.get(params, actor);
  }

  @Operation(cancel)
  cancel({ params, actor }: Input<typeof cancel>) {
    return this.reports.cancel(params, actor);
  }
}
