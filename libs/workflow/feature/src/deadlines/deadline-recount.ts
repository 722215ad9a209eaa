import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Directory } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { WorkingCalendar } from '@qlvb/vietnam';
import { recountedDueAt } from '@qlvb/workflow-domain';
import { In, IsNull, Not } from 'typeorm';
import { InstructionEntity } from '../instructions/instruction.entity.ts';
import { announce, notify } from '../tasks/task-book.ts';
import { Task } from '../tasks/task.entity.ts';

/** Counts open deadlines again when the public calendar changes: they may become later, never earlier. */
@Injectable()
export class DeadlineRecount implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  onModuleInit(): void {
    this.directory.onCalendarChange(() => this.recount());
  }

  /** @source CAL-6 */
  async recount(): Promise<void> {
    const calendar = await this.directory.calendar();
    for (const agencyId of await this.directory.agencyIds()) {
      await this.database.command((tx) => recountTasks(tx, calendar), { agencyId });
    }
  }
}

async function recountTasks(tx: Tx, calendar: WorkingCalendar): Promise<void> {
  const open = await tx.manager.find(Task, {
    where: { state: In(['open', 'in_progress']), dueBasis: Not(IsNull()) },
    order: { id: 'ASC' },
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
}
