import { CHANGE_STATUS, isOwnStatus, RECEIVER_STATUS } from './statuses.ts';
import type { DeliveryStatus, ReceiverStatus, ReportedStatus, StepStatus } from './statuses.ts';

const { arrived, refused, accepted, assigned, inProgress, completed } = RECEIVER_STATUS;
const PROGRESS = [accepted, assigned, inProgress, completed];

/**
 * The one transition table of a delivery, for the side that hears of it and for the side that reports. A refusal ends it and
 * comes only before acceptance; a report proves that the package went out, whatever the sender last knew.
 *
 * @source EX-ST-2
 * @source QĐ28-A5-4
 */
const NEXT: Readonly<Record<DeliveryStatus, readonly DeliveryStatus[]>> = {
  queued: ['sent', 'send_failed', 'cancelled', arrived, refused, ...PROGRESS],
  send_failed: ['queued', 'sent', 'cancelled', arrived, refused, ...PROGRESS],
  cancelled: [arrived, refused, ...PROGRESS],
  sent: [arrived, refused, ...PROGRESS],
  [arrived]: [refused, ...PROGRESS],
  [refused]: [],
  [accepted]: [assigned, inProgress, completed],
  [assigned]: [inProgress, completed],
  [inProgress]: [completed],
  [completed]: [],
};

export const movesOn = (present: DeliveryStatus, next: DeliveryStatus): boolean => NEXT[present].includes(next);

/** Decides where times say nothing. */
const RANK: Readonly<Record<StepStatus, number>> = {
  queued: 0,
  send_failed: 1,
  cancelled: 2,
  sent: 3,
  [arrived]: 4,
  [refused]: 5,
  [accepted]: 6,
  [assigned]: 7,
  [inProgress]: 8,
  [completed]: 9,
  [CHANGE_STATUS.takeBackAsked]: 10,
  [CHANGE_STATUS.changeAgreed]: 11,
  [CHANGE_STATUS.changeRefused]: 12,
};

/** One report as it was received: kept, whether it changes anything or not. */
export interface Report {
  /** The same for the same report, however often it comes. */
  readonly id: string;
  readonly status: StepStatus;
  /** When it happened, as its author says; null when he says nothing. */
  readonly at: Date | null;
  /** When it was received, by the clock of this side. */
  readonly recordedAt: Date;
}

/** A clock may be wrong by this much; a time further ahead of the receipt says nothing about order. */
export const MAX_CLOCK_LEAD_MS = 5 * 60 * 1000;

/** The time of a report as far as it is evidence of order. */
export const evidentTime = ({ at, recordedAt }: Report): number | undefined =>
  at === null || at.getTime() - recordedAt.getTime() > MAX_CLOCK_LEAD_MS ? undefined : at.getTime();

export interface FoldedReport<R extends Report> {
  readonly report: R;
  /** Whether it moved the delivery on. */
  readonly counts: boolean;
}

export interface DeliveryHistory<R extends Report> {
  readonly status: DeliveryStatus;
  /** All reports in the order of what happened. */
  readonly reports: readonly FoldedReport<R>[];
}

/**
 * State and history of a delivery from every report ever received about it: the same for the same reports, in whatever order
 * they came. The sender's own steps come first, since nothing is reported of what was never queued, then the arrival, since
 * nothing happens to what has not come; everything else follows by time, then by rank.
 *
 * @source EX-ST-2
 * @source EX-ST-3
 */
export function foldDelivery<R extends Report>(reports: readonly R[]): DeliveryHistory<R> {
  const once = [...new Map(reports.map((report) => [report.id, report])).values()];
  const own = ordered(once.filter(({ status }) => isOwnStatus(status)));
  const came = ordered(once.filter(({ status }) => status === arrived));
  const told = ordered(once.filter(({ status }) => !isOwnStatus(status) && status !== arrived));
  let status: DeliveryStatus = 'queued';
  let begun = false;
  const folded = [...own, ...came, ...told].map((report): FoldedReport<R> => {
    const next = report.status;
    const counts = isDeliveryStatus(next) && (next === 'queued' && !begun ? true : movesOn(status, next));
    begun = true;
    if (counts) status = next as DeliveryStatus;
    return { report, counts };
  });
  return { status, reports: folded };
}

const isDeliveryStatus = (status: StepStatus): status is DeliveryStatus => status in NEXT;

/** By evident time; what has none stands right behind the last of those that its rank follows. Then by rank, never by arrival. */
function ordered<R extends Report>(reports: readonly R[]): R[] {
  const timed = reports.filter((report) => evidentTime(report) !== undefined);
  const place = (report: R): number =>
    evidentTime(report) ??
    timed
      .filter(({ status }) => RANK[status] <= RANK[report.status])
      .reduce((last, before) => Math.max(last, evidentTime(before) ?? last), -Infinity);
  return reports
    .map((report) => ({ report, place: place(report), rank: RANK[report.status] }))
    .sort((a, b) => (a.place === b.place ? a.rank - b.rank || compare(a.report.id, b.report.id) : a.place - b.place))
    .map(({ report }) => report);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The report that must have gone out before this one, so that the sender sees every step. An answer to a change waits for none: a
 * change may be asked for by a status, whose arrival nobody reports.
 *
 * @source EX-ST-2
 */
const PREDECESSOR: Readonly<Partial<Record<ReportedStatus, ReceiverStatus>>> = {
  [refused]: arrived,
  [accepted]: arrived,
  [assigned]: accepted,
  [inProgress]: assigned,
  [completed]: inProgress,
};

const ORDER = [arrived, refused, ...PROGRESS, CHANGE_STATUS.changeAgreed, CHANGE_STATUS.changeRefused] as const;

/**
 * The reports that may go out now, in order: each waits for the one before it, and none contradicts what was told.
 *
 * @param recorded everything that happened so far @param sent what was reported already
 * @source EX-ST-2
 */
export function dueReports(recorded: ReadonlySet<ReportedStatus>, sent: ReadonlySet<ReportedStatus>): ReportedStatus[] {
  const due: ReportedStatus[] = [];
  const out = new Set(sent);
  for (const code of ORDER) {
    const before = PREDECESSOR[code];
    if (!recorded.has(code) || out.has(code) || (before && !out.has(before))) continue;
    const told = [...PROGRESS, refused].filter((status) => out.has(status));
    if (isDeliveryStatus(code) && told.some((status) => !movesOn(status, code))) continue;
    due.push(code);
    out.add(code);
  }
  return due;
}
