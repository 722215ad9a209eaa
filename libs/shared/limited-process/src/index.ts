export { answerWith, LimitedProcess, LimitExceeded, programBeside, WorkFailed } from './limited-process.ts';
export type { ProcessLimits } from './limited-process.ts';
