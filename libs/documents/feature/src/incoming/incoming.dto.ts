import { instant, pageQuery, searchText } from '@qlvb/platform-http';
import { codesOf, fileRef, INCOMING_ACT_LABELS, person, REFUSAL_GROUND_LABELS, urgency } from '@qlvb/contracts';
import { INCOMING_STATES, VERIFICATION_REASONS } from '@qlvb/documents-domain';
import { LIMITS } from '@qlvb/records';
import { z } from 'zod';

const refusalCode = codesOf(REFUSAL_GROUND_LABELS);

export const IncomingView = z
  .object({
    documentId: z.uuid(),
    version: z.int(),
    packageId: z.uuid(),
    state: z.enum(INCOMING_STATES),
    senderCode: z.string(),
    senderName: z.string(),
    documentType: z.string(),
    documentCode: z.string(),
    issuedOn: z.iso.date().nullable(),
    subject: z.string(),
    signerName: z.string(),
    signerPosition: z.string(),
    urgency,
    replyDueOn: z.iso.date().nullable(),
    files: z.array(fileRef.omit({ objectKey: true })),
    findings: z.array(z.string()),
    arrivedAt: instant(),
    verification: z
      .object({
        complete: z.boolean(),
        intact: z.boolean(),
        authentic: z.boolean(),
        falsified: z.boolean(),
        grounds: z.array(refusalCode),
        reasons: z.array(z.enum(VERIFICATION_REASONS)).describe('Why authenticity or integrity is not proved'),
      })
      .nullable()
      .describe('What the checks of completeness, integrity and authenticity found; null until they are done'),
    legalValue: z.enum(['binding', 'reference']).nullable(),
    arrivalNumber: z.int().nullable(),
    arrivedOn: z.iso.date().nullable(),
    acceptedBy: person.nullable(),
    acceptedAt: instant().nullable(),
    presentDueAt: instant().nullable(),
    refusal: z
      .object({ reasonCode: refusalCode, reason: z.string(), refusedBy: person, refusedAt: instant() })
      .nullable(),
    handling: z.object({
      lead: z.string().optional(),
      dueAt: instant().optional(),
      startedAt: instant().optional(),
      completedAt: instant().optional(),
      result: z.string().optional(),
    }),
  })
  .meta({ id: 'IncomingDocument' });

export const IncomingDetail = IncomingView.extend({
  allowedActs: z.array(codesOf(INCOMING_ACT_LABELS)),
  possibleDuplicates: z.array(
    z.object({ documentId: z.uuid(), arrivalNumber: z.int().nullable(), documentCode: z.string() }),
  ),
}).meta({ id: 'IncomingDocumentDetail' });

export const IncomingQuery = z.object({
  ...pageQuery,
  state: z.enum(INCOMING_STATES).optional(),
  year: z.int().min(2000).max(2100).optional(),
  query: searchText(LIMITS.text.search)
    .optional()
    .describe('Words of the subject, the document code or the sender, with or without marks'),
});

export const AcceptanceInput = z
  .object({
    asReference: z.boolean().default(false).describe('Take it for reference only, where the signatures prove nothing'),
    notDuplicate: z.boolean().default(false).describe('The clerk confirms that it is none of the registered documents'),
  })
  .meta({ id: 'AcceptanceInput' });

export const RefusalInput = z
  .object({
    reasonCode: refusalCode,
    reason: z.string().trim().min(1).max(LIMITS.text.note),
  })
  .meta({ id: 'RefusalInput' });
