import { advanceDelivery, advanceStatus } from './exchange-status.ts';
import type { ExchangeStatusCode } from './exchange-status.ts';

const after = (...reports: ExchangeStatusCode[]): ExchangeStatusCode | undefined =>
  reports.reduce<ExchangeStatusCode | undefined>(advanceStatus, undefined);

describe('exchange status', () => {
  it('EX-ST-2: 01 03 04 05 06 in this order and never back', () => {
    expect(after('01', '03', '04', '05', '06')).toBe('06');
    expect(after('01', '03', '04', '03', '01')).toBe('04');
    expect(after('01', '01')).toBe('01');
    expect(after('04', '03')).toBe('04');
  });

  it('EX-ST-2: a refusal ends the delivery and cannot follow acceptance', () => {
    expect(after('01', '02')).toBe('02');
    expect(after('01', '02', '03', '06')).toBe('02');
    expect(after('02', '01')).toBe('02');
    expect(after('01', '03', '02')).toBe('03');
  });

  it('EX-ST-4: the sender’s own steps repeat until the recipient reports, and change nothing after it', () => {
    expect(advanceDelivery(undefined, 'queued')).toBe('queued');
    expect(advanceDelivery('queued', 'send_failed')).toBe('send_failed');
    expect(advanceDelivery('send_failed', 'sent')).toBe('sent');
    expect(advanceDelivery('sent', '01')).toBe('01');
    expect(advanceDelivery('03', 'sent')).toBe('03');
    expect(advanceDelivery('03', '01')).toBe('03');
  });
});
