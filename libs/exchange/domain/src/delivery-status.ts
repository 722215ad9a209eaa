/** What a delivery can be in: the sender's own states, then what the receiver reports. @source EX-ST-4 */
export const DELIVERY_STATUSES = ['queued', 'sent', 'send_failed', '01', '02', '03', '04', '05', '06'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];
export type ReportedStatus = '01' | '02' | '03' | '04' | '05' | '06';

const RANK: Readonly<Record<DeliveryStatus, number>> = {
  queued: 0,
  send_failed: 1,
  sent: 2,
  '01': 3,
  '02': 99,
  '03': 4,
  '04': 5,
  '05': 6,
  '06': 7,
};

/**
 * Whether a report moves a delivery on. It never goes back, a refusal ends it and comes only before acceptance; late or
 * repeated reports change nothing.
 *
 * @source EX-ST-2
 */
export function movesOn(present: DeliveryStatus, reported: DeliveryStatus): boolean {
  if (present === '02') return false;
  if (reported === '02') return RANK[present] < RANK['03'];
  return RANK[reported] > RANK[present];
}

/** The report that must have gone out before this one, so that the sender sees every step. @source EX-ST-2 */
export const PREDECESSOR: Readonly<Record<ReportedStatus, ReportedStatus | undefined>> = {
  '01': undefined,
  '02': '01',
  '03': '01',
  '04': '03',
  '05': '04',
  '06': '05',
};

/**
 * The reports that may go out now, in order.
 *
 * @param recorded everything that happened so far @param sent what was reported already
 */
export function dueReports(recorded: ReadonlySet<ReportedStatus>, sent: ReadonlySet<ReportedStatus>): ReportedStatus[] {
  const due: ReportedStatus[] = [];
  const out = new Set(sent);
  for (const code of ['01', '02', '03', '04', '05', '06'] as const) {
    const before = PREDECESSOR[code];
    if (!recorded.has(code) || out.has(code) || (before && !out.has(before))) continue;
    due.push(code);
    out.add(code);
  }
  return due;
}
