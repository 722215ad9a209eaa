import { OutgoingActNotAllowed } from './outgoing-state.problems.ts';
import { ActNotYours } from './acts.problems.ts';
import { OUTGOING_ACTS, OUTGOING_TRANSITIONS, performOutgoingAct, possibleOutgoingActs } from './outgoing-state.ts';
import type { OutgoingAct, OutgoingRole, OutgoingState } from './outgoing-state.ts';

const EVERYBODY: OutgoingRole[] = ['drafter', 'unit_head', 'layout_checker', 'signer', 'clerk'];

const walk = (...acts: OutgoingAct[]): OutgoingState =>
  acts.reduce<OutgoingState>((state, act) => performOutgoingAct(state, act, EVERYBODY), 'drafting');

const TO_SIGNATURE: OutgoingAct[] = ['submit', 'approve_content', 'approve_layout'];

describe('outgoing document', () => {
  it('NĐ30-A14-1: after the signature come number with registration, agency signature, issue, in this order', () => {
    expect(walk(...TO_SIGNATURE, 'sign', 'number', 'agency_sign', 'issue')).toBe('issued');
    expect(() => walk(...TO_SIGNATURE, 'number')).toThrow('state "Awaiting signature"');
    expect(() => walk(...TO_SIGNATURE, 'sign', 'agency_sign')).toThrow('state "Signed"');
    expect(() => walk(...TO_SIGNATURE, 'sign', 'number', 'issue')).toThrow('state "Numbered"');
  });

  it('NĐ30-A12-1 NĐ30-A12-2: content and layout are approved by two acts before anybody signs', () => {
    expect(() => walk('submit', 'approve_layout')).toThrow('state "Content check"');
    expect(() => walk('submit', 'approve_content', 'sign')).toThrow('state "Layout check"');
    expect(() => performOutgoingAct('unit_review', 'approve_content', ['layout_checker'])).toThrow('head of the unit');
    expect(() => performOutgoingAct('layout_check', 'approve_layout', ['unit_head'])).toThrow('layout checker');
  });

  it.each<[OutgoingState, OutgoingRole]>([
    ['unit_review', 'unit_head'],
    ['layout_check', 'layout_checker'],
    ['awaiting_signature', 'signer'],
  ])('NĐ30-A10-4: from %s the %s may return the draft', (state, role) => {
    expect(performOutgoingAct(state, 'return', [role])).toBe('drafting');
  });

  it('NĐ30-A11-2: a change to an approved draft goes back to the signer', () => {
    expect(walk(...TO_SIGNATURE, 'revise')).toBe('awaiting_signature');
    expect(walk(...TO_SIGNATURE, 'sign', 'revise')).toBe('awaiting_signature');
  });

  it.each<OutgoingState>(['numbered', 'agency_signed', 'issued', 'unit_review', 'layout_check'])(
    'NĐ30-A11-2: in %s nobody changes the draft',
    (state) => {
      expect(possibleOutgoingActs(state, EVERYBODY)).not.toContain('revise');
    },
  );

  it('NĐ30-A4-1: only the clerk numbers, applies the agency signature and issues', () => {
    for (const [state, act] of [
      ['signed', 'number'],
      ['numbered', 'agency_sign'],
      ['agency_signed', 'issue'],
    ] as const) {
      let refused: unknown;
      try {
        performOutgoingAct(state, act, ['drafter', 'unit_head', 'layout_checker', 'signer']);
      } catch (error) {
        refused = error;
      }
      expect(ActNotYours.is(refused)).toBe(true);
    }
  });

  it('NĐ30-A11-1: the approver of the draft is its signer', () => {
    expect(possibleOutgoingActs('awaiting_signature', ['signer'])).toEqual(['sign', 'return']);
  });

  it('has one row per state and act, and no act leaves a final state', () => {
    const keys = OUTGOING_TRANSITIONS.map((row) => `${row.from} ${row.act}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const act of OUTGOING_ACTS) {
      for (const state of ['issued', 'cancelled'] as const) {
        expect(() => performOutgoingAct(state, act, EVERYBODY)).toThrow(
          expect.objectContaining({ code: OutgoingActNotAllowed.declaration.code }) as Error,
        );
      }
    }
  });
});
