import { sameAgencyCode } from '@qlvb/vietnam';
import {
  CertificateOfAnotherHolder,
  CertificateOfAnotherNumber,
  CertificateWithoutNumber,
  HolderNotToldYet,
} from './certificate.problems.ts';
import type { NumberMatch } from './holder-number.ts';

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
export const HOLDER_DIFFERENCES = [
  'holder_unknown',
  'name_differs',
  'organization_differs',
  'other_agency',
  'number_differs',
  'number_not_named',
  'number_not_told',
] as const;
export type HolderDifference = (typeof HOLDER_DIFFERENCES)[number];

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
  /** Of a person: how the citizen number in the certificate agrees with the account's. */
  readonly number?: NumberMatch | undefined;
}

const NUMBER_DIFFERENCES: Readonly<Record<NumberMatch, HolderDifference | undefined>> = {
  confirmed: undefined,
  another: 'number_differs',
  not_named: 'number_not_named',
  not_told: 'number_not_told',
};

const folded = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
const same = (left: string, right: string): boolean => folded(left) === folded(right);

/**
 * Compares what a certificate says of its holder with what the agency's directory says. What the certificate does not say
 * confirms nothing: a person is named by name, organisation and citizen number (colleagues may bear one name), an agency by its
 * code, or by its name where there is none.
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
  const number = NUMBER_DIFFERENCES[holder.number ?? 'not_told'];
  return [
    ...(isNamed ? [] : ['name_differs' as const]),
    ...(isOfAgency ? [] : ['organization_differs' as const]),
    ...(number ? [number] : []),
  ];
}

const NUMBERS: ReadonlySet<HolderDifference> = new Set(['number_differs', 'number_not_named', 'number_not_told']);

/**
 * A certificate is registered for its own holder and signs for nobody else.
 *
 * @throws CertificateOfAnotherHolder, CertificateOfAnotherNumber, CertificateWithoutNumber, HolderNotToldYet
 * @source VN-05
 * @source VN-09
 */
export function assertOwnCertificate(subject: CertificateSubject, holder: DirectoryHolder): void {
  const differences = holderDifferences(subject, holder);
  if (differences.length === 0) return;
  if (differences.every((difference) => NUMBERS.has(difference))) {
    if (differences.includes('number_not_told')) throw HolderNotToldYet();
    const differs = differences.includes('number_differs');
    throw (differs ? CertificateOfAnotherNumber : CertificateWithoutNumber)({ holder: holder.name ?? '-' });
  }
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
