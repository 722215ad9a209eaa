import { ACCEPTANCE_CHECK_LABELS, acceptanceReasonLabel } from '@qlvb/contracts';
import { ChecksMissing, ChecksNotPassed } from './acceptance.problems.ts';
import { compareTerms, longestTerm } from './retention.ts';
import type { RetentionTerm } from './retention.ts';

/**
 * The checks on receipt in their order: cheap and dangerous first. Virus and archive safety concern the whole batch, every
 * other one its dossier alone.
 *
 * @source SUB-10
 * @source SUB-11
 * @source SUB-12
 * @source SUB-13
 * @source SUB-14
 * @source SUB-15
 * @source SUB-16
 * @source SUB-17
 * @source SUB-18
 */
export const ACCEPTANCE_CHECKS = [
  { name: 'virus', source: 'SUB-10', refusesBatch: true },
  { name: 'archive', source: 'SUB-11', refusesBatch: true },
  { name: 'duplicates', source: 'SUB-12', refusesBatch: false },
  { name: 'structure', source: 'SUB-13', refusesBatch: false },
  { name: 'metadata', source: 'SUB-14', refusesBatch: false },
  { name: 'formats', source: 'SUB-15', refusesBatch: false },
  { name: 'signatures', source: 'SUB-16', refusesBatch: false },
  { name: 'accessibility', source: 'SUB-17', refusesBatch: false },
  { name: 'retention-and-list', source: 'SUB-18', refusesBatch: false },
] as const;

export type AcceptanceCheck = (typeof ACCEPTANCE_CHECKS)[number]['name'];

/** Machine-readable reason; `METADATA` is followed by the field. */
export type AcceptanceReason =
  | 'VIRUS'
  | 'NOT_SCANNED'
  | 'ARCHIVE'
  | 'DUPLICATE_IN_BATCH'
  | 'DUPLICATE_EXISTING'
  | 'STRUCTURE'
  | 'MISSING_FILE'
  | 'EXTRA_FILE'
  | 'CHECKSUM'
  | `METADATA:${string}`
  | 'FORMAT'
  | 'SIGNATURE_INVALID'
  | 'SIGNATURE_INDETERMINATE'
  | 'NOT_ACCESSIBLE'
  | 'RETENTION'
  | 'NOT_IN_LIST'
  | 'INCOMPLETE';

/** One result; each becomes a preservation event. */
export interface CheckResult {
  readonly check: AcceptanceCheck;
  readonly outcome: 'success' | 'warning' | 'fail';
  readonly reasons: readonly AcceptanceReason[];
  /** The document or file, when only one is concerned. */
  readonly subject?: string;
  /** The program that looked, as it says of itself; left out of what the platform looks at itself, and of one that does not say. */
  readonly by?: string;
}

/** A result as it is kept with its submission. */
export interface KeptCheck extends CheckResult {
  /** ISO 8601; left out of what was kept before this was. */
  readonly at?: string;
}

/**
 * What the signature service found on a document's files, as one word: all of them whole, and each that a signature should hold
 * authentic.
 *
 * @source SUB-16
 */
export function signatureVerdict(
  files: readonly { readonly legalEffect: string; readonly intact: boolean; readonly authentic: boolean }[],
): 'passed' | 'failed' | 'indeterminate' {
  if (files.some((file) => !file.intact)) return 'failed';
  const judged = files.filter((file) => file.legalEffect !== 'none');
  return judged.length > 0 && judged.every((file) => file.authentic) ? 'passed' : 'indeterminate';
}

/**
 * Signatures are judged with three values: a bad one refuses the dossier, an undecided one goes to a person.
 *
 * @source SUB-16
 */
export function signatureResult(
  results: readonly { readonly subject: string; readonly verdict: 'passed' | 'failed' | 'indeterminate' }[],
): CheckResult {
  const failed = results.some((result) => result.verdict === 'failed');
  // Nothing that was judged is nothing that passed.
  const undecided = results.length === 0 || results.some((result) => result.verdict === 'indeterminate');
  if (failed) return { check: 'signatures', outcome: 'fail', reasons: ['SIGNATURE_INVALID'] };
  if (undecided) return { check: 'signatures', outcome: 'warning', reasons: ['SIGNATURE_INDETERMINATE'] };
  return { check: 'signatures', outcome: 'success', reasons: [] };
}

/**
 * A file that no scanner saw is never called clean.
 *
 * @param by the scanner, as it says of itself
 * @source SUB-10
 */
export function virusResult(verdict: 'clean' | 'infected' | 'not_scanned', by?: string): CheckResult {
  const looked = by === undefined ? {} : { by };
  if (verdict === 'infected') return { check: 'virus', outcome: 'fail', reasons: ['VIRUS'], ...looked };
  if (verdict === 'not_scanned') return { check: 'virus', outcome: 'warning', reasons: ['NOT_SCANNED'] };
  return { check: 'virus', outcome: 'success', reasons: [], ...looked };
}

/**
 * The same dossier twice in a batch is refused; one that the archive holds already goes to the officer.
 *
 * @source SUB-12
 */
export function duplicateResult(
  code: string,
  otherCodesInBatch: readonly string[],
  existing: readonly string[],
): CheckResult {
  if (otherCodesInBatch.includes(code)) {
    return { check: 'duplicates', outcome: 'fail', reasons: ['DUPLICATE_IN_BATCH'] };
  }
  return existing.includes(code)
    ? { check: 'duplicates', outcome: 'warning', reasons: ['DUPLICATE_EXISTING'] }
    : { check: 'duplicates', outcome: 'success', reasons: [] };
}

/**
 * Retention is known and not shorter than the longest of the documents. A dossier that stands in no approved list of dossiers is
 * told as such to the archivist.
 *
 * @param term null when no rule was found: such a dossier cannot be accepted
 * @source SUB-18
 * @source LAW-6
 * @source RET-7
 */
export function retentionResult(dossier: {
  readonly term: RetentionTerm | null;
  readonly documentTerms: readonly RetentionTerm[];
  /** Whether it was opened under an approved list. */
  readonly isListed: boolean;
  readonly forHistoricalArchive: boolean;
}): CheckResult {
  const { term } = dossier;
  const least = longestTerm(dossier.documentTerms);
  const isTooShort = term === null || (least !== undefined && compareTerms(term, least) < 0);
  const isWrongTerm = dossier.forHistoricalArchive && term?.kind !== 'permanent';
  const check = 'retention-and-list';
  const unlisted: AcceptanceReason[] = dossier.isListed ? [] : ['NOT_IN_LIST'];
  if (isTooShort || isWrongTerm) return { check, outcome: 'fail', reasons: ['RETENTION', ...unlisted] };
  return { check, outcome: dossier.isListed ? 'success' : 'warning', reasons: unlisted };
}

export interface AcceptanceSummary {
  readonly outcome: 'pass' | 'person' | 'fail';
  /** True when the whole batch has to go back. */
  readonly refusesBatch: boolean;
  readonly reasons: readonly AcceptanceReason[];
}

/**
 * What the results together mean: any failure refuses the dossier; an existing double or an undecided signature asks a
 * person; other warnings are only noted.
 *
 * @throws ChecksMissing when a check has no result yet
 * @source SUB-19
 * @source SUB-20
 */
export function summarise(results: readonly CheckResult[]): AcceptanceSummary {
  const missing = ACCEPTANCE_CHECKS.filter(({ name }) => !results.some((result) => result.check === name));
  if (missing.length > 0) throw ChecksMissing({ checks: missing.map((check) => ACCEPTANCE_CHECK_LABELS[check.name]) });
  const failed = results.filter((result) => result.outcome === 'fail');
  if (failed.length > 0) {
    return {
      outcome: 'fail',
      refusesBatch: ACCEPTANCE_CHECKS.some(
        (check) => check.refusesBatch && failed.some((result) => result.check === check.name),
      ),
      reasons: [...new Set(failed.flatMap((result) => result.reasons))],
    };
  }
  const reasons = [...new Set(results.flatMap((result) => result.reasons))];
  const asksPerson = reasons.some((reason) => reason === 'SIGNATURE_INDETERMINATE' || reason === 'DUPLICATE_EXISTING');
  return { outcome: asksPerson ? 'person' : 'pass', refusesBatch: false, reasons };
}

/**
 * The archivist's decision to accept. What asks for a person is settled by his reason; what failed is not.
 *
 * @param reason of the archivist for accepting in spite of a warning that asks a person
 * @throws ChecksMissing, ChecksNotPassed
 * @source SUB-18
 * @source SUB-20
 */
export function assertAcceptable(results: readonly CheckResult[], reason?: string): AcceptanceSummary {
  const summary = summarise(results);
  const isSettled = summary.outcome === 'pass' || (summary.outcome === 'person' && (reason ?? '').trim() !== '');
  if (!isSettled) throw ChecksNotPassed({ reasons: summary.reasons.map(acceptanceReasonLabel) });
  return summary;
}
