export { startClamd } from './clamd.ts';
export type { Clamd } from './clamd.ts';
export { startTestService } from './test-service.ts';
export type { Ask, TestService, TestServiceOptions } from './test-service.ts';
export { until } from './until.ts';
