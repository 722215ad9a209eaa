import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Directory } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { failPoint } from '@qlvb/platform-faults';
import { Jobs, OnJob } from '@qlvb/platform-jobs';
import type { Job } from '@qlvb/platform-jobs';
import type { WorkingCalendar } from '@qlvb/vietnam';
import { recountedDueAt } from '@qlvb/workflow-domain';
import { In, IsNull, MoreThan, Not } from 'typeorm';
import { InstructionEntity } from '../instructions/instruction.entity.ts';
import { announce, notify } from '../tasks/task-book.ts';
import { Task } from '../tasks/task.entity.ts';
import { RecountDeadlines } from './recount-deadlines.job.ts';

/** Tasks that are locked together: nobody waits long for one of them. */
const BATCH = 100;
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
    this.directory.onCalendarChange((tx) => this.jobs.enqueue(tx, RecountDeadlines, {}, { key: 'calendar' }));
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
