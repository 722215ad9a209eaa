import { DOSSIER_ACT_LABELS, DOSSIER_ROLE_LABELS, DOSSIER_STATE_LABELS } from '@qlvb/contracts';
import { StateMachine } from '@qlvb/shared-domain';
import type { Transition } from '@qlvb/shared-domain';
import { ActNotYours, ReasonRequired } from './acts.problems.ts';
import { DossierActNotAllowed } from './dossier-state.problems.ts';

export const DOSSIER_STATES = ['open', 'closed', 'submitted', 'checking', 'returned', 'accepted', 'preserved'] as const;
export type DossierState = (typeof DOSSIER_STATES)[number];

export const DOSSIER_ACTS = [
  'edit',
  'close',
  'reopen',
  'submit',
  'withdraw',
  'check',
  'return',
  'accept',
  'preserve',
] as const;
export type DossierAct = (typeof DOSSIER_ACTS)[number];

/** Capacity in which somebody acts on one dossier; `maker` is the person who keeps it (người lập hồ sơ). */
export type DossierRole = 'maker' | 'unit_head' | 'archivist' | 'system';

/**
 * The life of a dossier from opening to the archive. Due, reminded and overdue are computed from its clocks, never states.
 *
 * @source NĐ30-A29-5 closing when the work is finished
 * @source NĐ30-A30-2 the maker submits in the system, the archive checks and accepts
 * @source EX-HS-2 a closed dossier changes only after a unit head reopened it
 */
export const DOSSIER_TRANSITIONS: readonly Transition<DossierState, DossierAct, DossierRole>[] = [
  { act: 'edit', from: 'open', to: 'open', by: 'maker', source: 'NĐ30-A29-3' },
  { act: 'close', from: 'open', to: 'closed', by: 'maker', source: 'NĐ30-A29-5' },
  { act: 'reopen', from: 'closed', to: 'open', by: 'unit_head', source: 'EX-HS-2' },
  { act: 'reopen', from: 'returned', to: 'open', by: 'unit_head', source: 'EX-HS-2' },
  { act: 'submit', from: 'closed', to: 'submitted', by: 'maker', source: 'NĐ30-A30-2' },
  { act: 'submit', from: 'returned', to: 'submitted', by: 'maker', source: 'SUB-21' },
  { act: 'withdraw', from: 'submitted', to: 'closed', by: 'maker', source: 'NĐ30-A30-2' },
  { act: 'check', from: 'submitted', to: 'checking', by: 'archivist', source: 'SUB-18' },
  { act: 'return', from: 'checking', to: 'returned', by: 'archivist', source: 'NĐ30-A30-2' },
  { act: 'accept', from: 'checking', to: 'accepted', by: 'archivist', source: 'NĐ30-A30-2' },
  { act: 'preserve', from: 'accepted', to: 'preserved', by: 'system', source: 'SUB-3' },
];

/** From its submission on the archive has to do with what is in a dossier; also when it gave the dossier back. @source NĐ30-A30-2 */
export const isHandedOver = (state: DossierState): boolean => !['open', 'closed'].includes(state);

const ACTS_WITH_REASON: readonly DossierAct[] = ['reopen', 'return'];

const life = new StateMachine({
  transitions: DOSSIER_TRANSITIONS,
  labels: { acts: DOSSIER_ACT_LABELS, states: DOSSIER_STATE_LABELS, roles: DOSSIER_ROLE_LABELS },
  notAllowed: DossierActNotAllowed,
  notYours: ActNotYours,
});

/**
 * The state after `act`.
 *
 * @param roles capacities of the actor on this dossier
 * @throws DossierActNotAllowed, ActNotYours, ReasonRequired
 * @source NĐ30-A29-5
 * @source NĐ30-A30-2
 * @source EX-HS-2
 */
export function performDossierAct(
  state: DossierState,
  act: DossierAct,
  roles: readonly DossierRole[],
  reason?: string,
): DossierState {
  const next = life.perform(state, act, roles);
  if (ACTS_WITH_REASON.includes(act) && (reason ?? '').trim() === '') {
    throw ReasonRequired({ act: DOSSIER_ACT_LABELS[act] });
  }
  return next;
}
