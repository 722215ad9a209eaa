import { Inject, Injectable } from '@nestjs/common';
import { HandlingCompleted, HandlingStarted } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { decodeCursor, toPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { systemClock } from '@qlvb/shared-domain';
import {
  assertHandlingResult,
  INCOMING_DOCUMENT_PROCESS,
  isOverdue,
  OUTGOING_DOCUMENT_PROCESS,
  performTaskAct,
} from '@qlvb/workflow-domain';
import { z } from 'zod';
import { ProcessEngine } from '../processes/process-engine.ts';
import { ProcessInstance } from '../processes/process.entities.ts';
import { TaskEndsElsewhere, TaskMissing } from '../workflow.problems.ts';
import { isMine, onlyMine } from './task-access.ts';
import { announce, closeTasks, openTasksOf } from './task-book.ts';
import { Task } from './task.entity.ts';
import type { CompletionInput, TaskQuery, TaskView } from './tasks.dto.ts';

type View = z.input<typeof TaskView>;

/** Steps that end here, and the trigger each one is. Every other step of a process ends with an act on the document. */
const ENDS_HERE: Readonly<Record<string, string>> = { present: 'presented', pass_on: 'passed_to_drafter' };
const INSTRUCTED = new Set(['handle', 'co_handle']);

/** A person's task list, and what they do with it. */
@Injectable()
export class TasksService {
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

  /** Soonest due first. */
  list(query: z.output<typeof TaskQuery>, actor: Actor): Promise<Page<View>> {
    const { limit, cursor, ...filter } = query;
    const after = cursor ? decodeCursor(cursor, filter, z.tuple([z.string(), z.uuid()])) : undefined;
    return this.#database.read(async (manager) => {
      const builder = manager
        .createQueryBuilder(Task, 't')
        .where('true')
        .orderBy('t.createdAt', 'DESC')
        .addOrderBy('t.id', 'DESC')
        .take(limit + 1);
      onlyMine(builder, 't', actor);
      if (filter.state) builder.andWhere('t.state = :state', { state: filter.state });
      if (filter.documentId) builder.andWhere('t.documentId = :document', { document: filter.documentId });
      if (after) builder.andWhere('(t.createdAt, t.id) < (:at::timestamptz, :id)', { at: after[0], id: after[1] });
      const page = toPage(await builder.getMany(), limit, filter, (row) => [row.createdAt.toISOString(), row.id]);
      return { items: page.items.map(taskView), nextCursor: page.nextCursor };
    });
  }

  /** @throws TaskMissing */
  async get(id: string, actor: Actor): Promise<View> {
    const task = await this.#database.read((manager) => manager.findOneBy(Task, { id }));
    if (!task || !isMine(task, actor)) throw TaskMissing({ id });
    return taskView(task);
  }

  /** @throws TaskMissing, TaskActNotAllowed */
  start(id: string, actor: Actor): Promise<View> {
    return this.#act(id, actor, 'task.started', async (task, tx) => {
      task.state = performTaskAct(task.state, 'start', ['assignee']);
      task.startedAt = tx.now;
      if (task.step === 'handle') await this.#reportStart(task, tx);
      announce(tx, task);
    });
  }

  /**
   * Ends a task with its result. The lead's completion is the document's: what co-handlers still have open is closed.
   *
   * @throws TaskMissing, TaskActNotAllowed, TaskEndsElsewhere, HandlingResultMissing
   * @source NĐ30-A24-2
   */
  complete(id: string, input: z.output<typeof CompletionInput>, actor: Actor): Promise<View> {
    return this.#act(id, actor, 'task.completed', async (task, tx) => {
      const trigger = ENDS_HERE[task.step];
      if (!trigger && !INSTRUCTED.has(task.step)) throw TaskEndsElsewhere({ title: task.title });
      const started = task.state === 'in_progress';
      task.state = performTaskAct(task.state, 'complete', ['assignee']);
      const me = await this.#directory.me();
      task.startedAt ??= tx.now;
      Object.assign(task, {
        endedAt: tx.now,
        endedBy: me,
        result: input.result,
        replyDocumentId: input.replyDocumentId ?? null,
      });
      announce(tx, task);
      if (task.step === 'handle') {
        const { result, replyDocumentId } = input;
        assertHandlingResult({ outcome: replyDocumentId ? 'replied' : 'filed', summary: result, replyDocumentId });
        if (!started) await this.#reportStart(task, tx);
        await this.#reportCompletion(task, tx);
      } else if (trigger) {
        const process = await this.#process(task, tx);
        // The task must be ended before the step closes whatever is still open.
        await tx.manager.update(Task, { id: task.id }, { state: task.state });
        const definition =
          process.definition === 'incoming-document' ? INCOMING_DOCUMENT_PROCESS : OUTGOING_DOCUMENT_PROCESS;
        await this.#engine.advance(tx, definition, process, trigger);
        await this.#engine.save(tx, process);
      }
    });
  }

  async #reportStart(task: Task, tx: Tx): Promise<void> {
    const process = await this.#process(task, tx);
    await this.#engine.advance(tx, INCOMING_DOCUMENT_PROCESS, process, 'handling_started');
    await this.#engine.save(tx, process);
    const by = await this.#directory.me();
    const { documentId } = task;
    const packageId = process.context.packageId ?? documentId;
    tx.publish(HandlingStarted, { documentId, packageId, taskId: task.id, by, startedAt: tx.now.toISOString() });
  }

  async #reportCompletion(task: Task, tx: Tx): Promise<void> {
    const process = await this.#process(task, tx);
    const others = (await openTasksOf(tx, process.id)).filter((other) => other.id !== task.id);
    await closeTasks(tx, others);
    await tx.manager.update(Task, { id: task.id }, { state: task.state });
    await this.#engine.advance(tx, INCOMING_DOCUMENT_PROCESS, process, 'handling_completed');
    await this.#engine.save(tx, process);
    const by = await this.#directory.me();
    tx.publish(HandlingCompleted, {
      documentId: task.documentId,
      packageId: process.context.packageId ?? task.documentId,
      taskId: task.id,
      by,
      result: task.result ?? '',
      ...(task.replyDocumentId ? { replyDocumentId: task.replyDocumentId } : {}),
      completedAt: tx.now.toISOString(),
      onTime: task.dueAt === null || !isOverdue(task.dueAt, tx.now, tx.now),
    });
  }

  #process(task: Task, tx: Tx): Promise<ProcessInstance> {
    return tx.manager.findOneOrFail(ProcessInstance, {
      where: { id: task.processId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  #act(id: string, actor: Actor, action: string, change: (task: Task, tx: Tx) => Promise<void>): Promise<View> {
    return update(
      this.#database,
      {
        entity: Task,
        id,
        missing: TaskMissing,
        action,
        authorise: (task) => {
          if (!isMine(task, actor)) throw TaskMissing({ id });
        },
      },
      async (task, tx) => {
        await change(task, tx);
        return taskView(task);
      },
    );
  }
}

export const taskView = (task: Task): View => ({
  taskId: task.id,
  version: task.version,
  documentId: task.documentId,
  step: task.step,
  title: task.title,
  subject: task.subject,
  urgency: task.urgency,
  assigneeId: task.assigneeId,
  assigneeName: task.assigneeName,
  role: task.role,
  instructionId: task.instructionId,
  state: task.state,
  dueAt: task.dueAt,
  overdue: task.dueAt !== null && isOverdue(task.dueAt, task.endedAt ?? undefined, systemClock.now()),
  createdAt: task.createdAt,
  startedAt: task.startedAt,
  endedAt: task.endedAt,
  endedBy: task.endedBy,
  result: task.result,
});
