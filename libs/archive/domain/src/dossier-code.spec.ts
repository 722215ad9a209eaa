import { composeDossierCode, composeNotation, assertNotation } from './dossier-code.ts';

describe('EX-HS-1: dossier code', () => {
  it('joins agency code, year, number and symbol by dots', () => {
    expect(composeDossierCode({ agencyCode: 'H46.13', year: 2026, notation: '01.TCCB' })).toBe('H46.13.2026.01.TCCB');
    expect(composeDossierCode({ agencyCode: '000.13.00.H46', year: 2026, notation: '02.TĐKT' })).toBe(
      '000.13.00.H46.2026.02.TĐKT',
    );
  });

  it.each([
    [{ agencyCode: 'H46..13', year: 2026, notation: '01' }, 'agency code'],
    [{ agencyCode: 'h46', year: 2026, notation: '01' }, 'agency code'],
    [{ agencyCode: 'A'.repeat(36), year: 2026, notation: '01' }, 'agency code'],
    [{ agencyCode: 'H46', year: 26, notation: '01' }, 'year'],
    [{ agencyCode: 'H46', year: 2026, notation: '' }, 'number and symbol'],
    [{ agencyCode: 'H46', year: 2026, notation: '01 TCCB' }, 'number and symbol'],
    [{ agencyCode: 'H46', year: 2026, notation: '../../etc' }, 'number and symbol'],
    [{ agencyCode: 'H46', year: 2026, notation: '0'.repeat(21) }, 'number and symbol'],
  ])('refuses %j', (parts, part) => expect(() => composeDossierCode(parts)).toThrow(part));
});

describe('NĐ30-PL5-I.2: number and symbol of a dossier', () => {
  it('is ordinal and abbreviation of the large heading', () => {
    expect(composeNotation(1, 'TCCB')).toBe('01.TCCB');
    expect(composeNotation(112, 'TĐKT'.normalize('NFD'))).toBe('112.TĐKT'.normalize('NFC'));
    expect(assertNotation(' 05/VP ')).toBe('05/VP');
  });
});
