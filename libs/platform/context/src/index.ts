export { currentContext, runInContext } from './request-context.ts';
export type { Actor, IdempotencyContext, RequestContext, StoredResponse } from './request-context.ts';
