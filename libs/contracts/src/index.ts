export { cloudEventSchema, declaredEvents, defineEvent } from './event.ts';
export type { CloudEvent, DataOf, EventDeclaration, EventOf } from './event.ts';
