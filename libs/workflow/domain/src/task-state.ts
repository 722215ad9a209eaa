import { TASK_ACT_LABELS, TASK_ACTOR_LABELS, TASK_STATE_LABELS } from '@qlvb/contracts';
import { StateMachine } from '@qlvb/shared-domain';
import type { Transition } from '@qlvb/shared-domain';
import { TaskActNotAllowed, TaskNotYours } from './task-state.problems.ts';

export type TaskState = 'open' | 'in_progress' | 'completed' | 'closed';
export type TaskAct = 'start' | 'complete' | 'close';
/** The person (or a member of the unit) whose task it is, or the platform when the process moves on. */
export type TaskActor = 'assignee' | 'process';

/**
 * The life of a task. `closed` means that nobody has to do it any more: the process moved on, the lead finished, or
 * the document was recalled.
 */
// prettier-ignore
export const TASK_TRANSITIONS: readonly Transition<TaskState, TaskAct, TaskActor>[] = [
  { from: 'open',        act: 'start',    to: 'in_progress', by: 'assignee' },
  { from: 'open',        act: 'complete', to: 'completed',   by: 'assignee' },
  { from: 'in_progress', act: 'complete', to: 'completed',   by: 'assignee' },
  { from: 'open',        act: 'close',    to: 'closed',      by: 'process' },
  { from: 'in_progress', act: 'close',    to: 'closed',      by: 'process' },
];

const life = new StateMachine({
  transitions: TASK_TRANSITIONS,
  labels: { acts: TASK_ACT_LABELS, states: TASK_STATE_LABELS, roles: TASK_ACTOR_LABELS },
  notAllowed: TaskActNotAllowed,
  notYours: TaskNotYours,
});

/**
 * The state of a task after an act.
 *
 * @throws TaskActNotAllowed when the task is at another step
 * @throws TaskNotYours when the act belongs to somebody else
 */
export function performTaskAct(state: TaskState, act: TaskAct, by: readonly TaskActor[]): TaskState {
  return life.perform(state, act, by);
}
