export { systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { idFrom, newId } from './id.ts';
export { declaredProblems, defineProblem, DomainError, sayTime } from './problem.ts';
export type {
  Bilingual,
  FaultPointer,
  InputFault,
  ProblemDeclaration,
  ProblemFactory,
  ProblemKind,
  ProblemParam,
  ProblemParams,
} from './problem.ts';
export { StateMachine } from './state-machine.ts';
export type { Life, Transition } from './state-machine.ts';
export { Wake } from './wake.ts';
