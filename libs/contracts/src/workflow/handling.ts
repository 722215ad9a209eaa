import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { id, instant, person, sample, shortText } from '../shapes.ts';

const topic = 'workflow.handling';
const key = (data: { documentId: string }): string => data.documentId;
const base = { documentId: id, packageId: id };
const baseExample = { documentId: sample.id(2), packageId: sample.id(3) };

export const InstructionIssued = defineEvent({
  type: 'workflow.instruction.issued.v1',
  topic,
  summary: 'The leader directed an incoming document: one lead, co-handlers, deadline (NĐ30-A23-3).',
  data: z.object({
    ...base,
    instructionId: id,
    text: shortText,
    lead: person,
    coHandlers: z.array(person),
    deadline: instant,
    issuedBy: person,
    issuedAt: instant,
  }),
  key,
  example: {
    ...baseExample,
    instructionId: sample.id(4),
    text: 'Giao Phòng Văn hóa và Thông tin tham mưu triển khai.',
    lead: sample.person,
    coHandlers: [],
    deadline: sample.at,
    issuedBy: sample.person,
    issuedAt: sample.at,
  },
});

export const HandlingStarted = defineEvent({
  type: 'workflow.handling.started.v1',
  topic,
  summary: 'The lead handler began to work on the document.',
  data: z.object({ ...base, taskId: id, by: person, startedAt: instant }),
  key,
  example: { ...baseExample, taskId: sample.id(5), by: sample.person, startedAt: sample.at },
});

export const HandlingCompleted = defineEvent({
  type: 'workflow.handling.completed.v1',
  topic,
  summary: 'The lead handler finished; the document counts as handled.',
  data: z.object({
    ...base,
    taskId: id,
    by: person,
    result: shortText,
    replyDocumentId: id.optional(),
    completedAt: instant,
    onTime: z.boolean(),
  }),
  key,
  example: {
    ...baseExample,
    taskId: sample.id(5),
    by: sample.person,
    result: 'Đã ban hành kế hoạch triển khai.',
    completedAt: sample.at,
    onTime: true,
  },
});
