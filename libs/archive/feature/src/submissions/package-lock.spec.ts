import { lockOf } from './package-lock.ts';

const at = new Date('2026-11-23T03:00:00Z');
const dossier = { closedOn: '2026-01-10', startedOn: '2025-12-01' };

describe('the lock of an accepted package', () => {
  it('RET-3 LAW-5 of five years from the tenth of January ends with the last day of the fifth year, and can be lifted', () => {
    const lock = lockOf({ ...dossier, retention: { kind: 'years', years: 5 } }, at);
    expect(lock).toEqual({ until: new Date('2031-12-31T16:59:59.999Z'), mode: 'governance' });
  });

  it('STO-2 of what is permanent nobody lifts', () => {
    const lock = lockOf({ ...dossier, retention: { kind: 'permanent' } }, at);
    expect(lock.mode).toBe('compliance');
    expect(lock.until.getUTCFullYear()).toBe(2126);
  });

  it('RET-3 of a term that waits for an event holds for as long as any term may', () => {
    const lock = lockOf({ ...dossier, retention: { kind: 'until', event: 'hết hiệu lực' } }, at);
    expect(lock).toEqual({ until: new Date('2096-11-23T03:00:00Z'), mode: 'governance' });
  });

  it('is in the future also when the term has passed before the package came', () => {
    const old = { closedOn: '2010-01-10', startedOn: '2009-01-01', retention: { kind: 'years' as const, years: 5 } };
    expect(lockOf(old, at).until > at).toBe(true);
  });
});
