export { answerWith, LimitedProcess, LimitExceeded, programBeside, WorkFailed } from './limited-process.ts';
export type { ProcessLimits, Tell } from './limited-process.ts';
export { ProcessPool } from './process-pool.ts';
export type { PoolLimits } from './process-pool.ts';
export { Semaphore, SemaphoreFull } from './semaphore.ts';
export type { SemaphoreLimits } from './semaphore.ts';
