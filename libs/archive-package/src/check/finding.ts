/** Stable codes of findings, those of the acceptance rules SUB-13, SUB-14, SUB-15 and SUB-17. */
export type FindingCode =
  'STRUCTURE' | 'MISSING_FILE' | 'EXTRA_FILE' | 'CHECKSUM' | 'METADATA' | 'FORMAT' | 'NOT_ACCESSIBLE';

export interface Finding {
  readonly code: FindingCode;
  readonly level: 'error' | 'warning';
  /** Rule of the E-ARK texts or of the circular, when one names the fault. */
  readonly rule?: string;
  readonly path?: string;
  /** Field of the descriptive metadata. */
  readonly field?: string;
  readonly detail: string;
}

export type Report = (finding: Finding) => void;
