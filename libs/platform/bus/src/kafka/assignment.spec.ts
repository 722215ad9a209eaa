import { Assignment } from './assignment.ts';
import { OffsetTracker } from './offset-tracker.ts';

describe('OffsetTracker', () => {
  it('commits only up to the lowest unfinished offset', () => {
    const tracker = new OffsetTracker(10);
    for (const offset of [10, 11, 12, 15]) tracker.begin(offset);
    tracker.finish(11);
    tracker.finish(15);
    expect([tracker.watermark, tracker.next, tracker.span]).toEqual([10, 16, 6]);
    tracker.finish(10);
    expect(tracker.watermark).toBe(12);
    tracker.finish(12);
    expect(tracker.watermark).toBe(16);
  });
});

describe('Assignment', () => {
  it('keeps a partition over its batches and replaces it when the log was rewound or wiped', () => {
    const assignment = new Assignment();
    const { current } = assignment.open('t', 0, 100);
    current.tracker.begin(100);
    expect(assignment.open('t', 0, 101)).toEqual({ current, replaced: undefined });
    const rewound = assignment.open('t', 0, 0);
    expect(rewound.replaced).toBe(current);
    expect(assignment.has(current)).toBe(false);
    expect(rewound.current.tracker.watermark).toBe(0);
  });

  it('goes back, once, when a late batch of a former membership would skip unfinished records', () => {
    const assignment = new Assignment();
    const { current } = assignment.open('t', 0, 100);
    for (let offset = 100; offset < 110; offset += 1) current.tracker.begin(offset);
    current.tracker.finish(100);
    expect(assignment.end()).toEqual([current]);
    expect(assignment.missedBefore('t', 0, 110)).toBe(101);
    expect(assignment.missedBefore('t', 0, 110)).toBeUndefined();
    expect(assignment.missedBefore('t', 1, 5)).toBeUndefined();
  });
});
