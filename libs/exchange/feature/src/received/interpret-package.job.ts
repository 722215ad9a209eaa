import { defineJob } from '@qlvb/platform-jobs';
import { z } from 'zod';

/** The second step of what came in: once more when it failed or the process died, then it is a person's. */
export const InterpretPackage = defineJob({
  kind: 'exchange.interpret-package',
  data: z.object({ packageId: z.uuid() }),
  attempts: 5,
  deaths: 2,
});
