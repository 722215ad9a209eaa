import { TASK_ACT_LABELS, TASK_ACTOR_LABELS, TASK_STATE_LABELS } from '@qlvb/contracts';
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
export const TASK_TRANSITIONS: readonly { from: TaskState; act: TaskAct; to: TaskState; by: TaskActor }[] = [
  { from: 'open',        act: 'start',    to: 'in_progress', by: 'assignee' },
  { from: 'open',        act: 'complete', to: 'completed',   by: 'assignee' },
  { from: 'in_progress', act: 'complete', to: 'completed',   by: 'assignee' },
  { from: 'open',        act: 'close',    to: 'closed',      by: 'process' },
  { from: 'in_progress', act: 'close',    to: 'closed',      by: 'process' },
];

/**
 * The state of a task after an act.
 *
 * @throws TaskActNotAllowed when the task is at another step
 * @throws TaskNotYours when the act belongs to somebody else
 */
export function performTaskAct(state: TaskState, act: TaskAct, by: readonly TaskActor[]): TaskState {
  const row = TASK_TRANSITIONS.find((candidate) => candidate.from === state && candidate.act === act);
  if (!row) throw TaskActNotAllowed({ act: TASK_ACT_LABELS[act], state: TASK_STATE_LABELS[state] });
  if (!by.includes(row.by)) throw TaskNotYours({ act: TASK_ACT_LABELS[act], by: TASK_ACTOR_LABELS[row.by] });
  return row.to;
}
