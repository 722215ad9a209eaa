import {
  agencyCodeContinues,
  agencyCodeGroups,
  agencyCodeOn,
  canonicalAgencyCode,
  documentIdentifier,
  fromLegacyAgencyCode,
  isAgencyCode,
  isLegacyAgencyCode,
  sameAgencyCode,
  toLegacyAgencyCode,
} from './agency-code.ts';

describe('agency code, current form', () => {
  it.each(['H46', 'H46.11', 'H46.11.01', 'G22.5A', `H46.${'1'.repeat(31)}`])('AGC-01 accepts %s', (code) => {
    expect(isAgencyCode(code)).toBe(true);
  });

  it.each(['Z46', 'h46', 'H4', 'H46.', 'H46..1', 'H46-11', '', 'H46.Đ1', `H46.${'1'.repeat(32)}`])(
    'AGC-01 refuses %s',
    (code) => {
      expect(isAgencyCode(code)).toBe(false);
    },
  );

  it('AGC-03 counts levels from the left', () => {
    expect(agencyCodeGroups('H46.67.31.005')).toEqual(['H46', '67', '31', '005']);
  });

  it('AGC-05 warns when a code does not continue its parent', () => {
    expect(agencyCodeContinues('H46.11.01', 'H46.11')).toBe(true);
    expect(agencyCodeContinues('H46.110', 'H46.11')).toBe(false);
    expect(agencyCodeContinues('H46.67.01', 'H46.11')).toBe(false);
  });
});

describe('agency code, former form', () => {
  it('AGC-10 has thirteen characters', () => {
    expect(isLegacyAgencyCode('000.00.00.H46')).toBe(true);
    for (const text of ['00.00.00.H46', '000.00.00.Z46', '000.00.H46', 'H46.00.00.000', '000.0A.00.H46']) {
      expect(isLegacyAgencyCode(text)).toBe(false);
    }
  });

  it.each([
    ['H46', '000.00.00.H46'],
    ['H46.11', '000.00.11.H46'],
    ['H46.11.01', '000.01.11.H46'],
    ['H46.67', '000.00.67.H46'],
    ['H46.67.31', '000.31.67.H46'],
    ['H46.67.31.005', '005.31.67.H46'],
  ])('AGC-11 %s was %s', (code, legacy) => {
    expect(toLegacyAgencyCode(code)).toBe(legacy);
    expect(fromLegacyAgencyCode(legacy)).toEqual({ code, hasGap: false });
  });

  it.each(['G22.5A', 'H46.123', 'H46.1', 'H46.11.01.05', 'H46.67.31.005.01', 'no code'])(
    'AGC-12 %s has no former form',
    (code) => {
      expect(toLegacyAgencyCode(code)).toBeNull();
    },
  );

  it('AGC-12 reports a zero group in the middle', () => {
    expect(fromLegacyAgencyCode('005.00.11.H46')).toEqual({ code: 'H46.11.00.005', hasGap: true });
    expect(toLegacyAgencyCode('H46.11.00.005')).toBe('005.00.11.H46');
    expect(fromLegacyAgencyCode('H46.11')).toBeUndefined();
  });

  it('AGC-11 every code that has a former form comes back from it', () => {
    for (let group = 1; group < 100; group += 1) {
      const two = String(group).padStart(2, '0');
      for (const code of [`H46.${two}`, `H46.11.${two}`, `H46.67.31.0${two}`]) {
        expect(fromLegacyAgencyCode(toLegacyAgencyCode(code) ?? '')?.code).toBe(code);
      }
    }
  });

  it('AGC-14 both forms reach the same agency', () => {
    expect(sameAgencyCode('000.00.11.H46', ' h46.11 ')).toBe(true);
    expect(sameAgencyCode('000.00.11.H46', 'H46.12')).toBe(false);
    expect(sameAgencyCode('?', '?')).toBe(false);
    expect(canonicalAgencyCode('000.01.11.h46')).toBe('H46.11.01');
  });
});

describe('codes in time', () => {
  const codes = [
    { code: 'H46', validTo: '2025-06-30' },
    { code: 'H50', validFrom: '2025-07-01' },
  ];

  it('AGC-08 a closed code serves older documents and no newer one', () => {
    expect(agencyCodeOn(codes, '2025-06-30')).toBe('H46');
    expect(agencyCodeOn(codes, '2025-07-01')).toBe('H50');
    expect(agencyCodeOn(codes.slice(0, 1), '2025-07-01')).toBeUndefined();
  });

  it('AGC-15 a document carries the code of its issue date', () => {
    const identifier = (on: string): string => documentIdentifier(agencyCodeOn(codes, on) ?? '', on, '212/SNV-VP');
    expect(identifier('2025-03-14')).toBe('H46,2025/03/14,212/SNV-VP');
    expect(identifier('2025-07-14')).toBe('H50,2025/07/14,212/SNV-VP');
  });
});
