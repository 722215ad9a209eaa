import { Inject, Injectable } from '@nestjs/common';
import { InstructionIssued } from '@qlvb/contracts';
import type { Person } from '@qlvb/contracts';
import { Directory, PostUnknown } from '@qlvb/directory';
import { DocumentAccess } from '@qlvb/document-access';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { BY_ID, inOrder, keysetPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import {
  AssigneeCannotHandle,
  assertInstruction,
  assertRegistered,
  assertTakesPlace,
  INCOMING_DOCUMENT_PROCESS,
  instructedTasks,
  instructionDueAt,
  NotExactlyOneLead,
} from '@qlvb/workflow-domain';
import type { DueBasis, Instruction } from '@qlvb/workflow-domain';
import type { z } from 'zod';
import { ProcessEngine } from '../processes/process-engine.ts';
import { ProcessInstance } from '../processes/process.entities.ts';
import { closeTasks, notify, openTasks, openTasksOf } from '../tasks/task-book.ts';
import type { Task } from '../tasks/task.entity.ts';
import { DocumentNotFound } from '../workflow.problems.ts';
import { onlyVisible } from './instruction-access.ts';
import { InstructionEntity } from './instruction.entity.ts';
import type { InstructionInput, InstructionQuery, InstructionView } from './instructions.dto.ts';

type View = z.input<typeof InstructionView>;

/** A leader's directions on incoming documents (bút phê). */
@Injectable()
export class InstructionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(ProcessEngine) private readonly engine: ProcessEngine,
    @Inject(DocumentAccess) private readonly documents: DocumentAccess,
  ) {}

  /**
   * One lead, any number of co-handlers, a deadline, perhaps somebody to follow: the instruction and all its tasks at once.
   * Assigning anew names the instruction that is replaced; what is still open of it is closed.
   *
   * @throws DocumentNotFound, DocumentNotRegistered, AlreadyDirected, InstructionIncomplete, NotExactlyOneLead, AssigneeTwice,
   *   AssigneeCannotHandle, DeadlineNotAcceptable, DutiesNotSeparate, TriggerNotExpected, PostUnknown
   * @source NĐ30-A23-3
   * @source NĐ30-A23-4
   * @source NĐ30-A22-1
   * @source NĐ30-A24-1
   */
  issue(input: z.output<typeof InstructionInput>): Promise<View> {
    return this.database.command(async (tx) => {
      const process = await tx.manager.findOne(ProcessInstance, {
        where: { documentId: input.documentId, definition: INCOMING_DOCUMENT_PROCESS.key },
        lock: { mode: 'pessimistic_write' },
      });
      if (!process) throw DocumentNotFound({ id: input.documentId });
      assertRegistered({ arrivalNumber: process.context.arrivalNumber });
      const given = (await openTasksOf(tx, process.id)).filter((task) => task.instructionId !== null);
      assertTakesPlace(given[0]?.instructionId ?? undefined, input.replacesInstructionId);
      const { issuedBy, lead, coHandlers, followUp } = await this.#people(input);
      const asked =
        input.dueInWorkingDays === undefined
          ? input.dueOn && { dueOn: input.dueOn }
          : { workingDays: input.dueInWorkingDays };
      const deadline = instructionDueAt(
        asked || undefined,
        { from: tx.now, urgency: process.context.urgency },
        await this.directory.calendar(),
      );
      const instruction: Instruction = {
        assignees: [
          { kind: 'person', id: lead.userId, part: 'lead' },
          ...coHandlers.map(({ userId }) => ({ kind: 'person' as const, id: userId, part: 'co_handler' as const })),
        ],
        direction: input.text,
        handlingStatus: 'assigned',
        dueAt: deadline,
      };
      assertInstruction(instruction);
      const row = Object.assign(new InstructionEntity(), {
        id: newId(),
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        documentId: input.documentId,
        text: input.text,
        lead,
        coHandlers,
        followUp,
        deadline,
        issuedBy,
        replacesId: input.replacesInstructionId ?? null,
      });
      await tx.manager.insert(InstructionEntity, row);
      await closeTasks(tx, given);
      // A leader may direct what the clerk has registered and not yet laid before him: the instruction shows he has it.
      if (process.state === 'accepted') await this.engine.advance(tx, INCOMING_DOCUMENT_PROCESS, process, 'presented');
      await this.engine.advance(tx, INCOMING_DOCUMENT_PROCESS, process, 'instructed');
      await this.engine.save(tx, process);
      const basis =
        input.dueInWorkingDays === undefined
          ? undefined
          : { rule: { workingDays: input.dueInWorkingDays }, from: tx.now.toISOString() };
      const leadTask = await this.#assign(tx, process, row, instruction, basis);
      if (followUp) await notify(tx, leadTask, { kind: 'follow-up-appointed', to: followUp });
      tx.publish(InstructionIssued, {
        documentId: input.documentId,
        packageId: process.context.packageId ?? input.documentId,
        instructionId: row.id,
        text: input.text,
        lead,
        coHandlers,
        deadline: deadline.toISOString(),
        issuedBy,
        issuedAt: tx.now.toISOString(),
      });
      tx.audit({
        action: 'instruction.issued',
        resource: { type: 'instruction', id: row.id },
        after: { text: input.text },
      });
      return instructionView(row);
    });
  }

  /** Oldest first; empty for who may not see the document and has no part in it. */
  list(query: z.output<typeof InstructionQuery>, actor: Actor): Promise<Page<View>> {
    const { limit, cursor, documentId } = query;
    const visible = this.documents.visibleTo(actor);
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: { documentId },
          ...BY_ID,
          query: (after) => {
            const builder = manager
              .createQueryBuilder(InstructionEntity, 'i')
              .where('i.documentId = :documentId', { documentId });
            return inOrder(onlyVisible(builder, 'i', visible, actor), 'ASC', ['i.id'], after);
          },
        },
      );
      return { ...page, items: page.items.map(instructionView) };
    });
  }

  async #people(input: z.output<typeof InstructionInput>): Promise<{
    issuedBy: Person;
    lead: Person;
    coHandlers: Person[];
    followUp: Person | null;
  }> {
    const { leadPostId, coHandlerPostIds, followUpPostId } = input;
    const issuedBy = await this.directory.me();
    const asked = [leadPostId, ...coHandlerPostIds, ...(followUpPostId ? [followUpPostId] : [])];
    const people = await this.directory.people(asked);
    const named = people.map(({ person }) => person);
    for (const { person, permissions } of people.slice(0, coHandlerPostIds.length + 1)) {
      if (!permissions.includes('tasks.perform')) throw AssigneeCannotHandle({ person: person.fullName });
    }
    const [lead, ...others] = named;
    if (!lead) throw PostUnknown({ id: leadPostId });
    const followUp = followUpPostId ? (named.at(-1) ?? null) : null;
    const handling = named.slice(0, coHandlerPostIds.length + 1);
    if (followUp) {
      const performed = handling.map(({ userId }) => ({ act: 'instruction.handle' as const, userId }));
      assertSeparate('instruction.follow-up', performed, followUp);
    }
    return {
      issuedBy,
      lead,
      coHandlers: others.slice(0, coHandlerPostIds.length),
      followUp,
    };
  }

  /** @returns the lead's task */
  async #assign(
    tx: Tx,
    process: ProcessInstance,
    row: InstructionEntity,
    instruction: Instruction,
    dueBasis: DueBasis | undefined,
  ): Promise<Task> {
    const people = new Map([row.lead, ...row.coHandlers].map((person) => [person.userId, person]));
    const [first] = await openTasks(
      tx,
      process,
      instructedTasks(instruction).map(({ task, assignee, dueAt }) => {
        const person = people.get(assignee.id) ?? row.lead;
        return { step: task, assignee: person, instructionId: row.id, dueAt, dueBasis };
      }),
    );
    if (!first) throw NotExactlyOneLead({ leads: 0 });
    return first;
  }
}

const instructionView = (row: InstructionEntity): View => ({
  instructionId: row.id,
  documentId: row.documentId,
  text: row.text,
  lead: row.lead,
  coHandlers: row.coHandlers,
  followUp: row.followUp,
  replacesInstructionId: row.replacesId,
  dueAt: row.deadline,
  issuedBy: row.issuedBy,
  issuedAt: row.createdAt,
});
