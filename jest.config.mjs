import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const { compilerOptions } = JSON.parse(readFileSync(new URL('./tsconfig.base.json', import.meta.url), 'utf8'));
const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
delete swc.$schema;
delete swc.jsc.rewriteRelativeImportExtensions;

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([name, [path]]) => [`^${name}$`, `<rootDir>/${path.replace('./', '')}`]),
);

const size = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/tools'],
  testMatch,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline' }] },
  moduleNameMapper,
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data'],
  setupFiles: ['reflect-metadata'],
  ...more,
});

const withPostgres = {
  globalSetup: '<rootDir>/libs/platform/testing/src/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/platform/testing/src/global-teardown.mjs',
};

/** Four sizes: unit (no I/O), integration (real PostgreSQL, Kafka, S3, outside programs), service (HTTP), journey. */
export default {
  // So long that only what hangs meets it, on a busy machine too.
  testTimeout: 240_000,
  // At least two workers, each replaced when it has grown: a process keeps the modules of every suite it ran.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  workerIdleMemoryLimit: '600MB',
  projects: [
    size('unit', ['**/*.spec.ts']),
    size('integration', ['**/*.integration-spec.ts'], withPostgres),
    size('service', ['**/*.e2e-spec.ts'], withPostgres),
    size('journey', ['**/*.journey-spec.ts'], withPostgres),
  ],
};
