export { accessPage } from './access-page.ts';
export { accessTo } from './access-to.ts';
export type { AccessibleList } from './access-list.ts';
export type { ObjectAccess } from './access-to.ts';
export { changeAccess, currentAccess, replaceAccess, wasWithdrawn } from './access-rows.ts';
export type { AccessGrant, AccessObject, AccessState } from './access-rows.ts';
export { withdrawnByHand, withdrawnSince } from './withdrawals.ts';
