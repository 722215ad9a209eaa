import { ACCESS_GROUNDS, ACCESS_KINDS, ACCESS_RIGHTS, person, PRINCIPAL_KINDS } from '@qlvb/contracts';
import { instant, pageQuery } from '@qlvb/platform-http';
import { LIMITS } from '@qlvb/records';
import { z } from 'zod';

export const ACCESS_RIGHT_STATES = ['waiting', 'held', 'ended'] as const;

export const AccessRightView = z
  .object({
    accessRightId: z.uuid(),
    documentKind: z.enum(ACCESS_KINDS),
    documentId: z.uuid(),
    subject: z.string().describe('Trích yếu của văn bản'),
    principalKind: z.enum(PRINCIPAL_KINDS).describe('Cá nhân, chức vụ, đơn vị hoặc cơ quan'),
    principalId: z.uuid(),
    principalName: z.string().nullable().describe('Tên người hoặc đơn vị'),
    right: z.enum(ACCESS_RIGHTS).describe('Mọi quyền đều gồm quyền xem'),
    ground: z.enum(ACCESS_GROUNDS).describe('Căn cứ có quyền'),
    state: z.enum(ACCESS_RIGHT_STATES).describe('Chờ xác nhận, đang có hiệu lực hoặc đã hết hiệu lực'),
    reason: z.string().nullable().describe('Lý do cho xem'),
    givenBy: person.nullable().describe('Người đề nghị; không có khi quyền do quy trình trao'),
    validFrom: instant(),
    validUntil: instant().nullable(),
    confirmedBy: person.nullable(),
    confirmedAt: instant().nullable(),
    endedBy: person.nullable(),
    endedAt: instant().nullable(),
    endReason: z.string().nullable().describe('Lý do từ chối hoặc thu hồi'),
  })
  .meta({ id: 'AccessRight' });

const reason = z.string().trim().min(1).max(LIMITS.text.note);

export const AccessRightInput = z
  .object({
    postId: z.uuid().describe('Người được xem văn bản'),
    reason: reason.describe('Lý do cho xem'),
  })
  .meta({ id: 'AccessRightInput' });

export const AccessRightEndInput = z
  .object({ reason: reason.describe('Lý do từ chối hoặc thu hồi') })
  .meta({ id: 'AccessRightEndInput' });

export const AccessRightQuery = z.object(pageQuery);
