import { person } from '@qlvb/contracts';
import { instant, pageQuery } from '@qlvb/platform-http';
import { LIMITS } from '@qlvb/records';
import { z } from 'zod';
import { documentKindCode, fieldOfWork } from '../shapes.ts';

const form = z
  .enum(['for_head', 'by_order', 'by_authority'])
  .describe('Ký thay trong lĩnh vực được phân công (KT.), thừa lệnh (TL.), thừa ủy quyền (TUQ.)');

export const SigningGrantInput = z
  .object({
    form,
    granteePostId: z.uuid().describe('Người được giao ký'),
    kinds: z.array(documentKindCode).max(29).default([]).describe('Tên loại; rỗng là mọi loại'),
    field: fieldOfWork.optional(),
    from: z.iso.date(),
    until: z.iso.date().optional(),
    document: z
      .string()
      .trim()
      .min(1)
      .max(LIMITS.text.line)
      .optional()
      .describe('Văn bản ủy quyền hoặc quy chế làm việc'),
  })
  .meta({ id: 'SigningGrantInput' });

export const SigningGrantView = z
  .object({
    grantId: z.uuid(),
    form,
    grantee: person,
    grantedBy: person,
    kinds: z.array(z.string()),
    field: z.string().nullable(),
    from: z.iso.date(),
    until: z.iso.date().nullable(),
    document: z.string().nullable(),
    revocation: z.object({ reason: z.string(), by: person, at: instant() }).nullable(),
  })
  .meta({ id: 'SigningGrant' });

export const SigningGrantQuery = z.object(pageQuery);

export const RevocationInput = z
  .object({ reason: z.string().trim().min(1).max(LIMITS.text.note).describe('Lý do thu hồi') })
  .meta({ id: 'SigningGrantRevocationInput' });

export const SigningAuthorityQuery = z.object({
  documentType: documentKindCode.describe('Tên loại văn bản'),
  field: fieldOfWork.optional(),
});

export const SigningAuthorityView = z
  .object({
    capacity: z.enum(['own', 'acting', 'for_head', 'by_order', 'by_authority']),
    competence: z.enum(['none', 'TM', 'Q', 'KT', 'TL', 'TUQ']).describe('Giá trị khai trong dự thảo'),
    lines: z.array(z.string()).describe('Các dòng in trên chữ ký'),
  })
  .meta({ id: 'SigningAuthority' });
