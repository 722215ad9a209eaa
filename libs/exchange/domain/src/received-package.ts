import { agencyCode, DESK_GROUND_LABELS } from '@qlvb/contracts';
import { agencyCodeScheme, isExchangeCode } from '@qlvb/edxml';
import { DecisionNotOpen } from './exchange.problems.ts';

/**
 * - `received`: in the ledger, not yet interpreted;
 * - `interpreting`: somebody is at it, or died at it;
 * - `registered`: a document of it was announced; `applied`: a status of it was taken over;
 * - `waiting`: on the clerk's desk;
 * - `refused`, `discarded`: by the clerk;
 * - `erased`: it bore a mark of state secret; nothing of what it says is kept.
 */
export const RECEIVED_STATES = [
  'received',
  'interpreting',
  'registered',
  'applied',
  'waiting',
  'refused',
  'discarded',
  'erased',
] as const;
export type ReceivedState = (typeof RECEIVED_STATES)[number];

export const DECISIONS = ['take-as-new', 'interpret-again', 'refuse', 'discard'] as const;
export type Decision = (typeof DECISIONS)[number];

const CHANGE: readonly Decision[] = ['take-as-new', 'refuse', 'discard'];
const UNPROVEN: readonly Decision[] = ['interpret-again', 'refuse', 'discard'];
const NOTHING_TO_TAKE: readonly Decision[] = ['refuse', 'discard'];

/** What the clerk may decide about a document package that waits, by the ground it waits for. */
const DECISIONS_BY_GROUND: Readonly<Record<keyof typeof DESK_GROUND_LABELS, readonly Decision[]>> = {
  'recall-asked': NOTHING_TO_TAKE,
  'update-sent': CHANGE,
  'replacement-sent': CHANGE,
  'business-unknown': CHANGE,
  ambiguous: ['take-as-new', 'interpret-again', 'refuse', 'discard'],
  'too-long': NOTHING_TO_TAKE,
  'interpretation-failed': UNPROVEN,
  'process-died': UNPROVEN,
  'package-unreadable': UNPROVEN,
  'package-too-costly': UNPROVEN,
  'digest-differs': NOTHING_TO_TAKE,
  'size-differs': NOTHING_TO_TAKE,
  'credentials-differ': NOTHING_TO_TAKE,
  'sender-not-on-axis': NOTHING_TO_TAKE,
  'not-addressed-to-recipient': NOTHING_TO_TAKE,
  'status-unknown': ['discard'],
  'status-unmatched': ['interpret-again', 'discard'],
  'status-not-entitled': ['discard'],
  'take-back-asked': NOTHING_TO_TAKE,
  'change-answered': ['discard'],
  'secrecy-mark': [],
};

/** A status is no document that could be taken, and is never answered by a status, save one that asks for an answer. @source EX-REC-6 */
const ASKS_FOR_ANSWER: DeskGround = 'take-back-asked';
const DOCUMENTS_ONLY: readonly Decision[] = ['take-as-new', 'refuse'];

interface Kind {
  readonly announcedKind: 'document' | 'status';
  /** What it was read as; null until then. */
  readonly kind: 'document' | 'status' | 'unreadable' | null;
}

/** By what it is; as long as that is not known, by what the channel calls it. @source R4 */
export const isStatusPackage = ({ kind, announcedKind }: Kind): boolean =>
  kind === 'status' || (kind !== 'document' && announcedKind === 'status');

/** Why a package waits for a person, and what he may decide. */
export function decisionsFor(ground: DeskGround, kind: Kind): readonly Decision[] {
  const decisions = DECISIONS_BY_GROUND[ground];
  if (ground === ASKS_FOR_ANSWER || !isStatusPackage(kind)) return decisions;
  return decisions.filter((decision) => !DOCUMENTS_ONLY.includes(decision));
}
export type DeskGround = keyof typeof DESK_GROUND_LABELS;
export const DESK_GROUND_CODES = Object.keys(DESK_GROUND_LABELS) as [DeskGround, ...DeskGround[]];

/** Grounds that mean: perhaps not meant for this agency, or not from whom it says. */
const PERHAPS_NOT_OURS: ReadonlySet<DeskGround> = new Set([
  'digest-differs',
  'size-differs',
  'credentials-differ',
  'sender-not-on-axis',
  'not-addressed-to-recipient',
]);

interface Standing {
  readonly state: ReceivedState;
  readonly ground: DeskGround | null;
}

/** Whether the reader found that a package can be read in two ways: such a one is neither registered nor applied by itself. @source R13 */
export const isAmbiguous = (findings: readonly { readonly code: string }[]): boolean =>
  findings.some(({ code }) => code === 'element-ambiguous');

/** Whether something has yet to prove, or speaks against, that the package is for this agency: then it is told nothing of it. */
export const isPerhapsNotOurs = ({ state, ground }: Standing): boolean =>
  state === 'received' || state === 'interpreting' || (ground !== null && PERHAPS_NOT_OURS.has(ground));

/** A package that must not be kept, or of which nothing proves that it was meant for this agency, shows nobody its bytes. */
export const mayShowContent = (standing: Standing): boolean =>
  standing.state !== 'erased' && standing.ground !== 'secrecy-mark' && !isPerhapsNotOurs(standing);

/**
 * The one who decides says what becomes of a package that waits.
 *
 * @throws DecisionNotOpen
 * @source EX-REC-7
 */
export function assertMayDecide(row: Standing & Kind & Origin, decision: Decision): void {
  if (!openDecisions(row).includes(decision)) throw DecisionNotOpen();
}

/** A refusal is told to the sender: where no package can name him, there is nobody to refuse it to. @source QĐ28-A5-4 */
export const openDecisions = (row: Standing & Kind & Origin): readonly Decision[] =>
  row.state === 'waiting' && row.ground
    ? decisionsFor(row.ground, row).filter((decision) => decision !== 'refuse' || canBeAnswered(row))
    : [];

interface Origin {
  readonly senderCode: string;
}

/** Whether a package can name the sender as its recipient; a hub is no agency. */
export const canBeAnswered = ({ senderCode }: Origin): boolean =>
  agencyCode.safeParse(senderCode).success && isExchangeCode(senderCode) && agencyCodeScheme(senderCode) !== 'hub';

/** Types of business that change a document that is there already; they are never registered as new by themselves. @source EX-REC-7 */
export function groundOfBusiness(type: string | undefined): DeskGround | undefined {
  if (type === 'new') return undefined;
  if (type === 'recall') return 'recall-asked';
  if (type === 'update') return 'update-sent';
  if (type === 'replace') return 'replacement-sent';
  return 'business-unknown';
}
