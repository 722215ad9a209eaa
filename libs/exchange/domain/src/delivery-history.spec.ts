import { dueReports, foldDelivery, movesOn } from './delivery-history.ts';
import type { Report } from './delivery-history.ts';
import type { ReportedStatus, StepStatus } from './statuses.ts';

const set = (...codes: ReportedStatus[]): Set<ReportedStatus> => new Set(codes);
const RECEIVED = new Date('2026-11-23T12:00:00Z');
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 10, minute));
const report = (status: StepStatus, time: Date | null, id: string = status): Report => ({
  id,
  status,
  at: time,
  recordedAt: RECEIVED,
});

function* orders<T>(list: readonly T[]): Generator<T[]> {
  if (list.length === 0) yield [];
  for (const [index, first] of list.entries()) {
    for (const rest of orders([...list.slice(0, index), ...list.slice(index + 1)])) yield [first, ...rest];
  }
}

const outcome = (reports: readonly Report[]): string => {
  const { status, reports: folded } = foldDelivery(reports);
  return `${status}: ${folded.map((one) => `${one.report.id}${one.counts ? '' : '-'}`).join(' ')}`;
};
const outcomes = (reports: readonly Report[]): string[] => [...new Set([...orders(reports)].map(outcome))];

describe('F-29 status reports end equal in whatever order they come', () => {
  const sent = [report('queued', at(0)), report('sent', at(0))];

  it('F-29 the 24 orders of 03 to 06 give one history', () => {
    const told = [report('03', at(3)), report('04', at(4)), report('05', at(5)), report('06', at(6))];
    const all = [...orders(told)].map((order) => outcome([...sent, report('01', at(1)), ...order]));
    expect(all).toHaveLength(24);
    expect([...new Set(all)]).toEqual(['06: queued sent 01 03 04 05 06']);
  });

  it('F-29 a refusal and an acceptance end equal: the earlier one stands, without times the one of lower rank', () => {
    expect(outcomes([report('02', at(2)), report('03', at(3))])).toEqual(['02: 02 03-']);
    expect(outcomes([report('02', at(4)), report('03', at(3))])).toEqual(['03: 03 02-']);
    expect(outcomes([report('02', at(3)), report('03', at(3))])).toEqual(['02: 02 03-']);
    expect(outcomes([report('02', null), report('03', null)])).toEqual(['02: 02 03-']);
  });

  it('F-29 a time more than 5 minutes ahead is no evidence of order', () => {
    const ahead = (ms: number) => new Date(RECEIVED.getTime() + ms);
    expect(outcomes([report('01', ahead(300_001)), report('03', at(3)), report('04', at(4))])).toEqual([
      '04: 01 03 04',
    ]);
    expect(outcomes([report('02', ahead(300_000)), report('03', at(3))])).toEqual(['03: 03 02-']);
    expect(outcomes([report('06', new Date('2031-01-01')), report('03', at(3))])).toEqual(['06: 03 06']);
  });

  it('F-29 every report is kept, also what changes nothing: repeated, late, about a change', () => {
    expect(outcomes([...sent, report('03', at(3)), report('03', at(5), '03 again'), report('01', at(9))])).toEqual([
      '03: queued sent 01 03 03 again-',
    ]);
    expect(outcomes([...sent, report('13', at(1)), report('15', at(2)), report('16', at(3))])).toEqual([
      'sent: queued sent 13- 15- 16-',
    ]);
  });

  it('F-29 all orders of any seven reports agree, whatever their times', () => {
    const statuses: StepStatus[] = ['queued', 'send_failed', 'sent', '01', '02', '03', '04', '05', '06', '15'];
    const times = [null, at(1), at(1), at(2), at(3), new Date('2031-01-01')];
    // A fixed sequence: what failed once fails again.
    let seed = 20_261_129;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    for (let round = 0; round < 40; round += 1) {
      const reports = Array.from({ length: 6 }, (_, index) =>
        report(statuses[next(statuses.length)] ?? '01', times[next(times.length)] ?? null, `r${index}`),
      );
      expect(outcomes(reports)).toHaveLength(1);
    }
  });
});

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
    ['cancelled', 'sent', false],
  ] as const)('EX-ST-2 %s then %s: %s', (present, reported, moves) => {
    expect(movesOn(present, reported)).toBe(moves);
  });

  it('EX-ST-4 sending that failed, was tried again and failed again', () => {
    const tries = [
      report('queued', at(0), 'a'),
      report('send_failed', at(1), 'b'),
      report('queued', at(2), 'c'),
      report('send_failed', at(3), 'd'),
    ];
    expect(outcomes(tries)).toEqual(['send_failed: a b c d']);
  });

  it('EX-ST-2 a report waits for the one before it, so that the sender sees each', () => {
    expect(dueReports(set('01', '04'), set('01'))).toEqual([]);
    expect(dueReports(set('01', '03', '04', '06'), set('01'))).toEqual(['03', '04']);
    expect(dueReports(set('01', '03', '04', '05', '06'), set('01', '03', '04'))).toEqual(['05', '06']);
    expect(dueReports(set('01', '02'), set())).toEqual(['01', '02']);
    expect(dueReports(set('01', '02', '03'), set('01', '02'))).toEqual([]);
    expect(dueReports(set('01', '02', '03'), set('01', '03'))).toEqual([]);
    expect(dueReports(set('01', '16'), set())).toEqual(['01', '16']);
    expect(dueReports(set('16'), set())).toEqual(['16']);
    expect(dueReports(set('01'), set('01'))).toEqual([]);
  });
});
