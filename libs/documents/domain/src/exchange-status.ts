/** Statuses that the receiving side reports back while it handles a document. */
export const EXCHANGE_STATUSES = [
  { code: '01', name: 'arrived', vi: 'Đã đến' },
  { code: '02', name: 'rejected', vi: 'Từ chối tiếp nhận' },
  { code: '03', name: 'accepted', vi: 'Đã tiếp nhận' },
  { code: '04', name: 'assigned', vi: 'Phân công' },
  { code: '05', name: 'in_progress', vi: 'Đang xử lý' },
  { code: '06', name: 'completed', vi: 'Hoàn thành' },
] as const;

export type ExchangeStatusCode = (typeof EXCHANGE_STATUSES)[number]['code'];

/**
 * The status of a delivery after a report: it only moves forward, a refusal ends it, and a late or repeated report
 * changes nothing.
 *
 * @param current last status of this document at this receiver; undefined before the first report
 * @returns `current` unchanged when the report is ignored
 * @source EX-ST-2
 */
export function advanceStatus(
  current: ExchangeStatusCode | undefined,
  reported: ExchangeStatusCode,
): ExchangeStatusCode {
  if (current === undefined) return reported;
  if (current === '02') return current;
  if (reported === '02') return current === '01' ? reported : current;
  return reported > current ? reported : current;
}

/** What a sender knows of one delivery: its own steps first, then what the recipient reports. */
export type DeliveryStatus = 'queued' | 'sent' | 'send_failed' | ExchangeStatusCode;

const isReported = (status: DeliveryStatus): status is ExchangeStatusCode => /^[0-9]/.test(status);

/**
 * The status of a delivery after news of it: sending may be tried again and again, but once the recipient has reported only
 * his reports move it.
 *
 * @source EX-ST-2
 * @source EX-ST-4
 */
export function advanceDelivery(current: DeliveryStatus | undefined, news: DeliveryStatus): DeliveryStatus {
  if (current === undefined || !isReported(current)) return news;
  return isReported(news) ? advanceStatus(current, news) : current;
}
