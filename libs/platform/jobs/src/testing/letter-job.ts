import { z } from 'zod';
import { defineJob } from '../define-job.ts';

/** The job of the tests. */
export const SendLetter = defineJob({
  kind: 'testing.send-letter',
  data: z.object({ letter: z.string() }),
  attempts: 3,
  leaseSeconds: 1,
});
