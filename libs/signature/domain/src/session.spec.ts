import { assertMayComplete, assertMayOpen, assertSameVersion, shownState, stageAfter } from './session.ts';

const document = { stage: 'personal' as const, signerId: 'leader', signerName: 'Nguyễn Xuân Bách' };
const leader = { userId: 'leader', permissions: ['signing.personal'] };
const clerk = { userId: 'clerk', permissions: ['signing.agency'] };

describe('signing sessions', () => {
  it('VN-02 the agency signs only after the person, NĐ30-A14-1 and after numbering', () => {
    expect(() => assertMayOpen('agency', document, clerk)).toThrow('signature.not-signable');
    expect(() => assertMayOpen('agency', { ...document, stage: 'numbering' }, clerk)).toThrow('signature.not-signable');
    expect(() => assertMayOpen('agency', { ...document, stage: 'agency' }, clerk)).not.toThrow();
    expect(stageAfter('personal')).toBe('numbering');
    expect(stageAfter('agency')).toBe('done');
  });

  it('VN-03 only a clerk signs for the agency, whatever else a person may do', () => {
    const waiting = { ...document, stage: 'agency' as const };
    expect(() => assertMayOpen('agency', waiting, leader)).toThrow('signature.not-the-clerk');
    expect(() => assertMayOpen('agency', waiting, { userId: 'x', permissions: [] })).toThrow('signature.not-the-clerk');
  });

  it('NĐ30-A13-5 only the named signer signs in person', () => {
    expect(() => assertMayOpen('personal', document, leader)).not.toThrow();
    expect(() => assertMayOpen('personal', document, { ...leader, userId: 'deputy' })).toThrow('not-the-signer');
    expect(() => assertMayOpen('personal', document, { ...leader, permissions: ['signing.agency'] })).toThrow(
      'not-the-signer',
    );
  });

  it.each(['withdrawn', 'done', 'numbering'] as const)('VN-02 nobody signs at the stage %s', (stage) => {
    expect(() => assertMayOpen('personal', { ...document, stage }, leader)).toThrow('signature.not-signable');
    expect(() => assertMayOpen('agency', { ...document, stage }, clerk)).toThrow('signature.not-signable');
  });

  it('PR-05 PR-07 a session ends with its time, its completion or its replacement', () => {
    const now = new Date('2026-11-23T02:00:00Z');
    const open = { state: 'open', expiresAt: new Date('2026-11-23T02:10:00Z') };
    expect(() => assertMayComplete(open, now)).not.toThrow();
    expect(() => assertMayComplete(open, open.expiresAt)).toThrow('signature.session-over');
    expect(() => assertMayComplete({ ...open, state: 'completed' }, now)).toThrow('signature.session-over');
    expect(() => assertMayComplete({ ...open, state: 'replaced' }, now)).toThrow('signature.session-over');
  });

  it('PR-14 an open session whose time is up shows as expired', () => {
    const expiresAt = new Date('2026-11-23T02:10:00Z');
    expect(shownState({ state: 'open', expiresAt }, new Date('2026-11-23T02:09:59Z'))).toBe('open');
    expect(shownState({ state: 'open', expiresAt }, expiresAt)).toBe('expired');
    expect(shownState({ state: 'completed', expiresAt }, expiresAt)).toBe('completed');
  });

  it('PR-07 a new version of any file ends the session', () => {
    const prepared = [{ fileId: 'f1', sourceKey: 'a' }];
    expect(() => assertSameVersion(prepared, [{ fileId: 'f1', objectKey: 'a' }])).not.toThrow();
    expect(() => assertSameVersion(prepared, [{ fileId: 'f1', objectKey: 'b' }])).toThrow('signature.session-over');
    expect(() => assertSameVersion(prepared, [{ fileId: 'f2', objectKey: 'a' }])).toThrow('signature.session-over');
  });
});
