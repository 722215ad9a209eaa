import { sameAgencyCode } from '@qlvb/vietnam';
import { CertificateUnusable } from './problems.ts';

const DAY_MS = 24 * 3600 * 1000;

/** Days before its end from which a certificate is to be renewed. */
export const RENEWAL_DAYS = 60;

export type CertificateState = 'not_yet_valid' | 'in_use' | 'renewal_due' | 'expired';

/** Where a certificate stands in its life. @source VN-09 */
export function certificateState(
  { validFrom, validTo }: { readonly validFrom: Date; readonly validTo: Date },
  now: Date,
): CertificateState {
  if (now < validFrom) return 'not_yet_valid';
  if (now > validTo) return 'expired';
  return validTo.getTime() - now.getTime() <= RENEWAL_DAYS * DAY_MS ? 'renewal_due' : 'in_use';
}

export type HolderWarning = 'holder-unknown' | 'name-differs' | 'organization-differs';

const same = (left: string | undefined, right: string): boolean =>
  left === undefined || left.normalize('NFC').trim().toLowerCase() === right.normalize('NFC').trim().toLowerCase();

/**
 * Compares what a certificate says of its holder with what the agency's directory says. A difference is shown and kept,
 * not refused: titles and names in certificates lag behind real life.
 *
 * @source VN-05
 */
export function holderWarnings(
  subject: { readonly commonName: string | undefined; readonly organization: string | undefined },
  holder: { readonly name: string; readonly organization: string } | undefined,
): HolderWarning[] {
  if (!holder) return ['holder-unknown'];
  const warnings: HolderWarning[] = [];
  if (!same(subject.commonName, holder.name)) warnings.push('name-differs');
  if (!same(subject.organization, holder.organization)) warnings.push('organization-differs');
  return warnings;
}

/**
 * The agency that an agency certificate was issued to, by the code in its subject (`UID=MDD:<code>`); undefined when it
 * names none.
 *
 * @source VN-05
 */
export const agencyCodeIn = (uid: string | undefined): string | undefined => /^MDD:(.+)$/.exec(uid ?? '')?.[1];

/**
 * A seal is registered by the agency it was given to, and by nobody else.
 *
 * @param own every code of the registering agency
 * @throws CertificateUnusable
 * @source VN-05
 * @source VN-09
 */
export function assertOwnSeal(uid: string | undefined, own: readonly string[]): void {
  const code = agencyCodeIn(uid);
  if (code !== undefined && !own.some((one) => sameAgencyCode(one, code))) {
    throw CertificateUnusable({ reason: `đã cấp cho cơ quan có mã ${code}` });
  }
}
