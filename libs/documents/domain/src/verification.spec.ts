import { REFUSAL_GROUND_LABELS } from '@qlvb/contracts';
import { assertAcceptable, namedSignerOf, verifyArrival } from './verification.ts';
import type { VerificationFacts } from './verification.ts';

const sound: VerificationFacts = {
  missing: [],
  damaged: [],
  personalSignature: 'valid',
  agencySignature: 'valid',
  packageSignature: 'valid',
  integrity: 'proven',
  isSealed: true,
  namedSigner: 'confirmed',
  addressedToUs: true,
};

describe('verification of an arrival', () => {
  it('QĐ28-A9-1: completeness, integrity and authenticity are three results', () => {
    expect(verifyArrival(sound)).toEqual({
      complete: true,
      intact: true,
      authentic: true,
      falsified: false,
      legalValue: 'binding',
      grounds: [],
      reasons: [],
    });
    expect(verifyArrival({ ...sound, missing: ['Phụ lục.xlsx'] })).toMatchObject({
      complete: false,
      intact: true,
      authentic: true,
      grounds: ['INCOMPLETE'],
    });
    expect(verifyArrival({ ...sound, damaged: ['vb.pdf'] })).toMatchObject({ intact: false, grounds: ['NOT_INTACT'] });
    expect(verifyArrival({ ...sound, integrity: 'broken' }).intact).toBe(false);
    expect(verifyArrival({ ...sound, packageSignature: 'invalid' })).toMatchObject({
      complete: true,
      intact: true,
      authentic: false,
      falsified: true,
    });
  });

  it('QĐ28-A4-2: without valid signatures the document is for reference, it does not replace paper', () => {
    const unsigned = verifyArrival({ ...sound, personalSignature: undefined, agencySignature: undefined });
    expect(unsigned).toMatchObject({ authentic: false, falsified: false, legalValue: 'reference' });
    expect(verifyArrival({ ...sound, agencySignature: 'indeterminate' }).legalValue).toBe('reference');
    expect(verifyArrival({ ...sound, damaged: ['vb.pdf'] }).legalValue).toBe('reference');
    expect(() => {
      assertAcceptable(unsigned, false);
    }).toThrow(REFUSAL_GROUND_LABELS.NOT_AUTHENTIC.en);
    assertAcceptable(unsigned, true);
  });

  it('F-03 QĐ28-A9-1: intact is what was proven; what cannot be judged is for reference, never binding', () => {
    const unknown = verifyArrival({ ...sound, integrity: 'unknown' });
    expect(unknown).toMatchObject({ intact: false, authentic: false, legalValue: 'reference' });
    expect(unknown).toMatchObject({ grounds: ['NOT_AUTHENTIC'], reasons: ['integrity_unproven'] });
    assertAcceptable(unknown, true);
    expect(verifyArrival({ ...sound, integrity: 'unreadable' }).grounds).toContain('NOT_INTACT');
    const nothing = { personalSignature: undefined, agencySignature: undefined, isSealed: false } as const;
    expect(verifyArrival({ ...sound, ...nothing, integrity: 'unsigned' })).toMatchObject({
      intact: true,
      authentic: false,
      legalValue: 'reference',
    });
  });

  it('F-02 VN-05: two good signatures are no original when the seal is of another agency or the signer is another person', () => {
    expect(verifyArrival({ ...sound, isSealed: false })).toMatchObject({
      authentic: false,
      legalValue: 'reference',
      reasons: ['seal_of_another_agency'],
    });
    expect(verifyArrival({ ...sound, namedSigner: 'another' })).toMatchObject({
      authentic: false,
      legalValue: 'reference',
      reasons: ['signer_differs'],
    });
    expect(verifyArrival({ ...sound, namedSigner: 'unproven' })).toMatchObject({
      authentic: false,
      falsified: false,
      legalValue: 'reference',
      reasons: ['signer_unproven'],
    });
    expect(namedSignerOf('Nguyễn  Văn An', 'NGUYỄN VĂN AN'.normalize('NFD'))).toBe('confirmed');
    expect(namedSignerOf('Nguyễn Văn An', 'Nguyễn Văn Ân')).toBe('another');
    expect(namedSignerOf('', 'Nguyễn Văn An')).toBe('not_named');
    expect(namedSignerOf('Nguyễn Văn An', undefined)).toBe('not_signed');
  });

  it.each([
    ['confirmed', 'confirmed'],
    ['not_kept', 'confirmed'],
    [undefined, 'confirmed'],
    ['another', 'another'],
    ['unproven', 'unproven'],
  ] as const)(
    'F-04 VN-05: under one name it is the citizen number that tells: %s makes it %s',
    (identity, expected) => {
      expect(namedSignerOf('Nguyễn Văn An', 'Nguyễn Văn An', identity)).toBe(expected);
      expect(namedSignerOf('', 'Nguyễn Văn An', identity)).toBe(expected === 'confirmed' ? 'not_named' : expected);
      expect(namedSignerOf('Nguyễn Văn An', undefined, identity)).toBe('not_signed');
      expect(namedSignerOf('Trần Bình', 'Nguyễn Văn An', identity)).not.toBe('confirmed');
    },
  );

  it('NĐ30-A21-1: nothing is accepted before it was verified', () => {
    expect(() => {
      assertAcceptable(undefined, true);
    }).toThrow('not-verified-yet');
    assertAcceptable(verifyArrival(sound), false);
  });

  it.each([
    ['WRONG_RECIPIENT', { addressedToUs: false }],
    ['NOT_INTACT', { integrity: 'broken' as const }],
    ['INCOMPLETE', { missing: ['x'] }],
    ['NOT_AUTHENTIC', { personalSignature: 'invalid' as const }],
  ])('NĐ30-A21-2: %s must go back to the sender, also when taken for reference', (ground, change) => {
    expect(() => {
      assertAcceptable(verifyArrival({ ...sound, ...change }), true);
    }).toThrow(REFUSAL_GROUND_LABELS[ground as keyof typeof REFUSAL_GROUND_LABELS].en);
  });
});
