import { asks, instant, pageQuery, searchText } from '@qlvb/platform-http';
import {
  codesOf,
  COMPETENCE_LABELS,
  DELIVERY_STATUS_LABELS,
  EARLIER_SIGNATURES_LABELS,
  fileRef,
  OUTGOING_ACT_LABELS,
  person,
  recipient,
  urgency,
} from '@qlvb/contracts';
import { OUTGOING_STATES, REPLACEMENT_OUTCOMES } from '@qlvb/documents-domain';
import { LIMITS } from '@qlvb/records';
import { z } from 'zod';
import { documentKindCode, fieldOfWork } from '../shapes.ts';

const competence = codesOf(COMPETENCE_LABELS);

export const OutgoingInput = z
  .object({
    documentType: documentKindCode,
    isNormative: z.boolean().default(false).describe('Whether it is a legal normative document'),
    subject: z.string().trim().min(1).max(LIMITS.text.subject).describe('What the document is about (`trích yếu`)'),
    urgency: urgency.default('normal'),
    leadUnitId: z.uuid().describe('Id of the unit in charge of drafting'),
    assignedByPostId: z.uuid().describe('Id of the post of who gives the drafting'),
    signerPostId: z.uuid().describe('Id of the post that signs'),
    competence: competence.default('none'),
    field: fieldOfWork.optional(),
    signerPosition: z
      .string()
      .trim()
      .min(1)
      .max(LIMITS.text.line)
      .describe('Position of the signer, as printed on the document'),
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
    notSecret: z.literal(true).describe('The drafter confirms that it holds no state secret'),
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

const FileEntry = fileRef
  .omit({ objectKey: true })
  .extend({ earlierSignatures: codesOf(EARLIER_SIGNATURES_LABELS).nullable() });

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
    attachmentId: z.uuid().describe('Id of the attachment that is replaced'),
    attachmentName: z.string(),
    file: FileEntry.describe('The file that takes its place'),
    reason: z.string(),
    proposedBy: person,
    proposedAt: instant(),
    outcome: z.enum(REPLACEMENT_OUTCOMES),
    decision: z.object({ by: person, at: instant(), comment: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'AttachmentReplacement' });

const CorrectionView = z
  .object({
    draftVersion: z.int().describe('The version whose main file is unusable'),
    reason: z.string(),
    proposedBy: person,
    proposedAt: instant(),
    outcome: z.enum(REPLACEMENT_OUTCOMES),
    decision: z.object({ by: person, at: instant(), comment: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Correction' });

export const OutgoingView = z
  .object({
    documentId: z.uuid(),
    version: z.int(),
    state: z.enum(OUTGOING_STATES),
    documentType: documentKindCode,
    isNormative: z.boolean(),
    subject: z.string(),
    urgency,
    leadUnitId: z.uuid(),
    assignedBy: person,
    drafter: person,
    signer: person,
    competence,
    field: z.string().nullable(),
    signerPosition: z.string(),
    recipients: z.array(recipient),
    replyDueOn: z.iso.date().nullable(),
    draftVersion: z.int(),
    files: z.array(FileEntry),
    number: z.int().nullable(),
    documentCode: z.string().nullable(),
    issuedOn: z.iso.date().nullable(),
    signedAt: instant().nullable(),
    issueDueAt: instant().nullable(),
    agencySignedAt: instant().nullable(),
    issuedAt: instant().nullable(),
    issuedLate: z.boolean().nullable(),
    cancellation: z
      .object({ reason: z.string(), by: person, at: instant() })
      .nullable()
      .describe('How the draft or its number was cancelled; null when it was not'),
    attachmentReplacement: AttachmentReplacementView.nullable().describe(
      'The last proposal to replace an attachment after the number was given; null when there was none',
    ),
    correction: CorrectionView.nullable().describe(
      'The last proposal to correct the main file of the numbered document, its number kept',
    ),
    createdAt: instant(),
  })
  .meta({ id: 'OutgoingDocument' });

export const OutgoingDetail = OutgoingView.extend({
  allowedActs: z.array(codesOf(OUTGOING_ACT_LABELS)),
  reviews: z.array(ReviewView),
  versions: z.array(
    z.object({
      draftVersion: z.int(),
      createdAt: instant(),
      author: person,
      files: z.array(FileEntry),
      superseded: z
        .object({
          files: z.array(FileEntry).describe('As they were signed'),
          reason: z.string(),
          proposedBy: person,
          decidedBy: person,
          supersededAt: instant(),
        })
        .nullable()
        .describe('That this version was signed, numbered, and another one took its place'),
    }),
  ),
  deliveries: z.array(
    z.object({
      deliveryId: z.uuid(),
      recipientName: z.string(),
      recipientCode: z.string(),
      status: codesOf(DELIVERY_STATUS_LABELS),
      at: instant(),
      reason: z.string().nullable(),
    }),
  ),
}).meta({ id: 'OutgoingDocumentDetail' });

export const OutgoingQuery = z.object({
  ...pageQuery,
  state: z.enum(OUTGOING_STATES).optional(),
  year: z.int().min(2000).max(2100).optional(),
  query: searchText(LIMITS.text.search)
    .optional()
    .describe('Words of the subject or the document code, with or without marks'),
});

export const ReviewInput = z
  .object({ outcome: z.enum(['passed', 'returned']), comment: z.string().trim().max(LIMITS.text.note).optional() })
  .meta({ id: 'ReviewInput' });

export const CancellationInput = z
  .object({ reason: z.string().trim().min(1).max(LIMITS.text.note).describe('Why it is cancelled') })
  .meta({ id: 'CancellationInput' });

export const ReplacementInput = z
  .object({
    attachmentId: z.uuid().describe('Id of the attachment that is replaced'),
    fileId: z.uuid().describe('Id of the file that takes its place'),
    reason: z.string().trim().min(1).max(LIMITS.text.statement).describe('Why the file is replaced'),
  })
  .meta({ id: 'AttachmentReplacementInput' });

export const CorrectionInput = z
  .object({
    reason: z.string().trim().min(1).max(LIMITS.text.statement).describe('Why the main file has to be corrected'),
  })
  .meta({ id: 'CorrectionInput' });

export const CorrectionDecisionInput = z
  .object({
    outcome: z.enum(['approved', 'refused']).describe('Whether the document goes back to be corrected'),
    comment: z.string().trim().max(LIMITS.text.statement).optional(),
  })
  .meta({ id: 'CorrectionDecisionInput' });

export const ReplacementDecisionInput = z
  .object({
    outcome: z.enum(['approved', 'refused']).describe('Whether the attachment is replaced'),
    comment: z.string().trim().max(LIMITS.text.statement).optional(),
  })
  .meta({ id: 'AttachmentReplacementDecisionInput' });
