import { dueReports, movesOn } from './delivery-status.ts';
import type { ReportedStatus } from './delivery-status.ts';

const set = (...codes: ReportedStatus[]): Set<ReportedStatus> => new Set(codes);

describe('EX-ST-2 the status of a delivery never goes back', () => {
  it.each([
    ['queued', 'sent', true],
    ['sent', '01', true],
    ['01', '03', true],
    ['03', '04', true],
    ['03', '01', false],
    ['03', '03', false],
    ['06', '05', false],
    ['01', '02', true],
    ['03', '02', false],
    ['02', '03', false],
    ['send_failed', 'sent', true],
  ] as const)('EX-ST-2 %s then %s: %s', (present, reported, moves) => {
    expect(movesOn(present, reported)).toBe(moves);
  });

  it('EX-ST-2 a report waits for the one before it, so that the sender sees each', () => {
    expect(dueReports(set('01', '04'), set('01'))).toEqual([]);
    expect(dueReports(set('01', '03', '04', '06'), set('01'))).toEqual(['03', '04']);
    expect(dueReports(set('01', '03', '04', '05', '06'), set('01', '03', '04'))).toEqual(['05', '06']);
    expect(dueReports(set('01', '02'), set())).toEqual(['01', '02']);
    expect(dueReports(set('01'), set('01'))).toEqual([]);
  });
});
