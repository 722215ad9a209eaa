/**
 * Agency codes as packages carry them. Two forms are in use: the one of 2016 with its most significant group last
 * (`000.00.12.H46`) and the one of QĐ 20/2020 with it first (`H46.12`); hubs, enterprises and local codes stand beside them.
 * Nothing here knows which agency a code belongs to: that is the directory's job, and what is derived by rule is marked as a guess.
 */
export type AgencyCodeScheme = 'qcvn-2016' | 'qd-20' | 'hub' | 'other';

const CODE = /^[A-Za-z0-9]{1,35}(\.[A-Za-z0-9]{1,10}){0,5}$/;
const LEVEL_ONE = /^[A-Z][0-9]{2}$/;
const HUB_GROUP = 'W00';

/** Whether a text can be an agency code at all. Tighter checks would refuse codes that are in real use. */
export function isExchangeCode(text: string): boolean {
  return CODE.test(text);
}

/** A code as it is compared: trimmed, in capitals. What was received is kept beside it. */
export function comparableCode(text: string): string {
  return text.trim().toUpperCase();
}

export function agencyCodeScheme(text: string): AgencyCodeScheme {
  const groups = comparableCode(text).split('.');
  const [first = '', last = ''] = [groups[0], groups.at(-1)];
  if (groups.includes(HUB_GROUP)) return 'hub';
  if (LEVEL_ONE.test(first)) return 'qd-20';
  return groups.length > 1 && LEVEL_ONE.test(last) ? 'qcvn-2016' : 'other';
}

/**
 * The code in the form of QĐ 20/2020, guessed for a code in the form of 2016: groups that are all zeros dropped from the left, the rest
 * reversed. Provinces renumbered when the form changed, so this helps to spot one agency under two codes and proves nothing.
 *
 * @returns the comparable code itself for every other scheme
 */
export function guessCurrentCode(text: string): string {
  const code = comparableCode(text);
  if (agencyCodeScheme(code) !== 'qcvn-2016') return code;
  const groups = code.split('.');
  const from = groups.findIndex((group) => !/^0+$/.test(group));
  return groups.slice(from).toReversed().join('.');
}

/** One agency among the recipients, with every code it was listed under. */
export interface RecipientAgency {
  /** The code to speak of: the current form where one was listed. */
  readonly code: string;
  /** As received, in their order. */
  readonly codes: readonly string[];
  readonly name?: string;
  /** Joined by the rule of `guessCurrentCode` and not by a known alias. */
  readonly isGuess: boolean;
}

export interface ListedRecipient {
  readonly agencyCode?: string;
  readonly name?: string;
}

/**
 * Recipients as agencies: codes of the same agency stand together, in the order of first appearance. The raw list stays with the package.
 *
 * @param agencyOf key of the agency that a code is known to belong to; unknown codes are compared by rule
 * @source R10
 * @source D15
 */
export function recipientAgencies(
  recipients: readonly ListedRecipient[],
  agencyOf: (code: string) => string | undefined = () => undefined,
): RecipientAgency[] {
  const found = new Map<string, { codes: string[]; names: string[]; isGuess: boolean }>();
  for (const { agencyCode, name } of recipients) {
    if (agencyCode === undefined) continue;
    const known = agencyOf(comparableCode(agencyCode));
    const key = known === undefined ? `code ${guessCurrentCode(agencyCode)}` : `agency ${known}`;
    const agency = found.get(key) ?? { codes: [], names: [], isGuess: false };
    if (agency.codes.length > 0 && known === undefined && agency.codes[0] !== agencyCode) agency.isGuess = true;
    agency.codes.push(agencyCode);
    if (name !== undefined) agency.names.push(name);
    found.set(key, agency);
  }
  return [...found.values()].map(({ codes, names, isGuess }) => {
    const at = Math.max(
      codes.findIndex((code) => agencyCodeScheme(code) === 'qd-20'),
      0,
    );
    const name = names[at] ?? names[0];
    return { code: codes[at] ?? '', codes, isGuess, ...(name === undefined ? {} : { name }) };
  });
}
