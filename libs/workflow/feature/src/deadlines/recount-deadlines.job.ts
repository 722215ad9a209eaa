import { defineJob } from '@qlvb/platform-jobs';
import { z } from 'zod';

/** One at a time, and one that waits: a calendar that changes meanwhile is counted by after it. */
export const RecountDeadlines = defineJob({
  kind: 'workflow.recount-deadlines',
  data: z.object({
    /** Whose change of the calendar it is. */
    askedIn: z.uuid().optional(),
  }),
  scope: 'platform',
  attempts: 50,
  deaths: 10,
  counts: 'agencies',
});
