import { catalogueFaults } from './agency-catalogue.ts';
import type { AgencyRecord } from './agency-catalogue.ts';

const BASE = 'quangbinh.gov.vn';
const province: AgencyRecord = {
  code: 'H46',
  legacyCode: '000.00.00.H46',
  name: 'Ủy ban nhân dân tỉnh Quảng Bình',
  shortName: 'UBND',
  level: 'province',
  parentCode: null,
  subdomain: 'qlvb.quangbinh.gov.vn',
  source: 'official',
};
const district: AgencyRecord = {
  code: 'H46.67',
  legacyCode: '000.00.67.H46',
  name: 'Ủy ban nhân dân huyện Quảng Ninh',
  shortName: 'UBND',
  level: 'district',
  parentCode: 'H46',
  subdomain: 'qlvb-quangninh.quangbinh.gov.vn',
  source: 'derived',
};
const township: AgencyRecord = {
  ...district,
  code: 'H46.67.31',
  legacyCode: '000.31.67.H46',
  name: 'Ủy ban nhân dân thị trấn Quán Hàu',
  level: 'commune',
  parentCode: 'H46.67',
};
const commune: AgencyRecord = {
  ...township,
  code: 'H46.67.33',
  legacyCode: '000.33.67.H46',
  name: 'Ủy ban nhân dân xã Lương Ninh',
  validTo: '2024-11-30',
  mergedInto: 'H46.67.31',
};
const catalogue = [province, district, township, commune];
const faultsWith = (change: Partial<AgencyRecord>): string[] =>
  catalogueFaults([province, district, { ...township, ...change }, commune], BASE).map(({ fault }) => fault);

describe('checking a catalogue of agencies', () => {
  it('AGC-20 a sound catalogue has no faults', () => {
    expect(catalogueFaults(catalogue, BASE)).toEqual([]);
  });

  it.each<[string, Partial<AgencyRecord>]>([
    ['CODE_MALFORMED', { code: 'H46-67' }],
    ['LEGACY_CODE_DIFFERS', { legacyCode: '000.32.67.H46' }],
    ['NAME_EMPTY', { name: ' ' }],
    ['NAME_NOT_NFC', { name: township.name.normalize('NFD') }],
    ['LEVEL_UNKNOWN', { level: 'region' as never }],
    ['PARENT_MISSING', { parentCode: 'H46.68' }],
    ['ROOTS_NOT_ONE', { parentCode: null }],
    ['HOST_DIFFERS', { subdomain: 'qlvb-donghoi.quangbinh.gov.vn' }],
    ['DATE_MALFORMED', { validFrom: '2024-02-30' }],
    ['SUCCESSOR_MISSING', { mergedInto: 'H46.67.99' }],
    ['TREE_LOOPS', { parentCode: 'H46.67.31' }],
  ])('AGC-20 finds %s', (fault, change) => {
    expect(faultsWith(change)).toContain(fault);
  });

  it('AGC-06 a code stands once, also when its first agency is closed', () => {
    const reused = { ...commune, name: 'Ủy ban nhân dân xã Khác', validFrom: '2025-01-01' };
    const faults = catalogueFaults([...catalogue, reused], BASE).map(({ fault }) => fault);
    expect(faults).toContain('CODE_REPEATED');
  });

  it('AGC-05 a parent that the code does not continue is a warning only', () => {
    const moved = { ...township, parentCode: 'H46', level: 'unit' as const };
    const [fault] = catalogueFaults(
      [province, district, { ...moved, code: 'H47.31', legacyCode: '000.00.31.H47' }],
      BASE,
    );
    expect(fault).toEqual({ code: 'H47.31', fault: 'PARENT_PREFIX_DIFFERS', severity: 'warning' });
  });
});
