export { AccessRightEntity } from './access-right.entity.ts';
export { accessRightPage, accessRightView, namedRights, WAITS } from './access-right.queries.ts';
export type { NamedRight } from './access-right.queries.ts';
export { RightsByHand } from './rights-by-hand.ts';
export type { ByHandObject, ByHandOwner, ByHandProblems, ObjectRef } from './rights-by-hand.ts';
export { accessRightEndFields, accessRightFields, accessRightInputFields } from './access-right.dto.ts';
