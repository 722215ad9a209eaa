export { defineJob } from './define-job.ts';
export type { JobData, JobDeclaration } from './define-job.ts';
export { JobFailed, LeaseLost } from './job.ts';
export type { Job, JobFailure } from './job.ts';
export { Jobs } from './jobs.ts';
export type { EnqueueOptions, JobState, JobStatus } from './jobs.ts';
export { JobsModule } from './jobs.module.ts';
export type { JobsOptions } from './jobs.module.ts';
export { OnJob, OnJobFailed } from './on-job.decorator.ts';
