import {
  catalogueFaults,
  fromLegacyAgencyCode,
  hostAgency,
  isAgencyCode,
  toLegacyAgencyCode,
} from '@qlvb/vietnam';
import type { AgencyRecord } from '@qlvb/vietnam';
import { readFileSync } from 'node:fs';

const BASE = 'quangbinh.gov.vn';
const records = JSON.parse(readFileSync(new URL('./agencies.json', import.meta.url), 'utf8')) as AgencyRecord[];
const counts = (of: AgencyRecord[], key: 'level' | 'kind'): Record<string, number> =>
  Object.fromEntries(Object.entries(Object.groupBy(of, (record) => record[key] ?? '')).map(([k, v]) => [k, v?.length ?? 0]));
const inForce = ({ validFrom, validTo }: AgencyRecord, on: string): boolean =>
  (validFrom ?? on) <= on && on <= (validTo ?? on);
const communes = (on: string, parent?: string): AgencyRecord[] =>
  records.filter(
    (record) =>
      record.level === 'commune' && inForce(record, on) && (parent === undefined || record.parentCode === parent),
  );

describe('catalogue of the agencies of Quảng Bình', () => {
  it('AGC-20 AGC-05 AGC-06 holds no fault and no warning', () => {
    expect(catalogueFaults(records, BASE)).toEqual([]);
  });

  it('AGC-01 AGC-11 AGC-12 all 348 codes are well formed and come back from their former form', () => {
    expect(records).toHaveLength(348);
    expect(records.every(({ code }) => isAgencyCode(code))).toBe(true);
    for (const { code, legacyCode } of records) {
      expect(toLegacyAgencyCode(code)).toBe(legacyCode);
      expect(fromLegacyAgencyCode(legacyCode ?? '')?.code).toBe(code);
    }
  });

  it('AGC-21 only the province itself has an official code', () => {
    expect(records.filter(({ source }) => source === 'official').map(({ code }) => code)).toEqual(['H46']);
  });

  it('AGC-22 has the counts of the province', () => {
    expect(counts(records, 'level')).toEqual({ province: 1, department: 21, district: 8, commune: 155, unit: 163 });
    expect(counts(communes('2024-11-30'), 'kind')).toEqual({ xa: 128, phuong: 15, 'thi-tran': 8 });
    expect(counts(communes('2024-12-01'), 'kind')).toEqual({ xa: 122, phuong: 15, 'thi-tran': 8 });
  });

  it.each([
    ['H46.61', 15, 15],
    ['H46.62', 16, 16],
    ['H46.63', 15, 13],
    ['H46.64', 19, 19],
    ['H46.65', 17, 16],
    ['H46.66', 28, 26],
    ['H46.67', 15, 14],
    ['H46.68', 26, 26],
  ])('AGC-23 AGC-27 district %s has %i communes, from 1 December 2024 %i', (district, before, after) => {
    expect([communes('2024-11-30', district).length, communes('2024-12-01', district).length]).toEqual([before, after]);
  });

  it('AGC-24 every merged commune has a successor in force', () => {
    const merged = records.filter(({ mergedInto }) => mergedInto !== undefined);
    expect(merged).toHaveLength(10);
    for (const record of merged) {
      expect([inForce(record, '2024-11-30'), inForce(record, '2024-12-01')]).toEqual([true, false]);
      const successor = records.find(({ code }) => code === record.mergedInto);
      expect(successor && inForce(successor, '2024-12-01')).toBe(true);
    }
  });

  it('AGC-25 AGC-26 has departments 01 to 21 and provincial units 31 to 37', () => {
    const below = records.filter(({ parentCode }) => parentCode === 'H46');
    const range = (from: number, to: number) =>
      below.map(({ code }) => Number(code.slice(4))).filter((number) => from <= number && number <= to).length;
    expect([range(1, 21), range(31, 37), range(61, 68), below.length]).toEqual([21, 7, 8, 36]);
  });

  it('DOM-07 gives 37 hosts: the shared one, 21 departments, 7 provincial units, 8 districts', () => {
    const hosts = new Set(records.map(({ subdomain }) => subdomain));
    expect(hosts.size).toBe(37);
    expect([...hosts].filter((host) => hostAgency(host, BASE)?.kind === 'shared')).toHaveLength(1);
    expect([...hosts].every((host) => hostAgency(host, BASE) !== undefined)).toBe(true);
  });
});
