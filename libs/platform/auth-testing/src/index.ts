export { startTestTokenIssuer } from './token-issuer.ts';
export type { TestTokenClaims, TestTokenFaults, TestTokenIssuer } from './token-issuer.ts';
