import { defineJob } from '@qlvb/platform-jobs';
import { z } from 'zod';

/** The check of a file that somebody asks about. */
export const ValidateUpload = defineJob({
  kind: 'signature.validate-upload',
  data: z.object({ validationId: z.uuid() }),
  attempts: 5,
  limit: { service: 4, agency: 2 },
  room: { agency: 20, person: 4 },
});
