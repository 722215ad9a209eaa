import { TASK_STEP_LABELS, TaskChanged } from '@qlvb/contracts';
import type { Label, NotificationKind, Person } from '@qlvb/contracts';
import type { Tx } from '@qlvb/platform-database';
import { newId } from '@qlvb/shared-domain';
import { performTaskAct } from '@qlvb/workflow-domain';
import type { DueBasis, ProcessRole, TaskStep } from '@qlvb/workflow-domain';
import { In } from 'typeorm';
import { Notification } from '../notifications/notification.entity.ts';
import type { ProcessInstance } from '../processes/process.entities.ts';
import { ROLE_PERMISSION } from './task-access.ts';
import { Task } from './task.entity.ts';

export interface NewTask {
  readonly step: TaskStep;
  readonly assignee?: Person;
  readonly role?: ProcessRole;
  readonly unitId?: string;
  readonly instructionId?: string;
  readonly dueAt: Date;
  /** When the deadline was counted in working days. */
  readonly dueBasis?: DueBasis | undefined;
}

/** Makes tasks, tells whom they concern, and announces them, all in the caller's transaction and in two trips. */
export async function openTasks(tx: Tx, process: ProcessInstance, wanted: readonly NewTask[]): Promise<Task[]> {
  if (wanted.length === 0) return [];
  const tasks = wanted.map((one) => newTask(tx, process, one));
  await tx.manager.insert(Task, tasks);
  await tx.manager.insert(
    Notification,
    tasks.map((task) => notification(tx, task, { kind: 'task-opened' })),
  );
  for (const task of tasks) announce(tx, task);
  return tasks;
}

interface Told {
  readonly kind: NotificationKind;
  readonly to?: Person;
  /** Beside the task and its subject. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Tells whoever has the task, or somebody else, of it. @returns the id of the notification */
export async function notify(tx: Tx, task: Task, what: Told): Promise<string> {
  const row = notification(tx, task, what);
  await tx.manager.insert(Notification, row);
  return row.id;
}

const newTask = (tx: Tx, process: ProcessInstance, wanted: NewTask): Task =>
  Object.assign(new Task(), {
    id: newId(),
    agencyId: tx.agencyId,
    version: 1,
    createdAt: tx.now,
    updatedAt: tx.now,
    documentId: process.documentId,
    processId: process.id,
    step: wanted.step,
    title: TASK_STEP_LABELS[wanted.step].vi,
    subject: process.context.subject,
    urgency: process.context.urgency,
    assigneeId: wanted.assignee?.userId ?? null,
    assigneeName: wanted.assignee?.fullName ?? null,
    role: wanted.role ?? null,
    unitId: wanted.unitId ?? null,
    instructionId: wanted.instructionId ?? null,
    state: 'open' as const,
    dueAt: wanted.dueAt,
    dueBasis: wanted.dueBasis ?? null,
    startedAt: null,
    endedAt: null,
    endedBy: null,
    result: null,
    replyDocumentId: null,
  });

export const stepLabel = (task: Task): Label => TASK_STEP_LABELS[task.step];

function notification(tx: Tx, task: Task, { kind, to, parameters = {} }: Told): Notification {
  const { id: taskId, documentId, urgency, subject } = task;
  const addressee = to
    ? { assigneeId: to.userId, permission: null, unitId: null }
    : {
        assigneeId: task.assigneeId,
        permission: ROLE_PERMISSION[task.role ?? ''] ?? null,
        unitId: task.unitId,
      };
  return Object.assign(new Notification(), {
    id: newId(),
    agencyId: tx.agencyId,
    createdAt: tx.now,
    kind,
    parameters: { task: stepLabel(task), subject, ...parameters },
    aboutType: 'task',
    aboutId: taskId,
    ...{ taskId, documentId, urgency },
    ...addressee,
  });
}

/** Closes what nobody has to do any more. */
export async function closeTasks(tx: Tx, tasks: readonly Task[]): Promise<void> {
  if (tasks.length === 0) return;
  for (const task of tasks) {
    task.state = performTaskAct(task.state, 'close', ['process']);
    task.endedAt = tx.now;
    announce(tx, task);
  }
  await tx.manager.update(
    Task,
    { id: In(tasks.map((task) => task.id)) },
    { state: 'closed', endedAt: tx.now, updatedAt: tx.now, version: () => 'version + 1' },
  );
}

/** Locked: who completes one of them at this moment is waited for, and what he completed is not closed over it. */
export const openTasksOf = (tx: Tx, processId: string): Promise<Task[]> =>
  tx.manager.find(Task, {
    where: { processId, state: In(['open', 'in_progress']) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });

export function announce(tx: Tx, task: Task): void {
  tx.publish(TaskChanged, {
    taskId: task.id,
    documentId: task.documentId,
    step: task.step,
    title: task.title,
    assigneeId: task.assigneeId,
    role: task.role,
    state: task.state === 'closed' ? 'cancelled' : task.state,
    dueAt: task.dueAt.toISOString(),
  });
}
