import { NotSignable, NotTheSigner, SessionOver } from './problems.ts';

export type SignatureKind = 'personal' | 'agency';
export type Stage = 'personal' | 'numbering' | 'agency' | 'done' | 'withdrawn';

/** How long a person has between seeing what is signed and the token's answer. @source PR-07 */
export const SESSION_MINUTES = 10;

/**
 * The person signs after both checks, the agency only what the person signed and the clerk numbered.
 *
 * @throws NotSignable, NotTheSigner
 * @source VN-02
 * @source NĐ30-A14-1
 * @source NĐ30-A13-5
 */
export function assertMayOpen(
  kind: SignatureKind,
  document: { readonly stage: Stage; readonly signerId: string; readonly signerName: string },
  userId: string,
): void {
  if (document.stage !== kind) throw NotSignable({ kind });
  if (kind === 'personal' && document.signerId !== userId) throw NotTheSigner({ signer: document.signerName });
}

/**
 * A session is completed once, by whoever opened it, before it expires.
 *
 * @throws SessionOver
 * @source PR-07
 */
export function assertMayComplete(session: { readonly state: string; readonly expiresAt: Date }, now: Date): void {
  if (session.state !== 'open' || session.expiresAt <= now) throw SessionOver();
}

/** The stage after a signature. */
export const stageAfter = (kind: SignatureKind): Stage => (kind === 'personal' ? 'numbering' : 'done');
