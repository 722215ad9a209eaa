import { asks, instant, pageQuery, searchText } from '@qlvb/platform-http';
import { fileRef, person, recipient, urgency } from '@qlvb/contracts';
import { OUTGOING_STATES, REPLACEMENT_OUTCOMES } from '@qlvb/documents-domain';
import { LIMITS } from '@qlvb/records';
import { z } from 'zod';
import { documentKindCode, fieldOfWork } from '../shapes.ts';

export const OutgoingInput = z
  .object({
    documentType: documentKindCode,
    isNormative: z.boolean().default(false).describe('Văn bản quy phạm pháp luật'),
    subject: z.string().trim().min(1).max(LIMITS.text.subject).describe('Trích yếu nội dung'),
    urgency: urgency.default('normal'),
    leadUnitId: z.uuid().describe('Đơn vị chủ trì soạn thảo'),
    assignedByPostId: z.uuid().describe('Người giao soạn thảo'),
    signerPostId: z.uuid().describe('Người có thẩm quyền ký'),
    competence: z.enum(['none', 'TM', 'Q', 'KT', 'TL', 'TUQ']).default('none'),
    field: fieldOfWork.optional(),
    signerTitle: z.string().trim().min(1).max(LIMITS.text.line).describe('Chức vụ in trên văn bản'),
    recipients: z
      .array(
        z.object({
          agencyId: z.uuid().optional(),
          name: z.string().trim().min(1).max(LIMITS.text.line).optional(),
        }),
      )
      .min(1)
      .max(LIMITS.document.recipients),
    mainFileId: z.uuid(),
    attachmentFileIds: z.array(z.uuid()).max(LIMITS.document.attachments).default([]),
    replyDueOn: z.iso.date().optional(),
    notSecret: z.literal(true).describe('Xác nhận không thuộc bí mật nhà nước'),
  })
  .refine(
    ({ mainFileId, attachmentFileIds }) =>
      new Set([mainFileId, ...attachmentFileIds]).size === attachmentFileIds.length + 1,
    {
      ...asks({ vi: 'Một tệp chỉ được nêu một lần.', en: 'A file is named once.' }),
      path: ['attachmentFileIds'],
    },
  )
  .meta({ id: 'OutgoingDocumentInput' });

const FileEntry = fileRef.omit({ objectKey: true });

export const ReviewView = z
  .object({
    check: z.enum(['content', 'layout']),
    outcome: z.enum(['passed', 'returned']),
    comment: z.string().nullable(),
    draftVersion: z.int(),
    checkedBy: person,
    checkedAt: instant(),
  })
  .meta({ id: 'Review' });

const AttachmentReplacementView = z
  .object({
    attachmentId: z.uuid().describe('Tệp đính kèm được thay'),
    attachmentName: z.string(),
    file: FileEntry.describe('Tệp thay thế'),
    reason: z.string(),
    proposedBy: person,
    proposedAt: instant(),
    outcome: z.enum(REPLACEMENT_OUTCOMES),
    decision: z.object({ by: person, at: instant(), comment: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'AttachmentReplacement' });

export const OutgoingView = z
  .object({
    documentId: z.uuid(),
    version: z.int(),
    state: z.enum(OUTGOING_STATES),
    documentType: z.string(),
    isNormative: z.boolean(),
    subject: z.string(),
    urgency,
    leadUnitId: z.uuid(),
    assignedBy: person,
    drafter: person,
    signer: person,
    competence: z.string(),
    field: z.string().nullable(),
    signerTitle: z.string(),
    recipients: z.array(recipient),
    replyDueOn: z.iso.date().nullable(),
    draftVersion: z.int(),
    files: z.array(FileEntry),
    number: z.int().nullable(),
    documentCode: z.string().nullable(),
    issuedOn: z.iso.date().nullable(),
    signedAt: instant().nullable(),
    issueDeadline: instant().nullable(),
    agencySignedAt: instant().nullable(),
    issuedAt: instant().nullable(),
    issuedLate: z.boolean().nullable(),
    cancellation: z
      .object({ reason: z.string(), by: person, at: instant() })
      .nullable()
      .describe('Lý do hủy dự thảo hoặc hủy số; để trống khi không hủy'),
    attachmentReplacement: AttachmentReplacementView.nullable().describe(
      'Đề nghị gần nhất về việc thay một tệp đính kèm sau khi cấp số',
    ),
    createdAt: instant(),
  })
  .meta({ id: 'OutgoingDocument' });

export const OutgoingDetail = OutgoingView.extend({
  allowedActs: z.array(z.string()),
  reviews: z.array(ReviewView),
  versions: z.array(
    z.object({ draftVersion: z.int(), createdAt: instant(), author: person, files: z.array(FileEntry) }),
  ),
  deliveries: z.array(
    z.object({
      deliveryId: z.uuid(),
      recipientName: z.string(),
      recipientCode: z.string(),
      status: z.string(),
      at: instant(),
      reason: z.string().nullable(),
    }),
  ),
}).meta({ id: 'OutgoingDocumentDetail' });

export const OutgoingQuery = z.object({
  ...pageQuery,
  state: z.enum(OUTGOING_STATES).optional(),
  year: z.int().min(2000).max(2100).optional(),
  query: searchText(LIMITS.text.search).optional().describe('Tìm trong trích yếu và số ký hiệu, có dấu hoặc không dấu'),
});

export const ReviewInput = z
  .object({ outcome: z.enum(['passed', 'returned']), comment: z.string().trim().max(LIMITS.text.note).optional() })
  .meta({ id: 'ReviewInput' });

export const CancellationInput = z
  .object({ reason: z.string().trim().min(1).max(LIMITS.text.note).describe('Lý do hủy') })
  .meta({ id: 'CancellationInput' });

export const ReplacementInput = z
  .object({
    attachmentId: z.uuid().describe('Tệp đính kèm được thay'),
    fileId: z.uuid().describe('Tệp thay thế'),
    reason: z.string().trim().min(1).max(LIMITS.text.statement).describe('Lý do thay tệp'),
  })
  .meta({ id: 'AttachmentReplacementInput' });

export const ReplacementDecisionInput = z
  .object({
    outcome: z.enum(['approved', 'refused']).describe('Đồng ý hoặc không đồng ý thay tệp'),
    comment: z.string().trim().max(LIMITS.text.statement).optional(),
  })
  .meta({ id: 'AttachmentReplacementDecisionInput' });

export const Nothing = z.object({}).meta({ id: 'Nothing' });

export const LayoutReport = z
  .object({
    pageCount: z.int(),
    findings: z.array(
      z.object({ ruleId: z.string(), severity: z.string(), page: z.int().nullable(), message: z.string() }),
    ),
  })
  .meta({ id: 'LayoutReport' });
