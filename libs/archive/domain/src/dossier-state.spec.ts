import { DOSSIER_STATES, DOSSIER_TRANSITIONS, isHandedOver, performDossierAct } from './dossier-state.ts';
import type { DossierAct, DossierRole, DossierState } from './dossier-state.ts';

const EVERYBODY: DossierRole[] = ['maker', 'unit_head', 'archivist', 'system'];
const walk = (...acts: DossierAct[]): DossierState =>
  acts.reduce<DossierState>((state, act) => performDossierAct(state, act, EVERYBODY, 'lý do'), 'open');

describe('dossier', () => {
  it('NĐ30-A29-5, NĐ30-A30-2: is filled, closed, submitted, checked, accepted and preserved in this order', () => {
    expect(walk('edit', 'close', 'submit', 'check', 'accept', 'preserve')).toBe('preserved');
    for (const act of ['submit', 'check', 'accept', 'preserve'] as const)
      expect(() => walk(act)).toThrow('dossier is "Open"');
    expect(() => walk('close', 'accept')).toThrow('dossier is "Closed"');
  });

  it('NĐ30-A30-2: is handed to the archive from its submission on, until it is opened anew', () => {
    expect(DOSSIER_STATES.filter(isHandedOver)).toEqual(['submitted', 'checking', 'returned', 'accepted', 'preserved']);
  });

  it('SUB-21: comes back with a reason and may be submitted again', () => {
    expect(walk('close', 'submit', 'check', 'return', 'submit', 'check', 'accept')).toBe('accepted');
    expect(() => performDossierAct('checking', 'return', EVERYBODY)).toThrow('archive.reason-required');
  });

  it('NĐ30-A30-2: is withdrawn by its maker while it is being packed', () => {
    expect(walk('close', 'submit', 'withdraw', 'submit')).toBe('submitted');
    expect(() => performDossierAct('submitted', 'withdraw', ['archivist'])).toThrow('archive.act-not-yours');
  });

  it('EX-HS-2: changes after closing only when a unit head reopens it with a reason', () => {
    expect(() => walk('close', 'edit')).toThrow('archive.dossier-act-not-allowed');
    expect(walk('close', 'reopen', 'edit', 'close')).toBe('closed');
    expect(walk('close', 'submit', 'check', 'return', 'reopen')).toBe('open');
    expect(() => performDossierAct('closed', 'reopen', ['maker'], 'lý do')).toThrow('archive.act-not-yours');
    expect(() => performDossierAct('closed', 'reopen', ['unit_head'], ' ')).toThrow('archive.reason-required');
    expect(() => walk('close', 'submit', 'reopen')).toThrow('dossier is "Submitted"');
  });

  it('has one row per state and act, and every state is reached', () => {
    const keys = DOSSIER_TRANSITIONS.map((row) => `${row.from} ${row.act}`);
    expect(new Set(keys).size).toBe(keys.length);
    const reached = new Set(['open', ...DOSSIER_TRANSITIONS.map((row) => row.to)]);
    expect([...reached].sort()).toEqual([...DOSSIER_STATES].sort());
  });
});
