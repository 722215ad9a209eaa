import { retentionRule } from './dossier-metadata.ts';

describe('the rule by which the retention was set', () => {
  it('F-32 PKG-14 is the entry of the list with the year of that list', () => {
    const rule = { rule: '01.HC', basis: 'Danh mục hồ sơ', version: '2025' };
    expect(retentionRule({ notation: '01.HC' }, { year: 2025 })).toEqual(rule);
  });

  it('F-32 PKG-14 is no list where the dossier was opened by none', () => {
    const { rule, basis, version } = retentionRule({ notation: '01.HC' }, null);
    expect([rule, version]).toEqual(['', '']);
    expect(basis).toContain('Không theo danh mục');
  });
});
