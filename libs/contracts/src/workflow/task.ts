import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { id, instant, sample, shortText } from '../shapes.ts';

export const TaskChanged = defineEvent({
  type: 'workflow.task.changed.v1',
  topic: 'workflow.task',
  summary: 'A task was made, started, completed or cancelled; carries its whole present state.',
  data: z.object({
    taskId: id,
    documentId: id,
    step: z.string().max(60),
    title: shortText,
    assigneeId: id.nullable(),
    role: z.string().max(50).nullable(),
    state: z.enum(['open', 'in_progress', 'completed', 'cancelled']),
    dueAt: instant.nullable(),
  }),
  key: (data) => data.taskId,
  example: {
    taskId: sample.id(5),
    documentId: sample.id(2),
    step: 'handle',
    title: 'Chủ trì giải quyết văn bản đến',
    assigneeId: sample.id(800),
    role: null,
    state: 'open',
    dueAt: sample.at,
  },
});
