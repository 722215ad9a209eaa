import { INCOMING_STATE_LABELS } from '@qlvb/contracts';
import {
  followHandling,
  INCOMING_STATES,
  INCOMING_TRANSITIONS,
  performIncomingAct,
  possibleIncomingActs,
} from './incoming-state.ts';
import type { IncomingAct, IncomingRole, IncomingState } from './incoming-state.ts';

const EVERYBODY: IncomingRole[] = ['clerk', 'leader', 'handler'];
const walk = (...acts: IncomingAct[]): IncomingState =>
  acts.reduce<IncomingState>((state, act) => performIncomingAct(state, act, EVERYBODY), 'arrived');

describe('incoming document', () => {
  it('NĐ30-A22-1: is registered, presented, assigned, handled and completed in this order', () => {
    expect(walk('accept', 'present', 'assign', 'start', 'complete')).toBe('completed');
    for (const act of ['present', 'assign', 'start', 'complete'] as const) {
      expect(() => walk(act)).toThrow('state "Arrived"');
    }
  });

  it('NĐ30-A21-2: is returned before acceptance only', () => {
    expect(walk('reject')).toBe('rejected');
    expect(() => walk('accept', 'reject')).toThrow('state "Accepted"');
    expect(() => walk('reject', 'accept')).toThrow('state "Refused"');
  });

  it('NĐ30-A23-3: the leader assigns, also again while work goes on', () => {
    expect(walk('accept', 'present', 'assign', 'assign')).toBe('assigned');
    expect(walk('accept', 'present', 'assign', 'start', 'assign')).toBe('in_progress');
    expect(() => performIncomingAct('presented', 'assign', ['clerk', 'handler'])).toThrow('leader');
  });

  it('NĐ30-A4-1: registration belongs to clerks', () => {
    expect(possibleIncomingActs('arrived', ['leader', 'handler'])).toEqual([]);
    expect(possibleIncomingActs('arrived', ['clerk'])).toEqual(['accept', 'reject']);
  });

  it('EX-ST-2: follows the work forward only, whatever comes late or twice', () => {
    expect(followHandling('accepted', 'assigned')).toBe('assigned');
    expect(followHandling('assigned', 'assigned')).toBe('assigned');
    expect(followHandling('in_progress', 'assigned')).toBe('in_progress');
    expect(followHandling('accepted', 'completed')).toBe('completed');
    expect(followHandling('completed', 'in_progress')).toBe('completed');
    for (const state of ['arrived', 'rejected'] as const)
      expect(() => followHandling(state, 'assigned')).toThrow(INCOMING_STATE_LABELS[state].en);
  });

  it('has one row per state and act, and every state is reached', () => {
    const keys = INCOMING_TRANSITIONS.map((row) => `${row.from} ${row.act}`);
    expect(new Set(keys).size).toBe(keys.length);
    const reached = new Set(['arrived', ...INCOMING_TRANSITIONS.map((row) => row.to)]);
    expect([...reached].sort()).toEqual([...INCOMING_STATES].sort());
  });
});
