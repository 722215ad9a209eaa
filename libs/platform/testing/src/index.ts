export { makeTestDatabase, testPostgresUrl } from './database.ts';
export type { TestDatabase } from './database.ts';
export { ManualClock } from './manual-clock.ts';
export { describeIf } from './outside.ts';
export { startProgram } from './program.ts';
export type { TestProgram } from './program.ts';
