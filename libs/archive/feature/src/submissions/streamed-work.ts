import { pipeline } from 'node:stream/promises';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { failPoint } from '@qlvb/platform-faults';
import { JobFailed } from '@qlvb/platform-jobs';
import type { Job } from '@qlvb/platform-jobs';
import { ObjectCorrupt, ObjectMissing } from '@qlvb/platform-storage';
import type { Watch } from './package-builder.ts';

/** Bytes on their way into a package: told as progress, and stopped with the work. */
export const watched =
  (job: Job): Watch =>
  (bytes: Readable, total: number) => {
    let done = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        done += chunk.length;
        job.progress(done, total);
        failPoint('archive:while-streaming').then(() => next(null, chunk), next);
      },
    });
    pipeline(bytes, counted, { signal: job.signal }).catch((error: unknown) => counted.destroy(error as Error));
    return counted;
  };

/** Bytes that are gone or altered do not come back by trying again. */
export async function refusingLost<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    for (const problem of [ObjectCorrupt, ObjectMissing]) {
      if (problem.is(error)) throw new JobFailed(problem.declaration.code, error.message, { cause: error });
    }
    throw error;
  }
}
