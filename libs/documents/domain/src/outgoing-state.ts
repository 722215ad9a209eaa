import { OUTGOING_ACT_LABELS, OUTGOING_ROLE_LABELS, OUTGOING_STATE_LABELS } from '@qlvb/contracts';
import { StateMachine } from '@qlvb/shared-domain';
import type { Transition } from '@qlvb/shared-domain';
import { OutgoingActNotAllowed } from './outgoing-state.problems.ts';
import { ActNotYours } from './acts.problems.ts';

export const OUTGOING_STATES = [
  'drafting',
  'unit_review',
  'layout_check',
  'awaiting_signature',
  'signed',
  'numbered',
  'agency_signed',
  'issued',
  'cancelled',
] as const;
export type OutgoingState = (typeof OUTGOING_STATES)[number];

export const OUTGOING_ACTS = [
  'revise',
  'submit',
  'approve_content',
  'approve_layout',
  'return',
  'sign',
  'number',
  'propose_replacement',
  'decide_replacement',
  'propose_correction',
  'approve_correction',
  'refuse_correction',
  'cancel_number',
  'agency_sign',
  'issue',
  'cancel',
] as const;
export type OutgoingAct = (typeof OUTGOING_ACTS)[number];

/** Capacity in which a person acts on one outgoing document. */
export type OutgoingRole = 'drafter' | 'unit_head' | 'layout_checker' | 'signer' | 'clerk';

/**
 * The life of an outgoing document (văn bản đi) up to issue. A draft changes in `drafting`; a change to a draft that
 * already lies with the signer leads back to the signer, with both checks to be made anew on the changed version. After the
 * number an attachment can be replaced, or the document sent back to be corrected and signed anew, proposed by the clerk and
 * decided by the signer, and the number stays.
 *
 * @source NĐ30-A14-1 order after signing: number and date with registration, agency signature, issue
 * @source NĐ30-A11-1 who signs is who approves
 * @source NĐ30-A11-2 a change after approval goes back to the signer
 * @source NĐ30-A10-4 returns
 * @source NĐ30-A4-1 only clerks register and dispatch
 */
export const OUTGOING_TRANSITIONS: readonly Transition<OutgoingState, OutgoingAct, OutgoingRole>[] = [
  { act: 'revise', from: 'drafting', to: 'drafting', by: 'drafter', source: 'NĐ30-A10-3' },
  { act: 'cancel', from: 'drafting', to: 'cancelled', by: 'drafter', source: 'NĐ30-A10-5' },
  { act: 'submit', from: 'drafting', to: 'unit_review', by: 'drafter', source: 'NĐ30-A10-2' },

  { act: 'approve_content', from: 'unit_review', to: 'layout_check', by: 'unit_head', source: 'NĐ30-A12-1' },
  { act: 'return', from: 'unit_review', to: 'drafting', by: 'unit_head', source: 'NĐ30-A10-4' },

  { act: 'approve_layout', from: 'layout_check', to: 'awaiting_signature', by: 'layout_checker', source: 'NĐ30-A12-2' },
  { act: 'return', from: 'layout_check', to: 'drafting', by: 'layout_checker', source: 'NĐ30-A10-4' },

  { act: 'sign', from: 'awaiting_signature', to: 'signed', by: 'signer', source: 'NĐ30-A11-1' },
  { act: 'return', from: 'awaiting_signature', to: 'drafting', by: 'signer', source: 'NĐ30-A10-4' },
  { act: 'revise', from: 'awaiting_signature', to: 'awaiting_signature', by: 'drafter', source: 'NĐ30-A11-2' },
  {
    act: 'approve_content',
    from: 'awaiting_signature',
    to: 'awaiting_signature',
    by: 'unit_head',
    source: 'NĐ30-A12-1',
  },
  {
    act: 'approve_layout',
    from: 'awaiting_signature',
    to: 'awaiting_signature',
    by: 'layout_checker',
    source: 'NĐ30-A12-2',
  },

  { act: 'revise', from: 'signed', to: 'awaiting_signature', by: 'drafter', source: 'NĐ30-A11-2' },
  { act: 'number', from: 'signed', to: 'numbered', by: 'clerk', source: 'NĐ30-A15-3' },

  { act: 'agency_sign', from: 'numbered', to: 'agency_signed', by: 'clerk', source: 'NĐ30-A32-5' },
  { act: 'propose_replacement', from: 'numbered', to: 'numbered', by: 'clerk', source: 'EX-NUM-3' },
  { act: 'decide_replacement', from: 'numbered', to: 'numbered', by: 'signer', source: 'NĐ30-A11-2' },
  { act: 'propose_correction', from: 'numbered', to: 'numbered', by: 'clerk', source: 'EX-NUM-3' },
  { act: 'approve_correction', from: 'numbered', to: 'drafting', by: 'signer', source: 'NĐ30-A11-2' },
  { act: 'refuse_correction', from: 'numbered', to: 'numbered', by: 'signer', source: 'NĐ30-A11-2' },
  { act: 'cancel_number', from: 'numbered', to: 'cancelled', by: 'clerk', source: 'EX-NUM-3' },
  // of a document that was sent back with its number
  { act: 'cancel_number', from: 'drafting', to: 'cancelled', by: 'clerk', source: 'EX-NUM-3' },

  { act: 'propose_correction', from: 'agency_signed', to: 'agency_signed', by: 'clerk', source: 'EX-NUM-3' },
  { act: 'approve_correction', from: 'agency_signed', to: 'drafting', by: 'signer', source: 'NĐ30-A11-2' },
  { act: 'refuse_correction', from: 'agency_signed', to: 'agency_signed', by: 'signer', source: 'NĐ30-A11-2' },

  { act: 'issue', from: 'agency_signed', to: 'issued', by: 'clerk', source: 'NĐ30-A18-1' },
];

const life = new StateMachine({
  transitions: OUTGOING_TRANSITIONS,
  labels: { acts: OUTGOING_ACT_LABELS, states: OUTGOING_STATE_LABELS, roles: OUTGOING_ROLE_LABELS },
  notAllowed: OutgoingActNotAllowed,
  notYours: ActNotYours,
});

/**
 * The state after `act`.
 *
 * @param roles capacities of the actor on this document
 * @throws OutgoingActNotAllowed when the document is at another step
 * @throws ActNotYours when the step belongs to somebody else
 * @source NĐ30-A14-1
 */
export function performOutgoingAct(
  state: OutgoingState,
  act: OutgoingAct,
  roles: readonly OutgoingRole[],
): OutgoingState {
  return life.perform(state, act, roles);
}

/** What a person with these capacities may do now. */
export function possibleOutgoingActs(state: OutgoingState, roles: readonly OutgoingRole[]): readonly OutgoingAct[] {
  return life.possible(state, roles);
}
