import { person } from '@qlvb/contracts';
import { asks, instant } from '@qlvb/platform-http';
import { z } from 'zod';

export const InstructionInput = z
  .object({
    documentId: z.uuid(),
    text: z.string().trim().min(1).max(500).describe('Ý kiến chỉ đạo'),
    leadPostId: z.uuid().describe('Chủ trì'),
    coHandlerPostIds: z.array(z.uuid()).max(50).default([]).describe('Phối hợp'),
    followUpPostId: z.uuid().optional().describe('Theo dõi, đôn đốc'),
    replacesInstructionId: z.uuid().optional().describe('Ý kiến chỉ đạo đang thực hiện được thay thế khi giao lại'),
    deadlineWorkingDays: z.int().min(0).max(366).optional().describe('Thời hạn tính bằng ngày làm việc'),
    deadlineOn: z.iso.date().optional().describe('Hoặc hạn đến hết ngày'),
  })
  .refine((input) => input.deadlineWorkingDays === undefined || input.deadlineOn === undefined, {
    ...asks({ vi: 'Chỉ nêu một thời hạn.', en: 'State one deadline.' }),
    path: ['deadlineOn'],
  })
  .meta({ id: 'InstructionInput' });

export const InstructionView = z
  .object({
    instructionId: z.uuid(),
    documentId: z.uuid(),
    text: z.string(),
    lead: person,
    coHandlers: z.array(person),
    followUp: person.nullable(),
    replacesInstructionId: z.uuid().nullable(),
    deadline: instant(),
    issuedBy: person,
    issuedAt: instant(),
  })
  .meta({ id: 'Instruction' });
