import { randomBytes } from 'node:crypto';
import type { Business, Contact, DocumentPackage, Party } from '../package/model.ts';
import type { CodeRow } from '../codes/code-lists.ts';
import { PRIORITIES } from '../codes/code-lists.ts';

/** Repeatable choices from a seed (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  maybe<T>(make: () => T): T | undefined {
    return this.below(2) === 0 ? make() : undefined;
  }

  list<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.below(most + 1) }, (_, index) => make(index));
  }
}

const LETTERS = [...'aàáảãạăằắâầấbcdđeèéẻẽẹêềếghiìíklmnoòóôồốơờớpqrstuùúưừứvxyỳýABCĐÊÔƠƯ0123456789'];
const SIGNS = [...' .,-/()&<>"\'%#@;:!?=+*“”–…€𠀀\n\t'];

/** A text within a length that begins and ends with a letter: blanks around a value are not part of it. */
export function textOf(chance: Chance, most: number): string {
  const length = 1 + chance.below(Math.min(most, 60));
  const middle = Array.from({ length: length - 2 }, () => chance.pick(chance.below(5) === 0 ? SIGNS : LETTERS));
  const text = [chance.pick(LETTERS), ...middle, ...(length > 1 ? [chance.pick(LETTERS)] : [])]
    .join('')
    .normalize('NFC');
  // words that mean "nothing" are not values, and marks of secrecy are refused
  return /^(null|n\/a)$/i.test(text) || /mật/i.test(text) ? 'văn bản' : text;
}

/** An object without its undefined members. */
const compact = <T extends object>(members: T): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;

const codeAt = (index: number): string => `H46.${String(11 + index)}`;

const partyOf = (chance: Chance, agencyCode: string): Party =>
  compact({
    agencyCode,
    name: textOf(chance, 200),
    parentAgency: chance.maybe(() => textOf(chance, 200)),
    address: chance.maybe(() => textOf(chance, 250)),
    email: chance.maybe(() => 'vanthu@example.gov.vn'),
    telephone: chance.maybe(() => '(0232) 000 0000'),
    fax: chance.maybe(() => '+84 232 0000000'),
    website: chance.maybe(() => 'https://example.gov.vn/?a=1&b=2'),
  } as Party);

const contactOf = (chance: Chance): Contact =>
  compact({
    department: chance.maybe(() => textOf(chance, 250)),
    name: textOf(chance, 100),
    email: chance.maybe(() => 'a@example.gov.vn'),
    mobile: chance.maybe(() => '0900000000'),
  } as Contact);

function businessOf(chance: Chance): Business {
  const base = compact({
    reason: textOf(chance, 500),
    isPaperSent: chance.below(2) === 1,
    contact: chance.maybe(() => contactOf(chance)),
  });
  const documentId = 'H46.11,2026/01/05,3/BC-STTTT';
  const change = (index: number): { agencyCode: string; change: 'added' | 'removed' } => ({
    agencyCode: codeAt(40 + index),
    change: chance.pick(['added', 'removed'] as const),
  });
  const replaced = (index: number): { documentId: string; agencyCodes: string[] } => ({
    documentId: `H46.11,2026/01/05,${index + 1}/BC-STTTT`,
    agencyCodes: [codeAt(1), codeAt(2)],
  });
  switch (chance.below(4)) {
    case 0:
      return { type: 'new', ...base } as Business;
    case 1:
      return { type: 'recall', documentId, ...base } as Business;
    case 2:
      return {
        type: 'update',
        documentId,
        isDocumentChanged: true,
        receivers: chance.list(3, change),
        ...base,
      } as Business;
    default:
      return {
        type: 'replace',
        replaced: [replaced(0), ...chance.list(2, (index) => replaced(index + 1))],
        ...base,
      } as Business;
  }
}

/** A valid document package with everything in it that chance wants. */
export function randomDocument(chance: Chance): DocumentPackage {
  const codeNumber = String(1 + chance.below(99_999));
  const issuedOn = `20${10 + chance.below(16)}-0${1 + chance.below(9)}-${10 + chance.below(18)}`;
  const keys = PRIORITIES as readonly CodeRow<number, (typeof PRIORITIES)[number]['key']>[];
  return compact({
    sender: partyOf(chance, codeAt(0)),
    recipients: [partyOf(chance, codeAt(1)), ...chance.list(4, (index) => partyOf(chance, codeAt(index + 2)))],
    documentId: `H46.11,${issuedOn.replaceAll('-', '/')},${codeNumber}/BC-STTTT`,
    codeNumber,
    codeNotation: 'BC-STTTT',
    placeOfIssue: chance.maybe(() => textOf(chance, 50)),
    issuedOn,
    documentType: { name: textOf(chance, 100), type: chance.below(100), detail: chance.below(40) },
    subject: textOf(chance, 500),
    summary: chance.maybe(() => textOf(chance, 500)),
    signer: chance.maybe(() => ({
      competence: 'KT. GIÁM ĐỐC',
      position: textOf(chance, 100),
      fullName: textOf(chance, 50),
    })),
    dueOn: chance.maybe(() => '2026-12-31'),
    priority: chance.pick(keys).key,
    circulation: chance.maybe(() => textOf(chance, 100)),
    typist: chance.maybe(() => 'NVM'),
    copies: chance.maybe(() => chance.below(65_536)),
    pages: chance.maybe(() => chance.below(65_536)),
    appendices: chance.list(3, () => textOf(chance, 500)),
    isSteering: chance.below(2) === 1,
    replyFors: chance.maybe(() => textOf(chance, 500)),
    referenceCodes: chance.maybe(() => textOf(chance, 500)),
    answers: chance.list(2, (index) => ({
      agencyCode: codeAt(index),
      documentCode: `${index}/UBND-VX`,
      issuedOn: '2025-02-28',
      documentId: `H46.11,2025/02/28,${index}/UBND-VX`,
    })),
    steeringType: chance.below(4),
    taskCodes: chance.list(2, () => textOf(chance, 100)),
    applicationType: chance.maybe(() => 'MCDT_DT'),
    printedRecipients: chance.list(3, () => textOf(chance, 150)),
    sentAt: new Date(1_700_000_000_000 + chance.below(1_000_000) * 1000),
    business: businessOf(chance),
  } as DocumentPackage);
}

/** Bytes of a length around the borders of base64 groups and of stream chunks. */
export const randomContent = (chance: Chance): Buffer =>
  randomBytes(1 + chance.pick([0, 1, 2, 3, 510, 511, 512, 513, 65_535, 65_536, 200_000]));
