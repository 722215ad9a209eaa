import { REFUSAL_GROUND_LABELS } from '@qlvb/contracts';
import { assertAcceptable, namedSignerOf, verifyArrival } from './verification.ts';
import type { VerificationFacts } from './verification.ts';

const sound: VerificationFacts = {
  missing: [],
  damaged: [],
  unreadable: [],
  personalSignature: 'valid',
  agencySignature: 'valid',
  isSealOfAnother: false,
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
      reasons: ['seal_not_over_signature'],
    });
    expect(verifyArrival({ ...sound, isSealOfAnother: true })).toMatchObject({
      authentic: false,
      falsified: false,
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

  it('F-03 F-21 an unsigned file that cannot be read is that and nothing else', () => {
    const nothing = { personalSignature: undefined, agencySignature: undefined, isSealed: false } as const;
    const read = verifyArrival({ ...sound, ...nothing, integrity: 'unreadable', unreadable: ['1'] });
    expect(read).toMatchObject({ intact: false, falsified: false, reasons: ['file_unreadable'] });
  });

  it('F-03 F-21 over all facts: one thing at most is said against the bytes, and no reason contradicts another', () => {
    const integrityReasons = ['integrity_broken', 'file_unreadable', 'integrity_unproven'];
    const faults = new Set<string>();
    for (const facts of everyFact()) {
      const { intact, authentic, falsified, legalValue, reasons } = verifyArrival(facts);
      const said = reasons.filter((reason) => integrityReasons.includes(reason));
      const has = (reason: (typeof reasons)[number]): boolean => reasons.includes(reason);
      const rules: Readonly<Record<string, boolean>> = {
        'intact says nothing against the bytes, and the other way round': intact === (said.length === 0),
        'one reason about the bytes': said.length <= 1,
        'authentic has no reason against it': !authentic || reasons.length === said.length,
        'what is not authentic has a reason': authentic || reasons.length > 0,
        'falsified is said': falsified === has('signature_invalid'),
        'nothing is missing in what cannot be read': !(has('signature_missing') && facts.integrity === 'unreadable'),
        'a seal of another agency is proven to be one': !(
          has('seal_of_another_agency') && has('seal_not_over_signature')
        ),
        'binding is authentic and intact': (legalValue === 'binding') === (authentic && intact),
        'each once': new Set(reasons).size === reasons.length,
      };
      for (const [rule, holds] of Object.entries(rules)) if (!holds) faults.add(`${rule}: ${JSON.stringify(facts)}`);
    }
    expect([...faults].slice(0, 3)).toEqual([]);
  });

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

/** Facts as a validation can tell them: what is sealed is proven, what is not readable has no signatures. */
function* everyFact(): Generator<VerificationFacts> {
  const verdicts = ['valid', 'invalid', 'indeterminate', undefined] as const;
  const integrities = ['proven', 'broken', 'unknown', 'unsigned', 'unreadable'] as const;
  const named = ['confirmed', 'another', 'unproven', 'not_named', 'not_signed'] as const;
  for (const personalSignature of verdicts)
    for (const agencySignature of verdicts)
      for (const integrity of integrities)
        for (const namedSigner of named)
          for (let bits = 0; bits < 16; bits += 1) {
            const facts = {
              ...sound,
              ...{ personalSignature, agencySignature, integrity, namedSigner },
              isSealed: (bits & 1) > 0,
              isSealOfAnother: (bits & 2) > 0,
              damaged: bits & 4 ? ['1'] : [],
              unreadable: bits & 8 ? ['2'] : [],
            };
            const isSigned = personalSignature !== undefined || agencySignature !== undefined;
            if (isSigned === (integrity === 'unsigned' || integrity === 'unreadable')) continue;
            if (facts.isSealOfAnother && agencySignature !== 'valid') continue;
            if (facts.isSealed && (personalSignature !== 'valid' || agencySignature !== 'valid')) continue;
            yield facts;
          }
}
