export { startClamd } from './clamd.ts';
export type { Clamd } from './clamd.ts';
export { COLLEAGUES, colleaguesOf, colleagueSuite } from './colleagues.ts';
export type { Attempt, Colleague, ColleagueName, ColleagueRow, Colleagues, ColleagueTable } from './colleagues.ts';
export { tellDocumentAccess } from './document-access.ts';
export { startTestService } from './test-service.ts';
export type { Ask, TestService, TestServiceOptions } from './test-service.ts';
export { until } from './until.ts';
