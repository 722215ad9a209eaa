import type { AcceptanceReason, CheckResult } from '@qlvb/archive-domain';
import type { PackageReport } from '@qlvb/archive-package';

/** Findings of the package's check as the results that an acceptance is decided by. */
export function resultsOf(report: PackageReport): CheckResult[] {
  const of = (check: CheckResult['check'], codes: readonly string[]): CheckResult => {
    const found = report.findings.filter((finding) => codes.includes(finding.code));
    const failed = found.some((finding) => finding.level === 'error');
    const outcome = failed ? 'fail' : found.length > 0 ? 'warning' : 'success';
    return { check, outcome, reasons: [...new Set(found.map((finding) => finding.code as AcceptanceReason))] };
  };
  return [
    of('archive', ['ARCHIVE']),
    of('structure', ['STRUCTURE', 'MISSING_FILE', 'EXTRA_FILE', 'CHECKSUM']),
    of('metadata', ['METADATA']),
    of('formats', ['FORMAT']),
    of('accessibility', ['NOT_ACCESSIBLE']),
  ];
}
