import { Controller, Inject } from '@nestjs/common';
import { PostUnknown } from '@qlvb/directory';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { HandlingResultMissing, ReplyUnknown, TaskActNotAllowed, TaskNotYours } from '@qlvb/workflow-domain';
import { z } from 'zod';
import { TaskEndsElsewhere, TaskNotFound } from '../workflow.problems.ts';
import { CompletionInput, ReminderInput, ReminderView, TaskQuery, TaskView } from './tasks.dto.ts';
import { TasksService } from './tasks.service.ts';

const tag = 'tasks';
const params = z.object({ taskId: z.uuid() });
const acting = [TaskNotFound, TaskActNotAllowed, TaskNotYours, PostUnknown];

const list = operation({
  id: 'listTasks',
  method: 'GET',
  path: '/tasks',
  tag,
  summary: { vi: 'Việc của tôi, hoặc tôi theo dõi', en: 'Tasks that are mine, or that I follow' },
  permission: 'tasks.read',
  query: TaskQuery,
  response: { status: 200, schema: pageOf(TaskView) },
});

const get = operation({
  id: 'getTask',
  method: 'GET',
  path: '/tasks/:taskId',
  tag,
  summary: { vi: 'Một việc', en: 'One task' },
  permission: 'tasks.read',
  params,
  response: { status: 200, schema: TaskView },
  problems: [TaskNotFound],
});

const start = operation({
  id: 'startTask',
  method: 'POST',
  path: '/tasks/:taskId/starts',
  tag,
  summary: { vi: 'Bắt đầu xử lý', en: 'Start a task' },
  permission: 'tasks.perform',
  idempotent: true,
  params,
  response: { status: 201, schema: TaskView },
  problems: acting,
});

const complete = operation({
  id: 'completeTask',
  method: 'POST',
  path: '/tasks/:taskId/completions',
  tag,
  summary: { vi: 'Hoàn thành', en: 'Complete a task' },
  permission: 'tasks.perform',
  idempotent: true,
  params,
  body: CompletionInput,
  response: { status: 201, schema: TaskView },
  problems: [...acting, TaskEndsElsewhere, HandlingResultMissing, ReplyUnknown],
});

const remind = operation({
  id: 'remindTask',
  method: 'POST',
  path: '/tasks/:taskId/reminders',
  tag,
  summary: { vi: 'Đôn đốc người xử lý', en: 'Urge the handler of a task' },
  permission: 'tasks.perform',
  idempotent: true,
  params,
  body: ReminderInput,
  response: { status: 201, schema: ReminderView },
  problems: acting,
});

@Controller()
export class TasksController {
  constructor(@Inject(TasksService) private readonly tasks: TasksService) {}

  @Operation(list)
  list({ query, actor }: Input<typeof list>) {
    return this.tasks.list(query, actor);
  }

  @Operation(get)
  get({ params, actor }: Input<typeof get>) {
    return this.tasks.get(params.taskId, actor);
  }

  @Operation(start)
  start({ params, actor }: Input<typeof start>) {
    return this.tasks.start(params.taskId, actor);
  }

  @Operation(complete)
  complete({ params, body, actor }: Input<typeof complete>) {
    return this.tasks.complete(params.taskId, body, actor);
  }

  @Operation(remind)
  remind({ params, body, actor }: Input<typeof remind>) {
    return this.tasks.remind(params.taskId, body, actor);
  }
}
