import { defineJob } from '@qlvb/platform-jobs';
import { z } from 'zod';

/**
 * A claim check for a code that no agency here has: the directory may be late, which half an hour of attempts makes up for. It belongs
 * to the agency whose credentials handed it over, since nobody else is known.
 */
export const PlacePackage = defineJob({
  kind: 'exchange.place-package',
  data: z.object({
    channel: z.string(),
    packageId: z.uuid(),
    kind: z.enum(['document', 'status']),
    from: z.string(),
    to: z.string(),
    objectKey: z.string(),
    sha256: z.string(),
    sizeBytes: z.int(),
    urgent: z.boolean(),
    inReplyTo: z.uuid().nullable(),
    handedOverBy: z.string(),
    credentialsOf: z.uuid().optional(),
    sentAt: z.iso.datetime().nullable(),
  }),
  attempts: 14,
});
