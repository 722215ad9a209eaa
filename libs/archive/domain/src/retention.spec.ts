import { compareTerms, lastDayKept, longestTerm, assertAtLeast, assertTerm, termText } from './retention.ts';
import type { RetentionTerm } from './retention.ts';
import { RETENTION_SCHEDULE, ruleOn } from './retention-schedule.ts';

const years = (count: number): RetentionTerm => ({ kind: 'years', years: count });
const PERMANENT: RetentionTerm = { kind: 'permanent' };
const UNTIL: RetentionTerm = { kind: 'until', event: 'văn bản hết hiệu lực' };
const AFTER: RetentionTerm = { kind: 'years_after', event: 'vụ việc chấm dứt', years: 5 };

describe('RET-3, LAW-5: the term counts from the year the work ended', () => {
  it.each([
    ['2024-03-15', '2029-12-31'],
    ['2024-12-31', '2029-12-31'],
    ['2025-01-01', '2030-12-31'],
  ])('V8: ended %s, five years: kept to %s', (endedOn, last) => {
    expect(lastDayKept(years(5), endedOn)).toBe(last);
  });

  it('RET-2: never ends for permanent, and not yet while the event is unknown', () => {
    expect(lastDayKept(PERMANENT, '2024-03-15')).toBeNull();
    expect(lastDayKept(AFTER, null)).toBeNull();
    expect(lastDayKept(AFTER, '2026-05-01')).toBe('2031-12-31');
    expect(lastDayKept(UNTIL, '2026-05-01')).toBe('2026-12-31');
  });
});

describe('LAW-6, RET-4: a dossier takes the longest term of its documents', () => {
  it('V7: five, twenty and permanent make permanent', () => {
    expect(longestTerm([years(5), PERMANENT, years(20)])).toEqual(PERMANENT);
    expect(longestTerm([years(5), years(20)])).toEqual(years(20));
    expect(longestTerm([])).toBeUndefined();
  });

  it('holds for any order of any terms', () => {
    const terms = [PERMANENT, UNTIL, AFTER, ...[1, 3, 5, 10, 15, 20, 50, 70].map(years)];
    for (const first of terms) {
      for (const second of terms) {
        const longest = longestTerm([first, second]);
        expect(longest && compareTerms(longest, first)).toBeGreaterThanOrEqual(0);
        expect(longest && compareTerms(longest, second)).toBeGreaterThanOrEqual(0);
        expect(Math.sign(compareTerms(first, second))).toBe(-Math.sign(compareTerms(second, first)) || 0);
      }
    }
    expect(compareTerms(UNTIL, years(70))).toBeGreaterThan(0);
    expect(compareTerms(PERMANENT, UNTIL)).toBeGreaterThan(0);
  });

  it('RET-5: it may be made longer, never shorter', () => {
    expect(assertAtLeast(years(20), years(10))).toEqual(years(20));
    expect(() => assertAtLeast(years(5), years(10))).toThrow('archive.retention-too-short');
    expect(() => assertAtLeast(years(70), PERMANENT)).toThrow('archive.retention-too-short');
  });
});

describe('LAW-7: a term is permanent or 1 to 70 years', () => {
  it.each([0, 71, 1.5, Number.NaN])('refuses %d years', (count) => {
    expect(() => assertTerm(years(count))).toThrow('archive.bad-retention');
  });

  it.each([
    [years(1), '1 năm'],
    [years(70), '70 năm'],
    [PERMANENT, 'Vĩnh viễn'],
    [AFTER, '5 năm sau khi vụ việc chấm dứt'],
    [UNTIL, 'Đến khi văn bản hết hiệu lực'],
    [{ kind: 'lifetime', asset: 'công trình' } satisfies RetentionTerm, 'Theo tuổi thọ công trình'],
  ])('NĐ30-PL5-I.4: writes %j as "%s"', (term, text) => expect(termText(assertTerm(term))).toBe(text));
});

describe('RET-1: the schedule is data', () => {
  it('has rules with basis, validity and a valid term each, under codes of their own', () => {
    expect(RETENTION_SCHEDULE).toHaveLength(131);
    expect(new Set(RETENTION_SCHEDULE.map((rule) => rule.code)).size).toBe(131);
    expect(new Set(RETENTION_SCHEDULE.map((rule) => rule.group)).size).toBe(15);
    for (const rule of RETENTION_SCHEDULE) {
      expect(assertTerm(rule.term)).toBe(rule.term);
      expect(rule.isVerified).toBe(false);
    }
  });

  it('RET-2: knows terms that an event ends', () => {
    expect(ruleOn(RETENTION_SCHEDULE, '1.01', '2026-01-01')?.term.kind).toBe('until');
    expect(ruleOn(RETENTION_SCHEDULE, '4.04', '2026-01-01')?.term).toEqual(AFTER);
    expect(ruleOn(RETENTION_SCHEDULE, '6.02', '2026-01-01')?.term).toEqual({ kind: 'lifetime', asset: 'công trình' });
  });

  it('gives a rule only on days on which it is valid', () => {
    expect(ruleOn(RETENTION_SCHEDULE, '3.04', '2023-02-15')?.term).toEqual(years(10));
    expect(ruleOn(RETENTION_SCHEDULE, '3.04', '2023-02-14')).toBeUndefined();
    expect(ruleOn(RETENTION_SCHEDULE, '99.99', '2026-01-01')).toBeUndefined();
  });
});
