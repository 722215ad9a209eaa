import { endOfMorning, issueDeadline, presentationDeadline, workingDaysDeadline } from './deadlines.ts';
import type { Urgency } from './deadlines.ts';
import {
  PUBLIC_CALENDAR_DAYS,
  PUBLIC_CALENDAR_YEARS,
  formatVietnamTime,
  vietnamInstant,
  workingCalendar,
} from '@qlvb/vietnam';

const calendar = workingCalendar(PUBLIC_CALENDAR_DAYS, PUBLIC_CALENDAR_YEARS);
const signed = (
  date: string,
  time: string,
  urgency: Urgency = 'normal',
  medium: 'electronic' | 'paper' = 'electronic',
) => formatVietnamTime(issueDeadline({ signedAt: vietnamInstant(date, time), urgency, medium }, calendar));
const arrived = (date: string, time: string, urgency: Urgency = 'normal') =>
  formatVietnamTime(presentationDeadline({ arrivedAt: vietnamInstant(date, time), urgency }, calendar));

describe('issuing in time', () => {
  it('EX-ISSUE-1 QĐ28-A6-2 electronic: end of the morning of the next working day', () => {
    expect(signed('2026-08-28', '16:50')).toBe('2026-09-03T12:00:00+07:00');
    expect(signed('2024-05-03', '08:00')).toBe('2024-05-04T12:00:00+07:00');
  });

  it('EX-ISSUE-1 NĐ30-A18-1 paper: end of the next working day', () => {
    expect(signed('2026-08-28', '16:50', 'normal', 'paper')).toBe('2026-09-03T23:59:59+07:00');
  });

  it('EX-ISSUE-1 NĐ30-A18-2 CAL-7 urgent: minutes after signing, on any day', () => {
    expect(signed('2026-08-28', '16:50', 'flash')).toBe('2026-08-28T17:05:00+07:00');
    expect(signed('2026-02-17', '23:50', 'veryUrgent')).toBe('2026-02-18T00:20:00+07:00');
    expect(signed('2026-02-17', '09:00', 'urgent', 'paper')).toBe('2026-02-17T10:00:00+07:00');
  });

  it('EX-ISSUE-1 minutes and the end of the morning are settings', () => {
    const policy = { endOfMorning: '11:30', urgentMinutes: { urgent: 5, veryUrgent: 3, flash: 1 } };
    const signedAt = vietnamInstant('2026-08-28', '16:50');
    const deadline = (urgency: Urgency) =>
      formatVietnamTime(issueDeadline({ signedAt, urgency, medium: 'electronic' }, calendar, policy));
    expect(deadline('normal')).toBe('2026-09-03T11:30:00+07:00');
    expect(deadline('flash')).toBe('2026-08-28T16:51:00+07:00');
    expect(formatVietnamTime(endOfMorning('2026-09-03', policy))).toBe('2026-09-03T11:30:00+07:00');
  });

  it('EX-ISSUE-1 the day of signing is the day in Vietnam', () => {
    const signedAt = new Date('2026-08-27T17:30:00Z');
    expect(formatVietnamTime(issueDeadline({ signedAt, urgency: 'normal', medium: 'electronic' }, calendar))).toBe(
      '2026-09-03T12:00:00+07:00',
    );
  });
});

describe('receiving in time', () => {
  it('NĐ30-A23-1 arriving at Tết, presented by the first working day after it', () => {
    expect(arrived('2026-02-14', '10:00')).toBe('2026-02-23T23:59:59+07:00');
  });

  it('NĐ30-A4-4 NĐ30-A23-2 CAL-7 an urgent one is presented at once, also at Tết', () => {
    expect(arrived('2026-02-14', '10:00', 'urgent')).toBe('2026-02-14T11:00:00+07:00');
    expect(arrived('2026-02-14', '10:00', 'flash')).toBe('2026-02-14T10:15:00+07:00');
  });

  it('CAL-9 working days end with the last of them', () => {
    const from = vietnamInstant('2026-04-24', '08:00');
    expect(formatVietnamTime(workingDaysDeadline(from, 5, calendar))).toBe('2026-05-06T23:59:59+07:00');
  });
});
