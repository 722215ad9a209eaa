export { dueBasis, instructionDueAt, isOverdue, recountedDueAt, taskDueAt } from './deadline.ts';
export type { AskedDeadline, DueBasis, DueContext } from './deadline.ts';
export { assertHandlingResult } from './handling-result.ts';
export type { HandlingResult } from './handling-result.ts';
export { INCOMING_DOCUMENT_PROCESS } from './incoming-document.process.ts';
export { assertInstruction, assertRegistered, assertTakesPlace, instructedTasks } from './instruction.ts';
export type { Assignee, AssigneePart, InstructedTask, Instruction, RegisteredDocument } from './instruction.ts';
export { OUTGOING_DOCUMENT_PROCESS } from './outgoing-document.process.ts';
export { DeadlineNotAcceptable } from './deadline.problems.ts';
export { HandlingResultMissing } from './handling-result.problems.ts';
export {
  AlreadyDirected,
  AssigneeCannotHandle,
  AssigneeTwice,
  DocumentNotRegistered,
  InstructionIncomplete,
  NotExactlyOneLead,
  ReplyUnknown,
} from './instruction.problems.ts';
export { TriggerNotExpected } from './process-definition.problems.ts';
export { TaskActNotAllowed, TaskNotYours } from './task-state.problems.ts';
export { advanceProcess, completionOf, definitionFaults, startProcess } from './process-definition.ts';
export type {
  DueRule,
  ProcessDefinition,
  ProcessKey,
  ProcessRole,
  Step,
  TaskDefinition,
  TaskStep,
  Transition,
} from './process-definition.ts';
export { performTaskAct, TASK_TRANSITIONS } from './task-state.ts';
export type { TaskAct, TaskActor, TaskState } from './task-state.ts';
