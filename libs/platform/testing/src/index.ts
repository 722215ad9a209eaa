export { makeTestDatabase, testPostgresUrl } from './database.ts';
export type { TestDatabase } from './database.ts';
export { describeIf } from './outside.ts';
