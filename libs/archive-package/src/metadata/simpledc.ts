import { writeXml } from '../xml/write-xml.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { PackageProblem } from '../problem.ts';
import type { FieldTable } from './field-table.ts';
import { checkRecord, normaliseRecord } from './record.ts';
import type { RecordValues } from './record.ts';

/**
 * The flat `<simpledc>` file of a record, its fields in the order of the table.
 *
 * @throws PackageProblem `archive-package.metadata` naming every faulty field
 */
export function writeSimpleDc(table: FieldTable, values: RecordValues, path: string): Buffer {
  const record = normaliseRecord(table, values);
  const faults = checkRecord(table, record);
  if (faults.length > 0) {
    throw new PackageProblem('archive-package.metadata', faults.map((fault) => fault.detail).join('; '), { path });
  }
  return writeXml((xml) =>
    xml.element('simpledc', {}, () => {
      for (const { name } of table.fields) {
        const value = record[name];
        if (value !== undefined && value !== '') xml.element(name, {}, value);
      }
    }),
  );
}

/** The fields of a `<simpledc>` document as they stand; a repeated field is joined by semicolons. */
export function readSimpleDc(root: XmlElement, path: string): Record<string, string> {
  if (root.local !== 'simpledc') {
    throw new PackageProblem('archive-package.bad-xml', `the root is ${root.local}, not simpledc`, { path });
  }
  const values: Record<string, string> = {};
  for (const { local, text } of root.children) {
    const value = text.trim();
    values[local] = values[local] === undefined ? value : `${values[local]};${value}`;
  }
  return values;
}
