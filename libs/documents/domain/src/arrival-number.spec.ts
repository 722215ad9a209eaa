import { nextArrivalNumber } from './arrival-number.ts';

describe('arrival number', () => {
  it('NĐ30-A22-2: consecutive within the year of registration in Vietnam', () => {
    expect(nextArrivalNumber(0, new Date('2026-12-31T16:59:59Z'))).toEqual({
      arrivalNumber: 1,
      year: 2026,
      arrivalDate: '2026-12-31',
    });
    expect(nextArrivalNumber(0, new Date('2026-12-31T17:00:00Z')).year).toBe(2027);
    expect(nextArrivalNumber(811, new Date('2026-08-28T02:00:00Z')).arrivalNumber).toBe(812);
  });
});
