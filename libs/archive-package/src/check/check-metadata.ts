import { documentCode } from '../layout.ts';
import { documentTable, dossierTable } from '../metadata/field-table.ts';
import { checkRecord, isoDate } from '../metadata/record.ts';
import type { FieldFault } from '../metadata/record.ts';
import type { StoredPackage } from '../read-package.ts';
import type { Report } from './finding.ts';

const DOSSIER_PATH = 'metadata/descriptive/EAD.xml';

/**
 * The descriptive metadata against the circular's tables and against what the package really holds.
 *
 * @source SUB-14
 */
export function checkMetadata(stored: StoredPackage, report: Report): void {
  const { kind, dossier, documents } = stored;
  const years = kind === 'AIP';
  reportFaults(checkRecord(dossierTable(kind), dossier, { years }), DOSSIER_PATH, report);
  for (const document of documents) {
    reportFaults(checkRecord(documentTable(kind), document.fields), document.path, report);
    if (document.files.length === 0) {
      report({ code: 'METADATA', level: 'error', path: document.path, detail: 'no file belongs to the document' });
    }
  }
  checkDates(dossier, report);
  checkCounts(stored, report);
  checkOrdinals(stored, report);
}

function reportFaults(faults: readonly FieldFault[], path: string, report: Report): void {
  for (const { field, detail } of faults) report({ code: 'METADATA', level: 'error', path, field, detail });
}

function checkDates(dossier: Readonly<Record<string, string>>, report: Report): void {
  const start = isoDate(dossier['startDate'] ?? '');
  const end = isoDate(dossier['endDate'] ?? '');
  if (start !== undefined && end !== undefined && start > end) {
    report({
      code: 'METADATA',
      level: 'error',
      path: DOSSIER_PATH,
      field: 'endDate',
      detail: 'the dossier ends before it starts',
    });
  }
}

function checkCounts({ dossier, documents }: StoredPackage, report: Report): void {
  const pages = documents.reduce((sum, { fields }) => sum + Number(fields['numberOfPage'] ?? 0), 0);
  for (const [field, real] of [
    ['totalDoc', documents.length],
    ['numberOfPage', pages],
  ] as const) {
    const said = dossier[field];
    if (said !== undefined && Number(said) !== real) {
      const detail = `${field} is ${said}, the package holds ${real}`;
      report({ code: 'METADATA', level: 'error', path: DOSSIER_PATH, field, detail });
    }
  }
}

/** @source MD-5 */
function checkOrdinals({ kind, dossier, documents }: StoredPackage, report: Report): void {
  const code = dossier[kind === 'SIP' ? 'fileCode' : 'arcFileCode'] ?? '';
  documents.forEach(({ path, fields }, index) => {
    const expected = documentCode(code, index + 1);
    if (fields['docCode'] !== expected) {
      const detail = `docCode is ${fields['docCode'] ?? 'absent'}, expected ${expected}`;
      report({ code: 'METADATA', level: 'error', rule: 'MD-5', path, field: 'docCode', detail });
    }
  });
}
