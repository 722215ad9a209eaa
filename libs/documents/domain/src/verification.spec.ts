import { assertAcceptable, verifyArrival } from './verification.ts';
import type { VerificationFacts } from './verification.ts';

const sound: VerificationFacts = {
  missing: [],
  damaged: [],
  personalSignature: 'valid',
  agencySignature: 'valid',
  packageSignature: 'valid',
  changedAfterSigning: false,
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
    });
    expect(verifyArrival({ ...sound, missing: ['Phụ lục.xlsx'] })).toMatchObject({
      complete: false,
      intact: true,
      authentic: true,
      grounds: ['INCOMPLETE'],
    });
    expect(verifyArrival({ ...sound, damaged: ['vb.pdf'] })).toMatchObject({ intact: false, grounds: ['NOT_INTACT'] });
    expect(verifyArrival({ ...sound, changedAfterSigning: true }).intact).toBe(false);
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
    }).toThrow('NOT_AUTHENTIC');
    assertAcceptable(unsigned, true);
  });

  it('NĐ30-A21-1: nothing is accepted before it was verified', () => {
    expect(() => {
      assertAcceptable(undefined, true);
    }).toThrow('not-verified-yet');
    assertAcceptable(verifyArrival(sound), false);
  });

  it.each([
    ['WRONG_RECIPIENT', { addressedToUs: false }],
    ['NOT_INTACT', { changedAfterSigning: true }],
    ['INCOMPLETE', { missing: ['x'] }],
    ['NOT_AUTHENTIC', { personalSignature: 'invalid' as const }],
  ])('NĐ30-A21-2: %s must go back to the sender, also when taken for reference', (ground, change) => {
    expect(() => {
      assertAcceptable(verifyArrival({ ...sound, ...change }), true);
    }).toThrow(ground);
  });
});
