import { workingCalendar } from '@qlvb/vietnam';
import { issuedOnTime } from './issued-on-time.ts';

const days = ['2026-08-31', '2026-09-01', '2026-09-02'].map((date) => ({
  date,
  kind: 'statutory' as const,
  name: 'Quốc khánh',
  status: 'decided' as const,
}));
const calendar = workingCalendar(days, [2026]);
const signedAt = new Date('2026-08-28T16:50:00+07:00');

describe('issue in time', () => {
  it('EX-ISSUE-1 QĐ28-A6-2: electronic: by the end of the morning of the next working day, later is flagged', () => {
    const document = { signedAt, urgency: 'normal', medium: 'electronic' } as const;
    const inTime = issuedOnTime(document, new Date('2026-09-03T12:00:00+07:00'), calendar);
    expect(inTime).toEqual({ deadline: new Date('2026-09-03T12:00:00+07:00'), late: false });
    expect(issuedOnTime(document, new Date('2026-09-03T12:00:01+07:00'), calendar).late).toBe(true);
  });

  it('NĐ30-A18-1: paper: by the end of the next working day', () => {
    const document = { signedAt, urgency: 'normal', medium: 'paper' } as const;
    expect(issuedOnTime(document, new Date('2026-09-03T16:00:00+07:00'), calendar).late).toBe(false);
    expect(issuedOnTime(document, new Date('2026-09-04T00:00:00+07:00'), calendar).late).toBe(true);
  });

  it('NĐ30-A18-2: urgent: right after signing, also on a holiday', () => {
    const document = {
      signedAt: new Date('2026-09-01T22:00:00+07:00'),
      urgency: 'flash',
      medium: 'electronic',
    } as const;
    expect(issuedOnTime(document, new Date('2026-09-01T22:10:00+07:00'), calendar).late).toBe(false);
    expect(issuedOnTime(document, new Date('2026-09-01T22:30:00+07:00'), calendar).late).toBe(true);
  });

  it('CAL-6: a promised deadline stands when the calendar has become shorter since', () => {
    const document = { signedAt, urgency: 'normal', medium: 'electronic' } as const;
    const promised = new Date('2026-09-04T12:00:00+07:00');
    const issuedAt = new Date('2026-09-04T11:00:00+07:00');
    expect(issuedOnTime({ ...document, promised }, issuedAt, calendar)).toEqual({ deadline: promised, late: false });
    const earlier = { ...document, promised: new Date('2026-09-02T12:00:00+07:00') };
    expect(issuedOnTime(earlier, issuedAt, calendar).deadline).toEqual(new Date('2026-09-03T12:00:00+07:00'));
  });
});
