import { codesOf, person, PROCESS_ROLE_LABELS, TASK_STEP_LABELS, urgency } from '@qlvb/contracts';
import { instant, pageQuery } from '@qlvb/platform-http';
import { z } from 'zod';

export const TASK_STATES = ['open', 'in_progress', 'completed', 'closed'] as const;

export const TaskView = z
  .object({
    taskId: z.uuid(),
    version: z.int(),
    documentId: z.uuid(),
    step: codesOf(TASK_STEP_LABELS),
    title: z.string(),
    subject: z.string(),
    urgency,
    assigneeId: z.uuid().nullable(),
    assigneeName: z.string().nullable(),
    role: codesOf(PROCESS_ROLE_LABELS).nullable(),
    instructionId: z.uuid().nullable(),
    state: z.enum(TASK_STATES),
    dueAt: instant(),
    overdue: z.boolean(),
    createdAt: instant(),
    startedAt: instant().nullable(),
    endedAt: instant().nullable(),
    endedBy: person.nullable(),
    result: z.string().nullable(),
  })
  .meta({ id: 'Task' });

export const TaskQuery = z.object({
  ...pageQuery,
  state: z.enum(TASK_STATES).optional(),
  documentId: z.uuid().optional(),
  overdue: z
    .enum(['true', 'false'])
    .optional()
    .describe('Only what is later than it should be, open or done; or only the rest'),
  scope: z.enum(['mine', 'followed']).default('mine').describe('Tasks of the caller, or those that he gave or follows'),
  order: z.enum(['newest', 'due']).default('newest').describe('The newest first, or what is due first'),
});

export const CompletionInput = z
  .object({ result: z.string().trim().min(1).max(500), replyDocumentId: z.uuid().optional() })
  .meta({ id: 'TaskCompletionInput' });

export const ReminderInput = z.object({ text: z.string().trim().min(1).max(300) }).meta({ id: 'TaskReminderInput' });

export const ReminderView = z
  .object({ notificationId: z.uuid(), taskId: z.uuid(), text: z.string(), remindedBy: person, remindedAt: instant() })
  .meta({ id: 'TaskReminder' });
