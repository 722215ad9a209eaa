import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JOB_FAILURE_LABELS } from '@qlvb/contracts';
import type { JobFailureReason, Label } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { failPoint } from '@qlvb/platform-faults';
import { failureReason, Jobs, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import { newId } from '@qlvb/shared-domain';
import type { WorkingCalendar } from '@qlvb/vietnam';
import { recountedDueAt } from '@qlvb/workflow-domain';
import { In, IsNull, MoreThan, Not } from 'typeorm';
import { InstructionEntity } from '../instructions/instruction.entity.ts';
import { Notification } from '../notifications/notification.entity.ts';
import { announce, notify } from '../tasks/task-book.ts';
import { Task } from '../tasks/task.entity.ts';
import { RecountDeadlines } from './recount-deadlines.job.ts';

/** Tasks that are locked together: nobody waits long for one of them. */
const BATCH = 100;
const RECOUNT_LABEL: Label = {
  vi: 'Tính lại thời hạn theo lịch làm việc mới; thời hạn của một số việc chưa được lùi',
  en: 'Counting deadlines by the changed calendar; some are not moved yet',
};
/** Before every id; as an agency none, which is enough to read the directory. */
const NONE = '00000000-0000-0000-0000-000000000000';

/**
 * Counts open deadlines again when the public calendar changes: they may become later, never earlier. Agency by agency and few at a
 * time; one whose deadline has moved already is passed over, so that a run that was interrupted goes on where it was.
 */
@Injectable()
export class DeadlineRecount implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.directory.onCalendarChange((tx) =>
      this.jobs.enqueue(tx, RecountDeadlines, { askedIn: tx.agencyId }, { key: 'calendar' }),
    );
  }

  /** @source CAL-6 */
  @OnJob(RecountDeadlines)
  async recount(job: Job<typeof RecountDeadlines>): Promise<void> {
    const scope = { agencyId: NONE };
    const calendar = await this.directory.calendar(scope);
    const agencies = await this.directory.agencyIds(scope);
    for (const [index, agencyId] of agencies.entries()) {
      job.progress(index, agencies.length);
      for (let after: string | undefined = NONE; after !== undefined;) {
        job.signal.throwIfAborted();
        const from: string = after;
        after = await this.database.command((tx) => recountTasks(tx, calendar, from), { agencyId });
        await failPoint('workflow:batch-recounted');
      }
    }
  }

  /** Some open deadlines are still those before the change: people have to know, for nobody else moves them. @source CAL-6 */
  @OnJobFailed(RecountDeadlines)
  async givenUp(job: Job<typeof RecountDeadlines>, { code }: JobFailure): Promise<void> {
    for (const agencyId of await this.directory.agencyIds({ agencyId: NONE })) {
      await this.database.command((tx) => tellOfFailure(tx, job, failureReason(code)), { agencyId });
    }
  }
}

/** Those who set deadlines, where some are open, and those who look after the calendar. */
async function tellOfFailure(
  tx: Tx,
  { id: aboutId, data }: Job<typeof RecountDeadlines>,
  failure: JobFailureReason,
): Promise<void> {
  const open = await tx.manager.existsBy(Task, { state: In(['open', 'in_progress']), dueBasis: Not(IsNull()) });
  const asked = data.askedIn === tx.agencyId;
  const permissions = [
    ...(open ? (['instructions.issue'] as const) : []),
    ...(open || asked ? (['calendar.manage'] as const) : []),
  ];
  for (const permission of permissions) {
    await tx.manager.insert(Notification, {
      id: newId(),
      agencyId: tx.agencyId,
      createdAt: tx.now,
      kind: 'job-failed',
      assigneeId: null,
      permission,
      unitId: null,
      aboutType: 'job',
      aboutId,
      urgency: 'urgent',
      taskId: null,
      documentId: null,
      parameters: { job: RECOUNT_LABEL, reason: JOB_FAILURE_LABELS[failure] },
    });
  }
}

/** @returns the last of a full batch, after which there may be more */
async function recountTasks(tx: Tx, calendar: WorkingCalendar, after: string): Promise<string | undefined> {
  const open = await tx.manager.find(Task, {
    where: { id: MoreThan(after), state: In(['open', 'in_progress']), dueBasis: Not(IsNull()) },
    order: { id: 'ASC' },
    take: BATCH,
    lock: { mode: 'pessimistic_write' },
  });
  for (const task of open) {
    const before = task.dueAt;
    const dueAt = recountedDueAt(before, task.dueBasis ?? undefined, calendar);
    if (dueAt <= before) continue;
    task.dueAt = dueAt;
    await tx.manager.update(Task, { id: task.id }, { dueAt, updatedAt: tx.now, version: task.version + 1 });
    if (task.instructionId) {
      await tx.manager.update(InstructionEntity, { id: task.instructionId }, { deadline: dueAt, updatedAt: tx.now });
    }
    announce(tx, task);
    await notify(tx, task, { kind: 'deadline-moved' });
    tx.audit({
      action: 'task.deadline-recounted',
      resource: { type: 'task', id: task.id },
      before: { dueAt: before },
      after: { dueAt },
    });
  }
  return open.length === BATCH ? open.at(-1)?.id : undefined;
}
