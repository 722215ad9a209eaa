export { answerWith, LimitedThread, threadProgram, ThreadLimitExceeded } from './limited-thread.ts';
export type { ThreadLimits } from './limited-thread.ts';
