import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { idFrom } from '@qlvb/shared-domain';
import type { WorkingCalendar } from '@qlvb/vietnam';
import { advanceProcess, dueBasis, startProcess, taskDueAt } from '@qlvb/workflow-domain';
import type { ProcessDefinition, Step, TaskDefinition } from '@qlvb/workflow-domain';
import { closeTasks, openTasks, openTasksOf } from '../tasks/task-book.ts';
import type { NewTask } from '../tasks/task-book.ts';
import { ProcessInstance } from './process.entities.ts';
import type { ProcessContext } from './process.entities.ts';

/** Moves processes by their definitions: a trigger leads to a state, the state says which tasks there are. */
@Injectable()
export class ProcessEngine {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /**
   * Applies what happened to a document to its process, which begins with it. A process that is over stays as it is: an
   * event that comes late changes nothing.
   *
   * @param trigger undefined when the event only begins the process
   * @param at when it happened; deadlines count from there, not from when this service heard of it
   * @throws TriggerNotExpected
   */
  trigger(
    definition: ProcessDefinition,
    documentId: string,
    trigger: string | undefined,
    context: ProcessContext,
    at: Date,
  ): Promise<void> {
    return this.database.command(async (tx) => {
      const known = await tx.manager.findOne(ProcessInstance, {
        where: { documentId },
        lock: { mode: 'pessimistic_write' },
      });
      if (known?.finished) return;
      const process = known ?? (await this.#begin(tx, definition, documentId, context, trigger, at));
      process.context = { ...process.context, ...context };
      if (trigger) await this.advance(tx, definition, process, trigger, at);
      await this.#save(tx, process);
    });
  }

  /** A draft that was never submitted has no process yet. */
  isKnown(documentId: string): Promise<boolean> {
    return this.database.read((manager) => manager.existsBy(ProcessInstance, { documentId }));
  }

  /** One step of a process that the caller has locked; `#save` or the caller's own update keeps it. */
  async advance(
    tx: Tx,
    definition: ProcessDefinition,
    process: ProcessInstance,
    trigger: string,
    at = tx.now,
  ): Promise<void> {
    const from = process.state;
    const step = advanceProcess(definition, from, trigger);
    process.state = step.state;
    process.finished = step.finished;
    await tx.manager.query(
      `INSERT INTO process_step (process_id, seq, agency_id, at, trigger, from_state, to_state)
       SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6 FROM process_step WHERE process_id = $1`,
      [process.id, tx.agencyId, tx.now, trigger, from, step.state],
    );
    if (step.left) {
      // Tasks that a leader gave end with their own work, not with the state in which they were given.
      const ofState = (await openTasksOf(tx, process.id)).filter((task) => task.instructionId === null);
      await closeTasks(tx, ofState);
    }
    await this.#openTasks(tx, process, step.opens, at);
  }

  async save(tx: Tx, process: ProcessInstance): Promise<void> {
    await this.#save(tx, process);
  }

  /** A process that begins in passing (a draft that is submitted, given up) opens no task that would be closed at once. */
  async #begin(
    tx: Tx,
    definition: ProcessDefinition,
    documentId: string,
    context: ProcessContext,
    trigger: string | undefined,
    at: Date,
  ): Promise<ProcessInstance> {
    const step = startProcess(definition);
    const process = Object.assign(new ProcessInstance(), {
      id: idFrom(`process:${definition.key}:${documentId}`),
      agencyId: tx.agencyId,
      version: 1,
      createdAt: tx.now,
      updatedAt: tx.now,
      definition: definition.key,
      definitionVersion: definition.version,
      documentId,
      state: step.state,
      finished: false,
      context,
    });
    await tx.manager.insert(ProcessInstance, process);
    const passesBy = trigger !== undefined && advanceProcess(definition, step.state, trigger).left;
    if (!passesBy) await this.#openTasks(tx, process, step.opens, at);
    return process;
  }

  async #openTasks(tx: Tx, process: ProcessInstance, tasks: Step['opens'], at: Date): Promise<void> {
    if (tasks.length === 0) return;
    const calendar = await this.directory.calendar();
    await openTasks(
      tx,
      process,
      tasks.map((task) => newTask(task, process.context, at, calendar)),
    );
  }

  async #save(tx: Tx, process: ProcessInstance): Promise<void> {
    const { state, finished, context } = process;
    await tx.manager.update(
      ProcessInstance,
      { id: process.id },
      { state, finished, context: context as never, updatedAt: tx.now, version: process.version + 1 },
    );
    tx.audit({ action: 'process.advanced', resource: { type: 'process', id: process.id }, after: { state } });
  }
}

/** A person where the document names one, else everybody of the role. */
function newTask(task: TaskDefinition, context: ProcessContext, openedAt: Date, calendar: WorkingCalendar): NewTask {
  const counted = {
    openedAt,
    urgency: context.urgency,
    medium: 'electronic' as const,
    ...(context.signedAt ? { signedAt: new Date(context.signedAt) } : {}),
    ...(context.arrivedAt ? { arrivedAt: new Date(context.arrivedAt) } : {}),
  };
  const dueAt = taskDueAt(task.due, counted, calendar);
  const common = { step: task.task, dueAt, dueBasis: dueBasis(task.due, counted) };
  if (task.role === 'drafter' && context.drafter) return { ...common, assignee: context.drafter };
  if (task.role === 'signer' && context.signer) return { ...common, assignee: context.signer };
  if (task.role === 'unit_head' && context.unitId) return { ...common, role: task.role, unitId: context.unitId };
  return { ...common, role: task.role };
}
