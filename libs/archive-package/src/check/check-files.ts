import { createHash } from 'node:crypto';
import { formatOf, plainMimeType } from '../formats/formats.ts';
import { FormatInspector } from '../formats/inspect.ts';
import type { Inspection } from '../formats/inspect.ts';
import type { PackageContents } from '../input/contents.ts';
import { PackageProblem } from '../problem.ts';
import type { ExpectedFile } from './expected-files.ts';
import type { Report } from './finding.ts';

export interface CheckedFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex of the bytes as they are. */
  readonly sha256: string;
  readonly inspection: Inspection;
}

/**
 * Compares the files that are there with those that METS names, and reads each of them once.
 *
 * @source SUB-13
 * @source SUB-15
 * @source SUB-17
 */
export async function checkFiles(
  contents: PackageContents,
  expected: ReadonlyMap<string, ExpectedFile>,
  report: Report,
): Promise<ReadonlyMap<string, CheckedFile>> {
  for (const path of contents.files.keys()) {
    if (path !== 'METS.xml' && !expected.has(path)) {
      report({ code: 'EXTRA_FILE', level: 'error', path, detail: 'no METS names this file' });
    }
  }
  const checked = new Map<string, CheckedFile>();
  // Nothing names the root METS, so nothing says what its digest must be; an AIP keeps it nevertheless.
  const rootMets = await readWhole(contents, 'METS.xml', report);
  if (rootMets) checked.set('METS.xml', rootMets);
  for (const file of expected.values()) {
    if (!contents.files.has(file.path)) {
      report({ code: 'MISSING_FILE', level: 'error', path: file.path, detail: 'METS names a file that is not there' });
      continue;
    }
    const found = await readWhole(contents, file.path, report);
    if (!found) continue;
    checked.set(file.path, found);
    compare(file, found, report);
    if (file.isData) judgeFormat(file, found, report);
  }
  return checked;
}

async function readWhole(contents: PackageContents, path: string, report: Report): Promise<CheckedFile | undefined> {
  const hash = createHash('sha256');
  const inspector = new FormatInspector();
  let sizeBytes = 0;
  try {
    for await (const chunk of await contents.open(path)) {
      hash.update(chunk);
      inspector.update(chunk);
      sizeBytes += chunk.length;
    }
  } catch (error) {
    if (!(error instanceof PackageProblem)) throw error;
    report({ code: 'CHECKSUM', level: 'error', path, detail: error.message });
    return undefined;
  }
  const extension = /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return { path, sizeBytes, sha256: hash.digest('hex'), inspection: inspector.finish(extension) };
}

function compare({ path, reference }: ExpectedFile, found: CheckedFile, report: Report): void {
  if (reference.size !== undefined && Number(reference.size) !== found.sizeBytes) {
    const detail = `METS says ${reference.size} bytes, there are ${found.sizeBytes}`;
    report({ code: 'CHECKSUM', level: 'error', path, detail });
  }
  if (reference.checksum !== undefined && reference.checksum.toLowerCase() !== found.sha256) {
    report({ code: 'CHECKSUM', level: 'error', path, detail: `SHA-256 is ${found.sha256}` });
  }
}

function judgeFormat({ path, reference }: ExpectedFile, { inspection }: CheckedFile, report: Report): void {
  const { mimeType } = inspection;
  if (inspection.encrypted) {
    report({ code: 'NOT_ACCESSIBLE', level: 'error', path, detail: 'the file asks for a password' });
  }
  if (mimeType === undefined || !formatOf(mimeType)) {
    report({
      code: 'FORMAT',
      level: 'error',
      rule: 'FMT-3',
      path,
      detail: `format not allowed: ${mimeType ?? 'unknown'}`,
    });
  } else if (plainMimeType(reference.mimeType ?? '') !== mimeType) {
    const detail = `METS says ${reference.mimeType ?? 'nothing'}, the bytes are ${mimeType}`;
    report({ code: 'FORMAT', level: 'error', path, detail });
  }
}
