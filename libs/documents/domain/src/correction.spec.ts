import { assertNumberedPartsKept, openCorrection, shownCorrection, withoutIdleActs } from './correction.ts';
import { performOutgoingAct, possibleOutgoingActs } from './outgoing-state.ts';

const registered = {
  documentType: 'decision',
  isNormative: false,
  subject: 'Ban hành Quy chế',
  leadUnitId: 'u',
  signerPostId: 'p',
  competence: 'none',
  field: null,
  signerTitle: 'GIÁM ĐỐC',
};

describe('F-09 a numbered document whose main file proves unusable', () => {
  it.each(['numbered', 'agency_signed'] as const)('F-09 EX-NUM-3 has a way back from %s', (state) => {
    expect(performOutgoingAct(state, 'propose_correction', ['clerk'])).toBe(state);
    expect(performOutgoingAct(state, 'refuse_correction', ['signer'])).toBe(state);
    expect(performOutgoingAct(state, 'approve_correction', ['signer'])).toBe('drafting');
  });

  it('F-09 EX-NUM-3 is numbered by the same steps as before, and its number can be cancelled on the way', () => {
    expect(possibleOutgoingActs('drafting', ['clerk'])).toContain('cancel_number');
    expect(performOutgoingAct('drafting', 'cancel_number', ['clerk'])).toBe('cancelled');
  });

  it('F-09 a proposal that the document went past is open no more', () => {
    expect((['numbered', 'agency_signed', 'issued'] as const).map((state) => shownCorrection('open', state))).toEqual([
      'open',
      'open',
      'lapsed',
    ]);
    expect(() => openCorrection({ outcome: 'refused' })).toThrow(
      expect.objectContaining({ code: 'documents.correction-not-open' }),
    );
  });

  it.each(Object.keys(registered))('F-09 EX-NUM-3 keeps what the register says: %s', (part) => {
    expect(() => assertNumberedPartsKept(registered, { ...registered })).not.toThrow();
    expect(() => assertNumberedPartsKept(registered, { ...registered, [part]: 'khác' })).toThrow(
      expect.objectContaining({ code: 'documents.number-binds-draft' }),
    );
  });

  it('F-09 acts are offered where there is something to do', () => {
    const acts = ['decide_replacement', 'approve_correction', 'refuse_correction', 'cancel', 'cancel_number'] as const;
    const idle = { replacement: undefined, correction: undefined, isNumbered: false };
    expect(withoutIdleActs(acts, idle)).toEqual(['cancel']);
    expect(withoutIdleActs(acts, { replacement: 'open', correction: 'open', isNumbered: true })).toEqual([
      'decide_replacement',
      'approve_correction',
      'refuse_correction',
      'cancel_number',
    ]);
    expect(withoutIdleActs(acts, { replacement: 'refused', correction: 'approved', isNumbered: true })).toEqual([
      'cancel_number',
    ]);
  });
});
