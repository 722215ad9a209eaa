import { defineJob } from '@qlvb/platform-jobs';
import { z } from 'zod';

/** What the program finds about the layout of one version of a draft: a process of up to 512 MiB for up to 20 seconds. */
export const ReportLayout = defineJob({
  kind: 'documents.report-layout',
  data: z.object({ reportId: z.uuid() }),
  attempts: 3,
  counts: 'pages',
  limit: { service: 4, agency: 2 },
  room: { agency: 20, person: 4 },
});
