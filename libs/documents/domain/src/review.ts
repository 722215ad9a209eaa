import type { OutgoingState } from './outgoing-state.ts';
import { ContentNotChecked, LayoutNotChecked } from './review.problems.ts';

/** A recorded approval of one version: of its content by the unit head, of its layout by the layout checker. */
export interface ReviewCheck {
  readonly aspect: 'content' | 'layout';
  readonly version: number;
  readonly checkedBy: string;
}

/**
 * Layout is checked after content, as its own act on the same version.
 *
 * @throws ContentNotChecked
 * @source NĐ30-A12-1
 * @source NĐ30-A12-2
 */
export function assertLayoutCheckable(version: number, checks: readonly ReviewCheck[]): void {
  if (!has('content', version, checks)) throw ContentNotChecked({ version });
}

/**
 * The signer gets a version that passed both checks; a check of an older version does not count, so that an edit
 * after approval must be checked and decided anew.
 *
 * @throws ContentNotChecked
 * @throws LayoutNotChecked
 * @source NĐ30-A11-2
 * @source NĐ30-A12-1
 * @source NĐ30-A12-2
 */
export function assertSignable(version: number, checks: readonly ReviewCheck[]): void {
  if (!has('content', version, checks)) throw ContentNotChecked({ version });
  if (!has('layout', version, checks)) throw LayoutNotChecked({ version });
}

/** Why a signature that was made changes nothing. */
export type SignatureIgnored =
  'another_step' | 'other_files' | 'not_the_signer' | 'version_not_checked' | 'not_competent';

/**
 * Whether a signature still counts when it is reported: a document that was changed, returned or cancelled meanwhile
 * does not move on by a signature on what it was before.
 *
 * @param signature `version` is the version that was signed, `files` the ids of the files, where the report says them
 * @returns undefined when it counts
 * @source NĐ30-A11-1 the signer that the draft names
 * @source NĐ30-A11-2 a version that was changed after approval is decided anew
 * @source NĐ30-A14-1 the agency signs after number and date
 */
export function signatureIgnored(
  document: {
    readonly state: OutgoingState;
    readonly version: number;
    readonly signerId: string;
    readonly checks: readonly ReviewCheck[];
    readonly fileIds: readonly string[];
  },
  signature: {
    readonly kind: 'personal' | 'agency';
    readonly signedBy: string;
    readonly version?: number | undefined;
    readonly files?: readonly string[] | undefined;
  },
): SignatureIgnored | undefined {
  const { state, version, signerId, checks, fileIds } = document;
  if (state !== (signature.kind === 'agency' ? 'numbered' : 'awaiting_signature')) return 'another_step';
  // An attachment was replaced while the agency signed the one before.
  if (signature.files?.some((fileId) => !fileIds.includes(fileId))) return 'other_files';
  if (signature.kind === 'agency') return undefined;
  if (signature.signedBy !== signerId) return 'not_the_signer';
  const checked = has('content', version, checks) && has('layout', version, checks);
  return checked && (signature.version ?? version) === version ? undefined : 'version_not_checked';
}

export type SignatureVerdict = 'valid' | 'invalid' | 'indeterminate';

/**
 * An electronic document is an original only with both valid signatures.
 *
 * @source NĐ30-A5-1
 */
export function legalStatus(
  personalSignature: SignatureVerdict | undefined,
  agencySignature: SignatureVerdict | undefined,
): 'original' | 'not_original' {
  return personalSignature === 'valid' && agencySignature === 'valid' ? 'original' : 'not_original';
}

const has = (aspect: ReviewCheck['aspect'], version: number, checks: readonly ReviewCheck[]): boolean =>
  checks.some((check) => check.aspect === aspect && check.version === version);
