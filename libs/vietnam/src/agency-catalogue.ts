import { agencyCodeContinues, isAgencyCode, toLegacyAgencyCode } from './agency-code.ts';
import { deriveHost } from './subdomain.ts';
import type { HostedAgency } from './subdomain.ts';
import { isCalendarDate } from './vietnam-time.ts';

/**
 * One record of the province's catalogue of agencies.
 *
 * @source AGC-20
 */
export interface AgencyRecord extends HostedAgency {
  code: string;
  legacyCode: string | null;
  parentCode: string | null;
  /** Host through which the agency enters. */
  subdomain: string;
  /** Whether the code was issued by decision or derived for want of one. */
  source: 'official' | 'derived';
  kind?: string;
  symbolAliases?: string[];
  gsoCode?: string;
  gsoCodeFrom20241201?: string;
  validFrom?: string;
  validTo?: string;
  mergedInto?: string;
  mergedIntoSource?: string;
  nameSource?: string;
}

export type CatalogueFaultCode =
  | 'CODE_MALFORMED'
  | 'CODE_REPEATED'
  | 'LEGACY_CODE_DIFFERS'
  | 'NAME_EMPTY'
  | 'NAME_NOT_NFC'
  | 'LEVEL_UNKNOWN'
  | 'PARENT_MISSING'
  | 'ROOTS_NOT_ONE'
  | 'TREE_LOOPS'
  | 'PARENT_PREFIX_DIFFERS'
  | 'HOST_DIFFERS'
  | 'DATE_MALFORMED'
  | 'SUCCESSOR_MISSING';

export interface CatalogueFault {
  code: string;
  fault: CatalogueFaultCode;
  /** Warnings are shown and do not stop an import. */
  severity: 'error' | 'warning';
}

const LEVELS: ReadonlySet<string> = new Set(['province', 'department', 'district', 'commune', 'unit']);

/**
 * Checks a catalogue before it is imported: every record by itself, then the tree they make.
 *
 * @param baseDomain domain below which the hosts stand
 * @source AGC-05
 * @source AGC-06
 * @source AGC-12
 * @source AGC-20
 * @source DOM-07
 */
export function catalogueFaults(records: readonly AgencyRecord[], baseDomain: string): CatalogueFault[] {
  const faults: CatalogueFault[] = [];
  const add = (code: string, fault: CatalogueFaultCode, severity: 'error' | 'warning' = 'error'): void => {
    faults.push({ code, fault, severity });
  };
  const byCode = new Map<string, AgencyRecord>();
  for (const record of records) {
    if (byCode.has(record.code)) add(record.code, 'CODE_REPEATED');
    else byCode.set(record.code, record);
  }
  const parentOf = ({ parentCode }: AgencyRecord): AgencyRecord | undefined =>
    parentCode === null ? undefined : byCode.get(parentCode);

  for (const record of records) {
    const { code, legacyCode, name, level, parentCode, validFrom, validTo, mergedInto } = record;
    if (!isAgencyCode(code)) add(code, 'CODE_MALFORMED');
    if (legacyCode !== toLegacyAgencyCode(code)) add(code, 'LEGACY_CODE_DIFFERS', 'warning');
    if (name.trim() === '') add(code, 'NAME_EMPTY');
    if (name !== name.normalize('NFC')) add(code, 'NAME_NOT_NFC');
    if (!LEVELS.has(level)) add(code, 'LEVEL_UNKNOWN');
    if (parentCode !== null && !byCode.has(parentCode)) add(code, 'PARENT_MISSING');
    if (parentCode !== null && !agencyCodeContinues(code, parentCode)) add(code, 'PARENT_PREFIX_DIFFERS', 'warning');
    if (![validFrom, validTo].every((date) => date === undefined || isCalendarDate(date))) add(code, 'DATE_MALFORMED');
    if (mergedInto !== undefined && !byCode.has(mergedInto)) add(code, 'SUCCESSOR_MISSING');
    if (loops(record, parentOf)) add(code, 'TREE_LOOPS');
    else if (record.subdomain !== deriveHost(record, parentOf, baseDomain)) add(code, 'HOST_DIFFERS', 'warning');
  }
  const roots = records.filter(({ parentCode }) => parentCode === null);
  if (roots.length !== 1) add(roots[0]?.code ?? '', 'ROOTS_NOT_ONE');
  return faults;
}

function loops(record: AgencyRecord, parentOf: (record: AgencyRecord) => AgencyRecord | undefined): boolean {
  const seen = new Set<AgencyRecord>();
  for (let at: AgencyRecord | undefined = record; at; at = parentOf(at)) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}
