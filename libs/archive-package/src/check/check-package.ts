import type { PackageContents } from '../input/contents.ts';
import type { PackageKind } from '../metadata/field-table.ts';
import type { Rendering } from '../model.ts';
import { PackageProblem } from '../problem.ts';
import { readPackage } from '../read-package.ts';
import type { StoredPackage } from '../read-package.ts';
import { checkFiles } from './check-files.ts';
import type { CheckedFile } from './check-files.ts';
import { checkMetadata } from './check-metadata.ts';
import { checkMets } from './check-mets.ts';
import { expectedFiles } from './expected-files.ts';
import type { Finding } from './finding.ts';

export interface PackageReport {
  readonly findings: readonly Finding[];
  /** True when no finding is an error. */
  readonly isValid: boolean;
  /** What the package says; undefined when it could not be read at all. */
  readonly stored: StoredPackage | undefined;
  /** Size, digest and format of each file as read, by path. */
  readonly files: ReadonlyMap<string, CheckedFile>;
}

/**
 * What the letter of the circular breaks of the E-ARK rules: a package in that rendering is let off these, with a warning
 * for each.
 *
 * @source ORC-16
 */
export const EXPECTED_FINDINGS: Readonly<Record<Rendering, Readonly<Record<PackageKind, readonly string[]>>>> = {
  eark: { SIP: [], AIP: [] },
  tt05: { SIP: ['SIP2'], AIP: ['CSIP1', 'AIPM2'] },
};

/**
 * Checks a package whole: structure, METS against files, digests, descriptive metadata, formats. Every file is read once,
 * in constant memory; all faults are reported, not only the first.
 *
 * @param rendering which letter the package is held to
 * @source SUB-13
 * @source SUB-14
 */
export async function checkPackage(contents: PackageContents, rendering: Rendering = 'eark'): Promise<PackageReport> {
  const findings: Finding[] = [];
  let forgiven: readonly string[] = [];
  const report = (finding: Finding): void => {
    const isForgiven = finding.rule !== undefined && forgiven.includes(finding.rule);
    findings.push(isForgiven ? { ...finding, level: 'warning' } : finding);
  };
  let stored: StoredPackage;
  try {
    stored = await readPackage(contents);
  } catch (error) {
    if (!(error instanceof PackageProblem)) throw error;
    const rule = error.path === 'METS.xml' && error.code === 'archive-package.missing-file' ? { rule: 'CSIPSTR4' } : {};
    const code = error.path?.startsWith('metadata/descriptive/') ? 'METADATA' : 'STRUCTURE';
    report({
      code,
      level: 'error',
      ...rule,
      ...(error.path === undefined ? {} : { path: error.path }),
      detail: error.message,
    });
    return { findings, isValid: false, stored: undefined, files: new Map() };
  }
  forgiven = EXPECTED_FINDINGS[rendering][stored.kind];
  for (const { mets, path } of stored.metsFiles) {
    const isRoot = path === 'METS.xml';
    checkMets({ mets, path, isRoot, folder: isRoot ? contents.folder : (path.split('/').at(-2) ?? '') }, report);
  }
  const expected = expectedFiles(stored.metsFiles, report);
  const files = await checkFiles(contents, expected, report);
  checkMetadata(stored, report);
  return { findings, isValid: findings.every((finding) => finding.level !== 'error'), stored, files };
}
