import 'reflect-metadata';
import type { Tx } from '@qlvb/platform-database';
import type { JobDeclaration } from './define-job.ts';
import type { Job, JobFailure } from './job.ts';

export const RUNS = 'qlvb:runs-job';
export const FAILS = 'qlvb:fails-job';

/**
 * Declares a method of a provider as what carries out a job. It may run more than once: after a failure, and after the process
 * died. What it returns means nothing; `job.finish(tx)` ends the job together with its effect.
 *
 * @example
 * ```ts
 * @OnJob(SendPackage)
 * async send(job: Job<typeof SendPackage>): Promise<void> { … }
 * ```
 */
export function OnJob<Declaration extends JobDeclaration>(declaration: Declaration) {
  return <Method extends (job: Job<Declaration>) => Promise<unknown>>(
    _target: object,
    _name: string | symbol,
    method: TypedPropertyDescriptor<Method>,
  ): void => {
    Reflect.defineMetadata(RUNS, declaration, method.value as object);
  };
}

/** Declares what is done when a job is given up, in the transaction that ends it as failed: tell people, change a state. */
export function OnJobFailed<Declaration extends JobDeclaration>(declaration: Declaration) {
  return <Method extends (job: Job<Declaration>, failure: JobFailure, tx: Tx) => Promise<void>>(
    _target: object,
    _name: string | symbol,
    method: TypedPropertyDescriptor<Method>,
  ): void => {
    Reflect.defineMetadata(FAILS, declaration, method.value as object);
  };
}
