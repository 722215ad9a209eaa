import type { RetentionTerm } from './retention.ts';

export interface ListEntry {
  /** Index of its heading. */
  readonly heading: number;
  readonly notation: string;
  readonly title: string;
  readonly term: RetentionTerm;
  /** Code of the retention rule that the term comes from. */
  readonly ruleCode?: string;
  readonly makerId: string;
  readonly note?: string;
}
