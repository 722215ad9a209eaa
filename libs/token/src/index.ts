export { describeSigning } from './describe-signing.ts';
export type { SigningDescription } from './describe-signing.ts';
export { tokenHandler } from './token-handler.ts';
export type { TokenHandlerOptions } from './token-handler.ts';
export { TokenStore } from './token-store.ts';
export type { TokenKey } from './token-store.ts';
export { NotSignedAttributes, TokenLocked, UnknownKey, WrongPin } from './token.problems.ts';
