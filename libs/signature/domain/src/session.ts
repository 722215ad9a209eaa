import { NotSignable, NotTheClerk, NotTheSigner, SessionOver } from './session.problems.ts';

export type SignatureKind = 'personal' | 'agency';
export type Stage = 'personal' | 'numbering' | 'agency' | 'done' | 'withdrawn';

/** How long a person has between seeing what is signed and the token's answer. @source PR-07 */
export const SESSION_MINUTES = 10;

/** The caller, as far as signing asks. */
export interface Signatory {
  readonly userId: string;
  readonly permissions: readonly string[];
}

/**
 * The person signs after both checks, the agency only what the person signed and the clerk numbered. Asked when a session
 * opens and again when it is completed.
 *
 * @throws NotSignable, NotTheSigner, NotTheClerk
 * @source VN-02
 * @source VN-03
 * @source NĐ30-A14-1
 * @source NĐ30-A13-5
 */
export function assertMayOpen(
  kind: SignatureKind,
  document: { readonly stage: Stage; readonly signerId: string; readonly signerName: string },
  { userId, permissions }: Signatory,
): void {
  if (kind === 'agency' && !permissions.includes('signing.agency')) throw NotTheClerk();
  if (kind === 'personal' && (document.signerId !== userId || !permissions.includes('signing.personal'))) {
    throw NotTheSigner({ signer: document.signerName });
  }
  if (document.stage !== kind) throw NotSignable();
}

/**
 * A session is completed once, by whoever opened it, before it expires.
 *
 * @throws SessionOver
 * @source PR-05
 * @source PR-07
 */
export function assertMayComplete(session: { readonly state: string; readonly expiresAt: Date }, now: Date): void {
  if (session.state !== 'open' || session.expiresAt <= now) throw SessionOver();
}

/**
 * What was prepared must still be what the document consists of: a new version ends the session.
 *
 * @throws SessionOver
 * @source PR-07
 */
export function assertSameVersion(
  prepared: readonly { readonly fileId: string; readonly sourceKey: string }[],
  files: readonly { readonly fileId: string; readonly objectKey: string }[],
): void {
  const current = new Map(files.map(({ fileId, objectKey }) => [fileId, objectKey]));
  if (prepared.some(({ fileId, sourceKey }) => current.get(fileId) !== sourceKey)) throw SessionOver();
}

/** The stage after a signature. */
export const stageAfter = (kind: SignatureKind): Stage => (kind === 'personal' ? 'numbering' : 'done');

/** How a session looks from outside: an open one whose time is up has expired. @source PR-14 */
export const shownState = <State extends string>(
  session: { readonly state: State; readonly expiresAt: Date },
  now: Date,
): State | 'expired' => (session.state === 'open' && session.expiresAt <= now ? 'expired' : session.state);
