import { Inject, Injectable } from '@nestjs/common';
import { InstructionIssued, person } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import { instant } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import {
  assertInstruction,
  assertRegistered,
  INCOMING_DOCUMENT_PROCESS,
  instructedTasks,
  instructionDueAt,
} from '@qlvb/workflow-domain';
import type { Instruction } from '@qlvb/workflow-domain';
import { z } from 'zod';
import { CALENDAR, ProcessEngine } from '../processes/process-engine.ts';
import { ProcessInstance } from '../processes/process.entities.ts';
import { openTask } from '../tasks/task-book.ts';
import { DocumentUnknown } from '../workflow.problems.ts';
import { InstructionEntity } from './instruction.entity.ts';

export const InstructionInput = z
  .object({
    documentId: z.uuid(),
    text: z.string().trim().min(1).max(500).describe('Ý kiến chỉ đạo'),
    leadPostId: z.uuid().describe('Chủ trì'),
    coHandlerPostIds: z.array(z.uuid()).max(50).default([]).describe('Phối hợp'),
    followUpPostId: z.uuid().optional().describe('Theo dõi, đôn đốc'),
    deadlineWorkingDays: z.int().min(0).max(366).optional().describe('Thời hạn tính bằng ngày làm việc'),
    deadlineOn: z.iso.date().optional().describe('Hoặc hạn đến hết ngày'),
  })
  .refine((input) => input.deadlineWorkingDays === undefined || input.deadlineOn === undefined, {
    message: 'Chỉ nêu một thời hạn.',
    path: ['deadlineOn'],
  })
  .meta({ id: 'InstructionInput' });

export const InstructionView = z
  .object({
    instructionId: z.uuid(),
    documentId: z.uuid(),
    text: z.string(),
    lead: person,
    coHandlers: z.array(person),
    followUp: person.nullable(),
    deadline: instant(),
    issuedBy: person,
    issuedAt: instant(),
  })
  .meta({ id: 'Instruction' });
type View = z.input<typeof InstructionView>;

/** A leader's directions on incoming documents (bút phê). */
@Injectable()
export class InstructionsService {
  readonly #database: Database;
  readonly #directory: Directory;
  readonly #engine: ProcessEngine;

  constructor(
    @Inject(Database) database: Database,
    @Inject(Directory) directory: Directory,
    @Inject(ProcessEngine) engine: ProcessEngine,
  ) {
    this.#database = database;
    this.#directory = directory;
    this.#engine = engine;
  }

  /**
   * One lead, any number of co-handlers, a deadline: the instruction and all its tasks at once.
   *
   * @throws DocumentUnknown, DocumentNotRegistered, InstructionIncomplete, NotExactlyOneLead, AssigneeTwice,
   *   DeadlineNotAcceptable, TriggerNotExpected, PostUnknown
   * @source NĐ30-A23-3
   * @source NĐ30-A23-4
   * @source NĐ30-A22-1
   */
  issue(input: z.output<typeof InstructionInput>): Promise<View> {
    return this.#database.command(async (tx) => {
      const process = await tx.manager.findOne(ProcessInstance, {
        where: { documentId: input.documentId, definition: INCOMING_DOCUMENT_PROCESS.key },
        lock: { mode: 'pessimistic_write' },
      });
      if (!process) throw DocumentUnknown({ id: input.documentId });
      assertRegistered({ arrivalNumber: process.context.arrivalNumber });
      const issuedBy = await this.#directory.me();
      const lead = await this.#directory.person(input.leadPostId);
      const coHandlers = [];
      for (const postId of input.coHandlerPostIds) coHandlers.push(await this.#directory.person(postId));
      const followUp = input.followUpPostId ? await this.#directory.person(input.followUpPostId) : null;
      const asked =
        input.deadlineWorkingDays === undefined
          ? input.deadlineOn && { dueOn: input.deadlineOn }
          : { workingDays: input.deadlineWorkingDays };
      const deadline = instructionDueAt(
        asked || undefined,
        { from: tx.now, urgency: process.context.urgency },
        CALENDAR,
      );
      const instruction: Instruction = {
        assignees: [
          { kind: 'person', id: lead.postId, part: 'lead' },
          ...coHandlers.map(({ postId }) => ({ kind: 'person' as const, id: postId, part: 'co_handler' as const })),
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
      });
      await tx.manager.insert(InstructionEntity, row);
      // A leader may direct what the clerk has registered and not yet laid before him: the instruction shows he has it.
      if (process.state === 'accepted') await this.#engine.advance(tx, INCOMING_DOCUMENT_PROCESS, process, 'presented');
      await this.#engine.advance(tx, INCOMING_DOCUMENT_PROCESS, process, 'instructed');
      await this.#engine.save(tx, process);
      const people = new Map([lead, ...coHandlers].map((assignee) => [assignee.postId, assignee]));
      for (const task of instructedTasks(instruction)) {
        const assignee = people.get(task.assignee.id) ?? lead;
        await openTask(tx, process, {
          step: task.task,
          title: task.vi,
          assignee,
          instructionId: row.id,
          dueAt: deadline,
        });
      }
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

  list(documentId: string): Promise<View[]> {
    return this.#database.read(async (manager) =>
      (await manager.find(InstructionEntity, { where: { documentId }, order: { createdAt: 'ASC' }, take: 100 })).map(
        instructionView,
      ),
    );
  }
}

const instructionView = (row: InstructionEntity): View => ({
  instructionId: row.id,
  documentId: row.documentId,
  text: row.text,
  lead: row.lead,
  coHandlers: row.coHandlers,
  followUp: row.followUp,
  deadline: row.deadline,
  issuedBy: row.issuedBy,
  issuedAt: row.createdAt,
});
