import type { PROCESS_LABELS, PROCESS_ROLE_LABELS, TASK_STEP_LABELS } from '@qlvb/contracts';
import { TriggerNotExpected } from './process-definition.problems.ts';

/** A step and a process by their codes; their words are in the catalogues. */
export type TaskStep = keyof typeof TASK_STEP_LABELS;
export type ProcessRole = keyof typeof PROCESS_ROLE_LABELS;
export type ProcessKey = keyof typeof PROCESS_LABELS;

/** When a task is due; the working calendar and the urgency of the document decide the instant. */
export type DueRule =
  /** End of the n-th working day; at once when the document is urgent. */
  | { readonly workingDays: number }
  /** When a signed document must be issued. */
  | 'issue'
  /** When an arrived document must be registered, presented and handed over. */
  | 'presentation';

/** A task that somebody finds on the list while the process is in a state. */
export interface TaskDefinition<Role extends string = ProcessRole, Trigger extends string = string> {
  readonly task: TaskStep;
  readonly role: Role;
  readonly due: DueRule;
  /** What completing the task is to the process. Without it the task ends with an act on the document. */
  readonly completes?: Trigger;
  /** Id of the rule that asks for the step. */
  readonly source: string;
}

export interface Transition<State extends string = string, Trigger extends string = string> {
  readonly from: State;
  /** What happened: the past-tense part of the event's type. */
  readonly on: Trigger;
  readonly to: State;
}

/**
 * A process as data: which states there are, who has which task in them and until when, and which event leads where.
 * An empty `tasks` entry is a state in which the process waits for the tasks that a leader's instruction made.
 */
export interface ProcessDefinition<
  State extends string = string,
  Role extends string = ProcessRole,
  Trigger extends string = string,
> {
  readonly key: ProcessKey;
  readonly version: number;
  readonly initial: State;
  readonly final: readonly State[];
  readonly roles: readonly Role[];
  readonly tasks: Readonly<Record<State, readonly TaskDefinition<Role, Trigger>[]>>;
  readonly transitions: readonly Transition<State, Trigger>[];
}

/** What a process does after an event: the state, the tasks to open, and whether it is over. */
export interface Step {
  readonly state: string;
  /** Open tasks of the state that was left are closed when the state changed. */
  readonly left: boolean;
  readonly opens: readonly TaskDefinition[];
  readonly finished: boolean;
}

/** First step of a process. */
export function startProcess(definition: ProcessDefinition): Step {
  return { state: definition.initial, left: false, opens: definition.tasks[definition.initial] ?? [], finished: false };
}

/**
 * What completing a task is to its process; undefined when the task ends with an act on the document.
 */
export const completionOf = (definition: ProcessDefinition, task: string): string | undefined =>
  Object.values(definition.tasks)
    .flat()
    .find((candidate) => candidate.task === task)?.completes;

/**
 * The step after an event. An event that keeps the state opens nothing.
 *
 * @throws TriggerNotExpected
 */
export function advanceProcess(definition: ProcessDefinition, state: string, trigger: string): Step {
  const transition = definition.transitions.find(({ from, on }) => from === state && on === trigger);
  if (!transition) throw TriggerNotExpected({ id: `${definition.key} ${state} ${trigger}` });
  const { to } = transition;
  const left = to !== state;
  return { state: to, left, opens: left ? (definition.tasks[to] ?? []) : [], finished: definition.final.includes(to) };
}

/** Everything that makes a definition unusable, in words; empty for a sound one. */
export function definitionFaults(definition: ProcessDefinition): string[] {
  const { initial, final, roles, tasks, transitions } = definition;
  const states = new Set(Object.keys(tasks));
  const faults: string[] = [];
  for (const state of [initial, ...final, ...transitions.flatMap(({ from, to }) => [from, to])]) {
    if (!states.has(state)) faults.push(`unknown state ${state}`);
  }
  const keys = transitions.map(({ from, on }) => `${from} on ${on}`);
  for (const key of keys.filter((key, index) => keys.indexOf(key) !== index)) faults.push(`ambiguous: ${key}`);
  const reached = new Set<string>([initial]);
  for (const state of reached) for (const { from, to } of transitions) if (from === state) reached.add(to);
  for (const state of states) {
    if (!reached.has(state)) faults.push(`unreachable: ${state}`);
    const leaves = transitions.some(({ from, to }) => from === state && to !== state);
    if (leaves === final.includes(state)) faults.push(leaves ? `leaves final ${state}` : `stuck in ${state}`);
  }
  for (const [state, { role, task, completes }] of Object.entries(tasks).flatMap(([state, list]) =>
    list.map((task) => [state, task] as const),
  )) {
    if (!roles.includes(role)) faults.push(`task ${task} for unknown role ${role}`);
    if (completes !== undefined && !keys.includes(`${state} on ${completes}`)) {
      faults.push(`task ${task} completes nothing in ${state}`);
    }
  }
  return faults;
}
