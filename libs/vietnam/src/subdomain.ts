import { foldText } from './fold.ts';

/** What the derivation needs to know of an agency. */
export interface HostedAgency {
  name: string;
  /** Abbreviation used in document symbols. */
  shortName: string;
  level: 'province' | 'department' | 'district' | 'commune' | 'unit';
}

/** Where a request is addressed to: the host shared by everybody, or the host of one agency and all below it. */
export type HostAddress = { kind: 'shared' } | { kind: 'agency'; label: string };

const PREFIX = 'qlvb';

/** Labels that may never name an agency. */
export const RESERVED_HOST_LABELS: ReadonlySet<string> = new Set([
  'qlvb',
  'www',
  'api',
  'admin',
  'sso',
  'test',
  'mail',
]);

/**
 * Letters and digits of a text as they may stand in a host name.
 *
 * @source DOM-05
 */
export function foldHostLabel(text: string): string {
  return foldText(text).replace(/[^a-z0-9]/g, '');
}

/**
 * A label is 2 to 58 small letters and digits: `qlvb-` and it fit in one DNS label, and the first hyphen always splits them.
 *
 * @source DOM-04
 */
export function isHostLabel(label: string): boolean {
  return /^[a-z0-9]{2,58}$/.test(label);
}

/**
 * The agency whose host serves an agency: the province itself, or its direct child above the agency. Communes, divisions and
 * units have no host of their own.
 *
 * @param parentOf the parent of an agency; undefined for the province
 * @source DOM-08
 */
export function hostOwner<A>(agency: A, parentOf: (agency: A) => A | undefined): A {
  let owner = agency;
  for (let parent = parentOf(owner); parent !== undefined; parent = parentOf(owner)) {
    if (parentOf(parent) === undefined) return owner;
    owner = parent;
  }
  return owner;
}

/**
 * Label of a host owner: a district by its full name, a department or provincial unit by its abbreviation, the province none.
 * A proposal for new agencies: a registered host is never recomputed.
 *
 * @source DOM-01
 * @source DOM-06
 */
export function hostLabel(owner: HostedAgency): string | undefined {
  if (owner.level === 'province') return undefined;
  if (owner.level !== 'district') return foldHostLabel(owner.shortName);
  const name = owner.name.normalize('NFC').replace(/^Ủy ban nhân dân /, '');
  return foldHostLabel(name.replace(/^(huyện|thị xã|thành phố) /, ''));
}

/**
 * Host of an agency below the base domain: derived for its owner.
 *
 * @param baseDomain `quangbinh.gov.vn` in production
 * @source DOM-07
 */
export function deriveHost<A extends HostedAgency>(
  agency: A,
  parentOf: (agency: A) => A | undefined,
  baseDomain: string,
): string {
  return hostOf(hostLabel(hostOwner(agency, parentOf)), baseDomain);
}

/** Host name for a label; without one the shared host. */
export function hostOf(label: string | undefined, baseDomain: string): string {
  return label === undefined ? `${PREFIX}.${baseDomain}` : `${PREFIX}-${label}.${baseDomain}`;
}

/**
 * Why a label cannot be given to a new host, if so.
 *
 * @param taken labels and aliases of all other agencies
 * @source DOM-03
 */
export function hostLabelFault(
  label: string,
  taken: ReadonlySet<string>,
): 'HOST_MALFORMED' | 'HOST_RESERVED' | 'HOST_TAKEN' | undefined {
  if (!isHostLabel(label)) return 'HOST_MALFORMED';
  if (RESERVED_HOST_LABELS.has(label)) return 'HOST_RESERVED';
  return taken.has(label) ? 'HOST_TAKEN' : undefined;
}

/**
 * Reads a `Host` header: case, one trailing dot and a port do not matter; anything else must fit exactly.
 *
 * @returns undefined for a host that is not ours
 * @source DOM-20
 */
export function hostAgency(host: string, baseDomain: string): HostAddress | undefined {
  const name = host
    .toLowerCase()
    .replace(/:[0-9]{1,5}$/, '')
    .replace(/\.$/, '');
  const suffix = `.${baseDomain.toLowerCase()}`;
  if (!name.endsWith(suffix)) return undefined;
  const first = name.slice(0, -suffix.length);
  if (first === PREFIX) return { kind: 'shared' };
  if (!first.startsWith(`${PREFIX}-`)) return undefined;
  const label = first.slice(PREFIX.length + 1);
  return isHostLabel(label) ? { kind: 'agency', label } : undefined;
}

/**
 * Labels under which an agency may also be reached when its aliases are switched on.
 *
 * @source DOM-09
 */
export function hostAliasLabels(symbolAliases: readonly string[]): string[] {
  return symbolAliases.map(foldHostLabel).filter(isHostLabel);
}
