import { defineJob } from '@qlvb/platform-jobs';
import { z } from 'zod';

const data = z.object({ submissionId: z.uuid() });
/** Two of an agency at once: one very large dossier does not hold up its others. */
const limit = { service: 4, agency: 2 };

/** Makes the package of a submission and checks it. */
export const PackSubmission = defineJob({ kind: 'archive.pack-submission', data, attempts: 4, limit });

/** Makes the archive's package of a submission that somebody accepts. */
export const TakeSubmission = defineJob({ kind: 'archive.take-submission', data, attempts: 4, limit });

/** Locks a package that is known and will not go away again. */
export const LockPackage = defineJob({
  kind: 'archive.lock-package',
  data: z.object({ packageId: z.uuid() }),
  attempts: 100,
  limit,
});
