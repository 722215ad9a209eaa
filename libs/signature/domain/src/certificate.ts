import { sameAgencyCode } from '@qlvb/vietnam';
import { CertificateOfAnotherHolder } from './certificate.problems.ts';

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

/** How a certificate's subject and the agency's directory disagree about its holder. */
export type HolderDifference = 'holder_unknown' | 'name_differs' | 'organization_differs' | 'other_agency';

/** What a certificate says of its holder. */
export interface CertificateSubject {
  readonly commonName: string | undefined;
  /** Organisation and units within it, as they stand. */
  readonly organizations: readonly string[];
  readonly uid: string | undefined;
}

/** What the agency knows of whoever is to use it; `name` undefined when it knows nobody. */
export interface DirectoryHolder {
  readonly kind: 'person' | 'agency';
  readonly name: string | undefined;
  readonly agencyName: string | undefined;
  /** Every code of the agency, former ones included. */
  readonly agencyCodes: readonly string[];
}

const folded = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
const same = (left: string, right: string): boolean => folded(left) === folded(right);

/**
 * Compares what a certificate says of its holder with what the agency's directory says. What the certificate does not say
 * confirms nothing: a person is named by name and organisation, an agency by its code, or by its name where there is none.
 *
 * @returns nothing when the certificate is that holder's
 * @source VN-05
 */
export function holderDifferences(subject: CertificateSubject, holder: DirectoryHolder): readonly HolderDifference[] {
  const { name, agencyName } = holder;
  if (name === undefined || agencyName === undefined) return ['holder_unknown'];
  if (holder.kind === 'agency') {
    const code = agencyCodeIn(subject.uid);
    if (code !== undefined) {
      return holder.agencyCodes.some((own) => sameAgencyCode(own, code)) ? [] : ['other_agency'];
    }
    return subject.commonName !== undefined && same(subject.commonName, agencyName) ? [] : ['other_agency'];
  }
  const isNamed = subject.commonName !== undefined && same(subject.commonName, name);
  const isOfAgency = subject.organizations.some((organization) => same(organization, agencyName));
  return [...(isNamed ? [] : ['name_differs' as const]), ...(isOfAgency ? [] : ['organization_differs' as const])];
}

/**
 * A certificate is registered for its own holder and signs for nobody else.
 *
 * @throws CertificateOfAnotherHolder
 * @source VN-05
 * @source VN-09
 */
export function assertOwnCertificate(subject: CertificateSubject, holder: DirectoryHolder): void {
  if (holderDifferences(subject, holder).length === 0) return;
  const expected = holder.kind === 'agency' ? holder.agencyName : holder.name && `${holder.name}, ${holder.agencyName}`;
  throw CertificateOfAnotherHolder({
    subject: [subject.commonName, ...subject.organizations].filter((part) => part !== undefined).join(', ') || '-',
    holder: expected ?? '-',
  });
}

/**
 * The agency that an agency certificate was issued to, by the code in its subject (`UID=MDD:<code>`); undefined when it
 * names none.
 *
 * @source VN-05
 */
export const agencyCodeIn = (uid: string | undefined): string | undefined => /^MDD:(.+)$/.exec(uid ?? '')?.[1];
