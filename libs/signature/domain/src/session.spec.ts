import { assertMayComplete, assertMayOpen, stageAfter } from './session.ts';

const document = { stage: 'personal' as const, signerId: 'leader', signerName: 'Nguyễn Xuân Bách' };

describe('signing sessions', () => {
  it('VN-02 the agency signs only after the person, NĐ30-A14-1 and after numbering', () => {
    expect(() => assertMayOpen('agency', document, 'clerk')).toThrow('signature.not-signable');
    expect(() => assertMayOpen('agency', { ...document, stage: 'numbering' }, 'clerk')).toThrow(
      'signature.not-signable',
    );
    expect(() => assertMayOpen('agency', { ...document, stage: 'agency' }, 'clerk')).not.toThrow();
    expect(stageAfter('personal')).toBe('numbering');
  });

  it('NĐ30-A13-5 only the named signer signs in person', () => {
    expect(() => assertMayOpen('personal', document, 'leader')).not.toThrow();
    expect(() => assertMayOpen('personal', document, 'officer')).toThrow('signature.not-the-signer');
  });

  it('PR-07 a session ends with its time, its completion or its replacement', () => {
    const now = new Date('2026-11-23T02:00:00Z');
    const open = { state: 'open', expiresAt: new Date('2026-11-23T02:10:00Z') };
    expect(() => assertMayComplete(open, now)).not.toThrow();
    expect(() => assertMayComplete(open, open.expiresAt)).toThrow('signature.session-over');
    expect(() => assertMayComplete({ ...open, state: 'completed' }, now)).toThrow('signature.session-over');
    expect(() => assertMayComplete({ ...open, state: 'replaced' }, now)).toThrow('signature.session-over');
  });
});
