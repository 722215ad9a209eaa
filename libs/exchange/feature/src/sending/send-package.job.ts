import { defineJob } from '@qlvb/platform-jobs';
import { z } from 'zod';

/** One package to one recipient; its sender is told when it does not go out after so many attempts. */
export const SendPackage = defineJob({
  kind: 'exchange.send-package',
  data: z.object({ deliveryId: z.uuid() }),
  attempts: 8,
});
