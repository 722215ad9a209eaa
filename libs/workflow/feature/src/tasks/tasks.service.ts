import { TASK_ACT_LABELS, TASK_ACTOR_LABELS, TASK_STATE_LABELS } from '@qlvb/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { HandlingCompleted, HandlingStarted } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { DocumentAccess } from '@qlvb/document-access';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach, update } from '@qlvb/platform-database';
import type { ReachOptions, Tx } from '@qlvb/platform-database';
import { byTime, inOrder, keysetPage, say } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import {
  assertHandlingResult,
  completionOf,
  INCOMING_DOCUMENT_PROCESS,
  isOverdue,
  OUTGOING_DOCUMENT_PROCESS,
  performTaskAct,
  ReplyUnknown,
  TaskActNotAllowed,
  TaskNotYours,
} from '@qlvb/workflow-domain';
import type { ProcessDefinition, TaskActor } from '@qlvb/workflow-domain';
import { z } from 'zod';
import { ProcessEngine } from '../processes/process-engine.ts';
import { ProcessInstance } from '../processes/process.entities.ts';
import { TaskEndsElsewhere, TaskNotFound } from '../workflow.problems.ts';
import { onlyOf, tasksOf } from './task-access.ts';
import type { TaskRight } from './task-access.ts';
import { announce, closeTasks, notify, openTasksOf, stepLabel } from './task-book.ts';
import { Task } from './task.entity.ts';
import type { CompletionInput, ReminderInput, ReminderView, TaskQuery, TaskView } from './tasks.dto.ts';

type View = z.input<typeof TaskView>;

const definitionOf = (process: ProcessInstance): ProcessDefinition =>
  process.definition === INCOMING_DOCUMENT_PROCESS.key ? INCOMING_DOCUMENT_PROCESS : OUTGOING_DOCUMENT_PROCESS;

/** Steps of an instruction; every other step is one of a process definition. */
const INSTRUCTED = new Set(['handle', 'co_handle']);

/** A person's task list, and what they do with it. */
@Injectable()
export class TasksService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(ProcessEngine) private readonly engine: ProcessEngine,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DocumentAccess) private readonly documents: DocumentAccess,
  ) {}

  /** Mine, or those that I gave or follow; the newest first, or the soonest due. */
  list(query: z.output<typeof TaskQuery>, actor: Actor): Promise<Page<View>> {
    const { limit, cursor, ...filter } = query;
    const [column, direction] = filter.order === 'due' ? (['dueAt', 'ASC'] as const) : (['createdAt', 'DESC'] as const);
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: filter,
          ...byTime(column),
          query: (after) => {
            const builder = manager.createQueryBuilder(Task, 't').where('true');
            onlyOf(builder, 't', filter.scope, actor, this.documents.visibleTo(actor));
            if (filter.state) builder.andWhere('t.state = :state', { state: filter.state });
            if (filter.documentId) builder.andWhere('t.documentId = :document', { document: filter.documentId });
            if (filter.overdue !== undefined) {
              const late = 't.dueAt < COALESCE(t.endedAt, :now)';
              builder.andWhere(filter.overdue === 'true' ? late : `NOT ${late}`, { now: this.clock.now() });
            }
            return inOrder(builder, direction, [`t.${column}`, 't.id'], after);
          },
        },
      );
      return { ...page, items: page.items.map(this.#view) };
    });
  }

  /** @throws TaskNotFound */
  async get(id: string, actor: Actor): Promise<View> {
    const { row } = await this.database.read((manager) => reach(manager, this.#visible(id, actor)));
    return this.#view(row);
  }

  /**
   * Whoever gave the work or was appointed to follow it urges its handler.
   *
   * @throws TaskNotFound, TaskNotYours, TaskActNotAllowed
   * @source NĐ30-A24-1
   */
  remind(id: string, { text }: z.output<typeof ReminderInput>, actor: Actor): Promise<z.input<typeof ReminderView>> {
    return this.database.command(async (tx) => {
      const { row: task, rights } = await reach(tx.manager, this.#visible(id, actor));
      if (!rights.includes('urge')) {
        throw TaskNotYours({ act: TASK_ACT_LABELS.remind, role: TASK_ACTOR_LABELS.follow_up });
      }
      if (!['open', 'in_progress'].includes(task.state)) {
        throw TaskActNotAllowed({ act: TASK_ACT_LABELS.remind, state: TASK_STATE_LABELS[task.state] });
      }
      const by = await this.directory.me();
      const notificationId = await notify(tx, task, { kind: 'task-reminded', parameters: { by: by.fullName, text } });
      tx.audit({ action: 'task.reminded', resource: { type: 'task', id }, after: { text } });
      return { notificationId, taskId: id, text, remindedBy: by, remindedAt: tx.now };
    });
  }

  /** @throws TaskNotFound, TaskActNotAllowed */
  start(id: string, actor: Actor): Promise<View> {
    return this.#act(id, actor, 'task.started', async (task, process, tx, by) => {
      task.state = performTaskAct(task.state, 'start', by);
      task.startedAt = tx.now;
      if (task.step === 'handle') await this.#reportStart(task, process, tx);
      announce(tx, task);
    });
  }

  /**
   * Ends a task with its result. The lead's completion is the document's: what co-handlers still have open is closed.
   *
   * @throws TaskNotFound, TaskActNotAllowed, TaskEndsElsewhere, HandlingResultMissing
   * @source NĐ30-A24-2
   */
  complete(id: string, input: z.output<typeof CompletionInput>, actor: Actor): Promise<View> {
    return this.#act(id, actor, 'task.completed', async (task, process, tx, by) => {
      const trigger = completionOf(definitionOf(process), task.step);
      if (!trigger && !INSTRUCTED.has(task.step)) throw TaskEndsElsewhere({ task: stepLabel(task) });
      const started = task.state === 'in_progress';
      task.state = performTaskAct(task.state, 'complete', by);
      if (input.replyDocumentId) await this.#assertReply(tx, input.replyDocumentId, actor);
      const me = await this.directory.me();
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
        if (!started) await this.#reportStart(task, process, tx);
        await this.#reportCompletion(task, process, tx);
      } else if (trigger) {
        // The task must be ended before the step closes whatever is still open.
        await tx.manager.update(Task, { id: task.id }, { state: task.state });
        await this.engine.advance(tx, definitionOf(process), process, trigger);
        await this.engine.save(tx, process);
      }
    });
  }

  async #reportStart(task: Task, process: ProcessInstance, tx: Tx): Promise<void> {
    await this.engine.advance(tx, INCOMING_DOCUMENT_PROCESS, process, 'handling_started');
    await this.engine.save(tx, process);
    const by = await this.directory.me();
    const { documentId } = task;
    const packageId = process.context.packageId ?? documentId;
    tx.publish(HandlingStarted, { documentId, packageId, taskId: task.id, by, startedAt: tx.now.toISOString() });
  }

  async #reportCompletion(task: Task, process: ProcessInstance, tx: Tx): Promise<void> {
    const others = (await openTasksOf(tx, process.id)).filter((other) => other.id !== task.id);
    await closeTasks(tx, others);
    await tx.manager.update(Task, { id: task.id }, { state: task.state });
    await this.engine.advance(tx, INCOMING_DOCUMENT_PROCESS, process, 'handling_completed');
    await this.engine.save(tx, process);
    const by = await this.directory.me();
    tx.publish(HandlingCompleted, {
      documentId: task.documentId,
      packageId: process.context.packageId ?? task.documentId,
      taskId: task.id,
      by,
      result: task.result ?? '',
      ...(task.replyDocumentId ? { replyDocumentId: task.replyDocumentId } : {}),
      completedAt: tx.now.toISOString(),
      onTime: !isOverdue(task.dueAt, tx.now, tx.now),
    });
  }

  /** The reply is an outgoing document that the person may see and that has left its drafter. @throws ReplyUnknown @source SEC-Z02 */
  async #assertReply({ manager }: Tx, reply: string, actor: Actor): Promise<void> {
    const { where, parameters } = this.documents.visibleTo(actor, ['outgoing-document']);
    const known = await manager
      .createQueryBuilder(ProcessInstance, 'p')
      .where('p.documentId = :reply AND p.definition = :definition', {
        reply,
        definition: OUTGOING_DOCUMENT_PROCESS.key,
      })
      .andWhere(where('p'), parameters)
      .getOne();
    if (!known || known.state === 'cancelled') throw ReplyUnknown({ id: reply });
  }

  #visible(id: string, actor: Actor): ReachOptions<Task, TaskRight> {
    return { entity: Task, id, missing: TaskNotFound, access: tasksOf(actor, this.documents.visibleTo(actor)) };
  }

  #act(
    id: string,
    actor: Actor,
    action: string,
    change: (task: Task, process: ProcessInstance, tx: Tx, by: readonly TaskActor[]) => Promise<void>,
  ): Promise<View> {
    return this.database.command(async (tx) => {
      // The process before its tasks, as everybody locks them: two people at one document wait and do not deadlock.
      const process = await tx.manager
        .createQueryBuilder(ProcessInstance, 'p')
        .where('p.id = (SELECT process_id FROM task WHERE id = :id)', { id })
        .setLock('pessimistic_write')
        .getOne();
      if (!process) throw TaskNotFound({ id });
      return update(this.database, { ...this.#visible(id, actor), action }, async (task, _tx, rights) => {
        await change(task, process, tx, rights.includes('perform') ? ['assignee'] : []);
        return this.#view(task);
      });
    });
  }

  readonly #view = (task: Task): View => taskView(task, this.clock.now());
}

const taskView = (task: Task, now: Date): View => ({
  taskId: task.id,
  version: task.version,
  documentId: task.documentId,
  step: task.step,
  title: say(stepLabel(task)),
  subject: task.subject,
  urgency: task.urgency,
  assigneeId: task.assigneeId,
  assigneeName: task.assigneeName,
  role: task.role,
  instructionId: task.instructionId,
  state: task.state,
  dueAt: task.dueAt,
  overdue: isOverdue(task.dueAt, task.endedAt ?? undefined, now),
  createdAt: task.createdAt,
  startedAt: task.startedAt,
  endedAt: task.endedAt,
  endedBy: task.endedBy,
  result: task.result,
});
