import { OID } from '@qlvb/x509';
import type { Certificate, DistinguishedName } from '@qlvb/x509';

const folded = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

const valuesOf = (name: DistinguishedName, ...types: readonly string[]): readonly string[] =>
  types.flatMap((type) => name.attributes.filter((one) => one.type === type).map(({ value }) => folded(value)));

/**
 * Was the person's certificate issued to somebody of the agency whose certificate `agency` is? Both name one organisation, and
 * when the agency is a unit of it (its common name is another), the person's certificate names that unit too; places that
 * both name agree. What is not named proves nothing.
 *
 * @source VN-01, VN-05
 */
export function isOfAgency(member: Certificate, agency: Certificate): boolean {
  const organisations = valuesOf(agency.subject, OID.organizationName);
  const [organisation] = organisations;
  const own = valuesOf(member.subject, OID.organizationName, OID.organizationalUnitName);
  if (organisation === undefined || organisations.length !== 1 || !own.includes(organisation)) return false;
  const names = valuesOf(agency.subject, OID.commonName);
  const isNamed = names.length === 1 && names.every((name) => own.includes(name));
  const agrees = [OID.stateOrProvinceName, OID.localityName].every((type) => {
    const [mine, theirs] = [valuesOf(member.subject, type), valuesOf(agency.subject, type)];
    return mine.length === 0 || theirs.length === 0 || mine.some((place) => theirs.includes(place));
  });
  return isNamed && agrees;
}

/** Both certificates name one organisation. */
export function isColleague(one: Certificate, other: Certificate): boolean {
  const [mine, theirs] = [one, other].map(({ subject }) => valuesOf(subject, OID.organizationName));
  return mine?.length === 1 && theirs?.length === 1 && mine[0] === theirs[0];
}
