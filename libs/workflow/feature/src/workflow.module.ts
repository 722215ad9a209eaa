import { Module } from '@nestjs/common';
import { DIRECTORY_ENTITIES, DirectoryModule } from '@qlvb/directory';
import { DocumentAccessModule } from '@qlvb/document-access';
import { DeadlineRecount } from './deadlines/deadline-recount.ts';
import { InstructionEntity } from './instructions/instruction.entity.ts';
import { InstructionsController } from './instructions/instructions.controller.ts';
import { InstructionsService } from './instructions/instructions.service.ts';
import { Notification } from './notifications/notification.entity.ts';
import { NotificationsConsumer } from './notifications/notifications.consumer.ts';
import { NotificationsController } from './notifications/notifications.controller.ts';
import { NotificationsService } from './notifications/notifications.service.ts';
import { DocumentsConsumer } from './processes/documents.consumer.ts';
import { ProcessEngine } from './processes/process-engine.ts';
import { ProcessInstance } from './processes/process.entities.ts';
import { ProcessesController } from './processes/processes.controller.ts';
import { Task } from './tasks/task.entity.ts';
import { TasksController } from './tasks/tasks.controller.ts';
import { TasksService } from './tasks/tasks.service.ts';

export const WORKFLOW_ENTITIES = [...DIRECTORY_ENTITIES, InstructionEntity, Notification, ProcessInstance, Task];

@Module({
  imports: [DirectoryModule, DocumentAccessModule],
  controllers: [
    DocumentsConsumer,
    InstructionsController,
    NotificationsConsumer,
    NotificationsController,
    ProcessesController,
    TasksController,
  ],
  providers: [DeadlineRecount, InstructionsService, NotificationsService, ProcessEngine, TasksService],
})
export class WorkflowModule {}
