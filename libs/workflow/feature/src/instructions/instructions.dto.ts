import { person } from '@qlvb/contracts';
import { asks, instant, pageQuery } from '@qlvb/platform-http';
import { z } from 'zod';

export const InstructionInput = z
  .object({
    documentId: z.uuid(),
    text: z.string().trim().min(1).max(500).describe('The instruction in words'),
    leadPostId: z.uuid().describe('Id of the post in charge'),
    coHandlerPostIds: z.array(z.uuid()).max(50).default([]).describe('Ids of the posts that help'),
    followUpPostId: z.uuid().optional().describe('Id of the post that watches over the work'),
    replacesInstructionId: z
      .uuid()
      .optional()
      .describe('Id of the instruction under way that this one takes the place of'),
    dueInWorkingDays: z.int().min(0).max(366).optional().describe('Due after this many working days'),
    dueOn: z.iso.date().optional().describe('Due at the end of this day; instead of a number of working days'),
  })
  .refine((input) => input.dueInWorkingDays === undefined || input.dueOn === undefined, {
    ...asks({ vi: 'Chỉ nêu một thời hạn.', en: 'State one deadline.' }),
    path: ['dueOn'],
  })
  .meta({ id: 'InstructionInput' });

export const InstructionQuery = z.object({ ...pageQuery, documentId: z.uuid() });

export const InstructionView = z
  .object({
    instructionId: z.uuid(),
    documentId: z.uuid(),
    text: z.string(),
    lead: person,
    coHandlers: z.array(person),
    followUp: person.nullable(),
    replacesInstructionId: z.uuid().nullable(),
    dueAt: instant(),
    issuedBy: person,
    issuedAt: instant(),
  })
  .meta({ id: 'Instruction' });
