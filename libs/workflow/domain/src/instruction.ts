import { fillLabel, INSTRUCTION_PART_LABELS, MISSING_LABEL } from '@qlvb/contracts';
import {
  AlreadyDirected,
  AssigneeTwice,
  DocumentNotRegistered,
  InstructionIncomplete,
  NotExactlyOneLead,
} from './instruction.problems.ts';

/** Chủ trì, phối hợp, nhận để biết. */
export type AssigneePart = 'lead' | 'co_handler' | 'informed';

export interface Assignee {
  readonly kind: 'person' | 'unit';
  readonly id: string;
  readonly part: AssigneePart;
}

/** A leader's instruction (bút phê, ý kiến chỉ đạo) on an incoming document: one round of assignment. */
export interface Instruction {
  readonly assignees: readonly Assignee[];
  /** What has to be done, in the leader's words. */
  readonly direction: string;
  /** Handling status that the leader sets with the instruction. */
  readonly handlingStatus?: 'assigned' | 'in_progress' | undefined;
  readonly dueAt?: Date | undefined;
}

type CompleteInstruction = Instruction & { readonly dueAt: Date };

/** The incoming document as far as the clerks came with it. */
export interface RegisteredDocument {
  readonly arrivalNumber?: number | undefined;
}

/**
 * No unit or person is given work from a document that the clerks did not register.
 *
 * @throws DocumentNotRegistered
 * @source NĐ30-A22-1
 */
export function assertRegistered(document: RegisteredDocument): void {
  if (document.arrivalNumber === undefined) throw DocumentNotRegistered();
}

/**
 * An instruction has its four parts, exactly one lead, and names nobody twice.
 *
 * @throws InstructionIncomplete with one fault per missing part
 * @throws NotExactlyOneLead
 * @throws AssigneeTwice
 * @source NĐ30-A23-3
 * @source NĐ30-A23-4
 */
export function assertInstruction(instruction: Instruction): asserts instruction is CompleteInstruction {
  const { assignees, direction, handlingStatus, dueAt } = instruction;
  const parts = [
    { part: 'assignees' as const, pointer: '/body/leadPostId' as const, given: assignees.length > 0 },
    { part: 'direction' as const, pointer: '/body/text' as const, given: direction.trim() !== '' },
    { part: 'handlingStatus' as const, pointer: '/body' as const, given: handlingStatus !== undefined },
    { part: 'dueAt' as const, pointer: '/body/dueOn' as const, given: dueAt !== undefined },
  ].filter(({ given }) => !given);
  if (parts.length > 0) {
    throw InstructionIncomplete(
      { missing: parts.map(({ part }) => INSTRUCTION_PART_LABELS[part]) },
      {
        faults: parts.map(({ part, pointer }) => ({
          pointer,
          code: 'NĐ30-A23-4',
          detail: fillLabel(MISSING_LABEL, { part: INSTRUCTION_PART_LABELS[part] }),
        })),
      },
    );
  }
  const leads = assignees.filter(({ part }) => part === 'lead').length;
  if (leads !== 1) throw NotExactlyOneLead({ leads });
  if (new Set(assignees.map(({ kind, id }) => `${kind}:${id}`)).size !== assignees.length) throw AssigneeTwice();
}

/**
 * A document has one lead at a time. Whoever directs it while work under an earlier instruction goes on says that this one
 * takes its place; who has not seen the earlier one is told of it.
 *
 * @param current the instruction under which work goes on
 * @param replaces the instruction that the new one takes the place of
 * @throws AlreadyDirected
 * @source NĐ30-A23-3
 */
export function assertTakesPlace(current: string | undefined, replaces: string | undefined): void {
  if (current !== replaces) throw AlreadyDirected();
}

/** A task that an instruction makes for one assignee. */
export interface InstructedTask {
  readonly task: 'handle' | 'co_handle';
  readonly assignee: Assignee;
  readonly dueAt: Date;
}

/**
 * The tasks of a sound instruction: one for the lead, one for each co-handler; those who are informed get none.
 *
 * @source NĐ30-A23-3
 */
export function instructedTasks(instruction: Instruction): readonly InstructedTask[] {
  assertInstruction(instruction);
  const { assignees, dueAt } = instruction;
  return assignees
    .filter(({ part }) => part !== 'informed')
    .map((assignee) => ({
      task: assignee.part === 'lead' ? 'handle' : 'co_handle',
      assignee,
      dueAt,
    }));
}
