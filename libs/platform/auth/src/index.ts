export { acceptedPermissions, ACCESS_METADATA, accessOf, DeclareAccess } from './access.ts';
export type { Access } from './access.ts';
export { AccessGuard, ACTOR_CHECK } from './access.guard.ts';
export type { ActorCheck } from './access.guard.ts';
export { AccessTokens, TOKEN_ALGORITHM, TOKEN_TYPE } from './access-tokens.ts';
export type { AccessTokenClaims, AccessTokenOptions } from './access-tokens.ts';
export {
  DutiesNotSeparate,
  KeysUnavailable,
  PermissionMissing,
  TokenExpired,
  TokenInvalid,
  TokenMissing,
  TokenRevoked,
} from './auth.problems.ts';
export { AuthModule } from './auth.module.ts';
export { assertSeparate, isSeparate } from './separation.ts';
