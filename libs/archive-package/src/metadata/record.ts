import { CODE_LISTS, codeOf } from './code-lists.ts';
import type { Field, FieldTable } from './field-table.ts';

/** Values of one record by field name, as they stand in the XML: text, `DD/MM/YYYY`, `0` or `1`, digits. */
export type RecordValues = Readonly<Record<string, string>>;

export interface FieldFault {
  readonly field: string;
  readonly reason:
    'missing' | 'unknown' | 'too-long' | 'bad-code' | 'bad-date' | 'bad-number' | 'bad-flag' | 'bad-text';
  readonly detail: string;
}

// What XML 1.0 cannot carry, and the control characters that it could but that no title needs.
const UNFIT = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Surrogate}/u;

/**
 * The faults of a record against its table: nothing is cut, rounded or filled in.
 *
 * @source MD-3
 * @source MD-4
 */
export function checkRecord(table: FieldTable, values: RecordValues, options: { years?: boolean } = {}): FieldFault[] {
  const known = new Set(table.fields.map((field) => field.name));
  const faults: FieldFault[] = Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => ({ field: name, reason: 'unknown', detail: `${table.record} has no field ${name}` }));
  for (const field of table.fields) {
    const value = values[field.name];
    if (value === undefined || value === '') {
      const reason = missing(field, values);
      if (reason !== undefined) faults.push({ field: field.name, reason: 'missing', detail: reason });
    } else {
      const fault = checkValue(field, value, options.years ?? false);
      if (fault) faults.push({ field: field.name, ...fault });
    }
  }
  return faults;
}

function missing(field: Field, values: RecordValues): string | undefined {
  if (field.required) return `${field.name} is required`;
  const other = field.requiredWhen && values[field.requiredWhen.field];
  return other !== undefined && field.requiredWhen?.is.includes(other)
    ? `${field.name} is required when ${field.requiredWhen.field} is ${other}`
    : undefined;
}

function checkValue(field: Field, value: string, years: boolean): Omit<FieldFault, 'field'> | undefined {
  if (UNFIT.test(value)) return { reason: 'bad-text', detail: `${field.name} has characters that XML cannot carry` };
  const length = [...value.normalize('NFC')].length;
  if (field.length !== undefined && length > field.length) {
    return { reason: 'too-long', detail: `${field.name} has ${length} characters, the limit is ${field.length}` };
  }
  if (field.kind === 'date' && !isDate(value, years)) {
    return { reason: 'bad-date', detail: `${field.name} is not a date DD/MM/YYYY: ${value}` };
  }
  if (field.kind === 'number' && !/^\d+$/.test(value)) {
    return { reason: 'bad-number', detail: `${field.name} is not a whole number: ${value}` };
  }
  if (field.kind === 'boolean' && value !== '0' && value !== '1') {
    return { reason: 'bad-flag', detail: `${field.name} is neither 0 nor 1: ${value}` };
  }
  const { codes } = field;
  if (codes) {
    const wrong = (field.several ? value.split(';') : [value]).find((code) => !(code in CODE_LISTS[codes]));
    if (wrong !== undefined) {
      return { reason: 'bad-code', detail: `${field.name} has no code ${wrong} in list ${codes}` };
    }
  }
  return undefined;
}

function isDate(text: string, years: boolean): boolean {
  if (years && /^(?:(?:0[1-9]|1[0-2])\/)?\d{4}$/.test(text)) return true;
  return isoDate(text) !== undefined;
}

/** `2026-11-23` from `23/11/2026`; undefined when there is no such day. */
export function isoDate(text: string): string | undefined {
  const parts = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
  if (!parts) return undefined;
  const iso = `${parts[3]}-${parts[2]}-${parts[1]}`;
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? iso : undefined;
}

/** `23/11/2026` from `2026-11-23`. */
export function vietnameseDate(iso: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!parts) throw new RangeError(`not a calendar date: ${iso}`);
  return `${parts[3]}/${parts[2]}/${parts[1]}`;
}

/**
 * The record with its text in NFC and names of code lists turned into their codes, as an import may bring them.
 *
 * @source MD-4
 * @source MD-8
 */
export function normaliseRecord(table: FieldTable, values: RecordValues): Record<string, string> {
  const fields = new Map(table.fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(values).map(([name, raw]) => {
      const value = raw.normalize('NFC').trim();
      const { codes, several } = fields.get(name) ?? {};
      if (!codes || value === '') return [name, value];
      const parts = several ? value.split(/\s*[;,]\s*/) : [value];
      return [name, parts.map((part) => codeOf(codes, part) ?? part).join(';')];
    }),
  );
}
