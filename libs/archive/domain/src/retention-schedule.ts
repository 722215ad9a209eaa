import type { CalendarDate } from '@qlvb/vietnam';
import { RETENTION_SCHEDULE_ROWS } from './retention-schedule.data.ts';
import type { ScheduleSource, ScheduleTerm } from './retention-schedule.data.ts';
import type { RetentionTerm } from './retention.ts';

/** One rule of a retention schedule; a dossier keeps code and version of the rule that it was appraised with. */
export interface RetentionRule {
  readonly code: string;
  readonly group: string;
  readonly title: string;
  readonly term: RetentionTerm;
  /** Text, annex and item that it rests on. */
  readonly basis: string;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
  /** False until somebody has compared it with the official text. */
  readonly isVerified: boolean;
}

const SOURCES: Readonly<Record<ScheduleSource, { basis: string; validFrom: CalendarDate }>> = {
  TT09: { basis: 'Thông tư 09/2011/TT-BNV', validFrom: '2011-07-18' },
  TT10: { basis: 'Thông tư 10/2022/TT-BNV', validFrom: '2023-02-15' },
};

/**
 * The schedule for records common to all agencies.
 *
 * @source RET-1
 * @source RET-2
 */
export const RETENTION_SCHEDULE: readonly RetentionRule[] = Object.entries(RETENTION_SCHEDULE_ROWS).flatMap(
  ([group, rows]) =>
    rows.map(([code, title, term, source]) => ({
      code,
      group,
      title,
      term: retentionTerm(term),
      ...SOURCES[source],
      validTo: null,
      isVerified: false,
    })),
);

/** The rule with this code on a day. */
export function ruleOn(rules: readonly RetentionRule[], code: string, on: CalendarDate): RetentionRule | undefined {
  return rules.find(
    (rule) => rule.code === code && rule.validFrom <= on && (rule.validTo === null || on <= rule.validTo),
  );
}

function retentionTerm(term: ScheduleTerm): RetentionTerm {
  if (typeof term === 'number') return { kind: 'years', years: term };
  if (term === 'permanent') return { kind: 'permanent' };
  if (term === 'in-force') return { kind: 'until', event: 'văn bản hết hiệu lực' };
  const [kind, value = ''] = term.split(':');
  return kind === 'lifetime'
    ? { kind: 'lifetime', asset: value }
    : { kind: 'years_after', event: 'vụ việc chấm dứt', years: Number(value) };
}
