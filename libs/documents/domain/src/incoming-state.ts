import { INCOMING_ACT_LABELS, INCOMING_ROLE_LABELS, INCOMING_STATE_LABELS } from '@qlvb/contracts';
import { StateMachine } from '@qlvb/shared-domain';
import type { Transition } from '@qlvb/shared-domain';
import { IncomingActNotAllowed } from './incoming-state.problems.ts';
import { ActNotYours } from './acts.problems.ts';

export const INCOMING_STATES = [
  'arrived',
  'rejected',
  'accepted',
  'presented',
  'assigned',
  'in_progress',
  'completed',
] as const;
export type IncomingState = (typeof INCOMING_STATES)[number];

export const INCOMING_ACTS = ['accept', 'reject', 'present', 'assign', 'start', 'complete'] as const;
export type IncomingAct = (typeof INCOMING_ACTS)[number];

/** Capacity in which a person acts on one incoming document. */
export type IncomingRole = 'clerk' | 'leader' | 'handler';

/**
 * The life of an incoming document (văn bản đến). Accepting is registering: it gives the arrival number. A leader may
 * give a further round of assignment while work goes on. "Overdue" is computed, never a state.
 *
 * @source NĐ30-A22-1 nothing is handled that clerks did not register
 * @source NĐ30-A21-2 what is not acceptable goes back before acceptance
 * @source NĐ30-A23-3 assignment
 */
export const INCOMING_TRANSITIONS: readonly Transition<IncomingState, IncomingAct, IncomingRole>[] = [
  { act: 'accept', from: 'arrived', to: 'accepted', by: 'clerk', source: 'NĐ30-A22-1' },
  { act: 'reject', from: 'arrived', to: 'rejected', by: 'clerk', source: 'NĐ30-A21-2' },
  { act: 'present', from: 'accepted', to: 'presented', by: 'clerk', source: 'NĐ30-A23-1' },
  { act: 'assign', from: 'presented', to: 'assigned', by: 'leader', source: 'NĐ30-A23-3' },
  { act: 'assign', from: 'assigned', to: 'assigned', by: 'leader', source: 'NĐ30-A23-3' },
  { act: 'assign', from: 'in_progress', to: 'in_progress', by: 'leader', source: 'NĐ30-A23-3' },
  { act: 'start', from: 'assigned', to: 'in_progress', by: 'handler', source: 'NĐ30-A24-2' },
  { act: 'complete', from: 'in_progress', to: 'completed', by: 'handler', source: 'NĐ30-A24-2' },
];

const life = new StateMachine({
  transitions: INCOMING_TRANSITIONS,
  labels: { acts: INCOMING_ACT_LABELS, states: INCOMING_STATE_LABELS, roles: INCOMING_ROLE_LABELS },
  notAllowed: IncomingActNotAllowed,
  notYours: ActNotYours,
});

/**
 * The state after `act`.
 *
 * @param roles capacities of the actor on this document
 * @throws IncomingActNotAllowed when the document is at another step
 * @throws ActNotYours when the step belongs to somebody else
 * @source NĐ30-A22-1
 */
export function performIncomingAct(
  state: IncomingState,
  act: IncomingAct,
  roles: readonly IncomingRole[],
): IncomingState {
  return life.perform(state, act, roles);
}

/** What a person with these capacities may do now. */
export function possibleIncomingActs(state: IncomingState, roles: readonly IncomingRole[]): readonly IncomingAct[] {
  return life.possible(state, roles);
}

/** Steps of the work on a document, as workflow reports them. */
export type HandlingStep = Extract<IncomingState, 'assigned' | 'in_progress' | 'completed'>;

/**
 * The state after a report of workflow: it only moves forward, a repeated or late report changes nothing. The leader's
 * instruction is the presentation as well.
 *
 * @throws IncomingActNotAllowed for a document that is not registered
 * @source EX-ST-2
 * @source NĐ30-A22-1
 */
export function followHandling(state: IncomingState, reported: HandlingStep): IncomingState {
  if (state === 'arrived' || state === 'rejected') {
    throw IncomingActNotAllowed({ act: INCOMING_STATE_LABELS[reported], state: INCOMING_STATE_LABELS[state] });
  }
  return INCOMING_STATES.indexOf(reported) > INCOMING_STATES.indexOf(state) ? reported : state;
}
