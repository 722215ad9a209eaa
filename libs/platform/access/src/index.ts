export { accessTo } from './access-to.ts';
export type { AccessibleList, KeysetRows } from './access-list.ts';
export type { ObjectAccess } from './access-to.ts';
export { changeAccess, currentAccess, replaceAccess, wasWithdrawn } from './access-rows.ts';
export type { AccessGrant, AccessObject, AccessState } from './access-rows.ts';
export { withdrawnByHand, withdrawnSince } from './withdrawals.ts';
