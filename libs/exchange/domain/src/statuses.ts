/** What the receiver of a document reports about it, by the two digits of the standard. @source EX-ST-1 */
export const RECEIVER_STATUS = {
  arrived: '01',
  refused: '02',
  accepted: '03',
  assigned: '04',
  inProgress: '05',
  completed: '06',
} as const;
export type ReceiverStatus = (typeof RECEIVER_STATUS)[keyof typeof RECEIVER_STATUS];

/** What is said about taking a document back or changing it; it moves no delivery by itself. */
export const CHANGE_STATUS = { takeBackAsked: '13', changeAgreed: '15', changeRefused: '16' } as const;
export type ChangeStatus = (typeof CHANGE_STATUS)[keyof typeof CHANGE_STATUS];

/** Everything that one agency's system may report to another's. */
export type ReportedStatus = ReceiverStatus | ChangeStatus;

/** The sender's own steps. @source EX-ST-4 */
export const OWN_STATUSES = ['queued', 'send_failed', 'cancelled', 'sent'] as const;
export type OwnStatus = (typeof OWN_STATUSES)[number];

/** What a delivery can be in: the sender's own states, then what the receiver reports. @source EX-ST-4 */
export const DELIVERY_STATUSES = [
  'queued',
  'sent',
  'send_failed',
  'cancelled',
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
] as const;
export type DeliveryStatus = OwnStatus | ReceiverStatus;

/** What may stand in the history of a delivery. */
export const STEP_STATUSES = [...DELIVERY_STATUSES, '13', '15', '16'] as const;
export type StepStatus = DeliveryStatus | ChangeStatus;

const isOneOf =
  <Value extends string>(values: readonly Value[]) =>
  (value: string | undefined): value is Value =>
    (values as readonly (string | undefined)[]).includes(value);

export const isReceiverStatus = isOneOf(Object.values(RECEIVER_STATUS));
export const isOwnStatus = isOneOf(OWN_STATUSES);
export const isReportedStatus = isOneOf<ReportedStatus>([
  ...Object.values(RECEIVER_STATUS),
  ...Object.values(CHANGE_STATUS),
]);
