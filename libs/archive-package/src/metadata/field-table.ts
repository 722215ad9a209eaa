import type { CodeListName } from './code-lists.ts';

export interface Field {
  readonly name: string;
  readonly kind: 'string' | 'number' | 'boolean' | 'date';
  /** Longest value in characters after NFC, or digits of a number. */
  readonly length?: number;
  readonly required: boolean;
  readonly codes?: CodeListName;
  /** Several codes, separated by semicolons. */
  readonly several?: boolean;
  /** Required when the other field has one of these values. */
  readonly requiredWhen?: { readonly field: string; readonly is: readonly string[] };
}

export interface FieldTable {
  readonly record: 'EAD' | 'EAD_doc';
  readonly fields: readonly Field[];
}

type Options = Pick<Field, 'codes' | 'several' | 'requiredWhen'>;
const field = (kind: Field['kind'], name: string, length: number | undefined, required: boolean, more: Options = {}) =>
  ({ name, kind, required, ...(length === undefined ? {} : { length }), ...more }) satisfies Field;
const text = (name: string, length: number, required = false, more?: Options) =>
  field('string', name, length, required, more);
const number = (name: string, length: number, required = true) => field('number', name, length, required);
const date = (name: string, required = true) => field('date', name, undefined, required);
const flag = (name: string, required: boolean, more?: Options) => field('boolean', name, undefined, required, more);

const riskRecovery = [
  flag('riskRecovery', true),
  text('riskRecoveryStatus', 2, false, { codes: 'RECOVERY', requiredWhen: { field: 'riskRecovery', is: ['1'] } }),
];

const dossier = (code: string): readonly Field[] => [
  text(code, 100, true),
  text('title', 1000, true),
  text('maintenance', 100, true, { codes: 'MAINT' }),
  text('mode', 30, true, { codes: 'MODE' }),
  text('language', 100, true, { codes: 'LANG', several: true }),
  date('startDate'),
  date('endDate'),
  text('keyword', 100),
  number('totalDoc', 10),
  number('numberOfPaper', 10),
  number('numberOfPage', 10),
  text('format', 50, false, { codes: 'STATE' }),
  text('inforSign', 30),
  text('confidenceLevel', 40, false, { codes: 'CONF' }),
  text('paperFileCode', 100, false, { requiredWhen: { field: 'confidenceLevel', is: ['02'] } }),
  ...riskRecovery,
  text('description', 2000),
];

const documentCore: readonly Field[] = [
  text('typeName', 10, true, { codes: 'TYPE' }),
  text('codeNumber', 11),
  text('codeNotation', 30),
  date('issuedDate'),
  text('organName', 200, true),
  text('subject', 500, true),
  text('language', 100, true, { codes: 'LANG', several: true }),
  number('numberOfPage', 4),
  text('inforSign', 30),
  text('keyword', 100),
  text('mode', 20, true, { codes: 'MODE' }),
  text('confidenceLevel', 30, false, { codes: 'CONF' }),
  text('autograph', 2000),
  text('format', 50, false, { codes: 'STATE' }),
  flag('process', false, { requiredWhen: { field: 'confidenceLevel', is: ['01', '03'] } }),
];

/**
 * Fields of `EAD.xml` in a dossier package handed in: the table of 18, not the circular's own schema, which forgets two.
 *
 * @source MD-6
 */
export const SIP_DOSSIER: FieldTable = { record: 'EAD', fields: dossier('fileCode') };

/** Fields of `EAD.xml` in the archive's own package. */
export const AIP_DOSSIER: FieldTable = { record: 'EAD', fields: dossier('arcFileCode') };

/** The 21 fields of `EAD_doc_*.xml` in a package handed in. */
export const SIP_DOCUMENT: FieldTable = {
  record: 'EAD_doc',
  fields: [
    text('docId', 25, true),
    text('docCode', 100, true),
    text('maintenance', 100, true, { codes: 'MAINT' }),
    ...documentCore,
    ...riskRecovery,
    text('description', 500),
  ],
};

/** The 19 fields of `EAD_doc_*.xml` in the archive's own package. */
export const AIP_DOCUMENT: FieldTable = {
  record: 'EAD_doc',
  fields: [
    text('docCode', 100, true),
    text('arcFileCode', 100, true),
    number('docOrdinal', 7),
    ...documentCore,
    text('description', 500),
  ],
};

export type PackageKind = 'SIP' | 'AIP';

export const dossierTable = (kind: PackageKind): FieldTable => (kind === 'SIP' ? SIP_DOSSIER : AIP_DOSSIER);
export const documentTable = (kind: PackageKind): FieldTable => (kind === 'SIP' ? SIP_DOCUMENT : AIP_DOCUMENT);
