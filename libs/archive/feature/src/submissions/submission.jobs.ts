import { defineJob } from '@qlvb/platform-jobs';
import { z } from 'zod';

const data = z.object({ submissionId: z.uuid() });
/** Two of an agency at once: one very large dossier does not hold up its others. */
const common = { attempts: 4, limit: { service: 4, agency: 2 }, counts: 'bytes' } as const;

/** Makes the package of a submission and checks it. */
export const PackSubmission = defineJob({ kind: 'archive.pack-submission', data, ...common });

/** Makes the archive's package of a submission that somebody accepts. */
export const TakeSubmission = defineJob({ kind: 'archive.take-submission', data, ...common });

/** Locks a package that is known and will not go away again. */
export const LockPackage = defineJob({
  kind: 'archive.lock-package',
  data: z.object({ packageId: z.uuid() }),
  ...common,
  attempts: 100,
});
