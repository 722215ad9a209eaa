import { z } from 'zod';
import { defineEvent } from '../event.ts';
import {
  agencyCode,
  calendarDate,
  fileRef,
  id,
  instant,
  isUrgent,
  person,
  recipient,
  sample,
  shortText,
  urgency,
} from '../shapes.ts';

const topic = 'documents.outgoing-document';

/** What every event of an outgoing document says of it. */
const base = {
  documentId: id,
  subject: shortText,
  documentType: z.string().max(50),
  urgency,
  unitId: id,
  drafter: person,
  signer: person,
};
const baseExample = {
  documentId: sample.id(1),
  subject: 'Ban hành Quy chế quản lý, sử dụng hệ thống quản lý văn bản và điều hành',
  documentType: 'decision',
  urgency: 'normal' as const,
  unitId: sample.id(702),
  drafter: sample.person,
  signer: sample.person,
};
const key = (data: { documentId: string }): string => data.documentId;

export const OutgoingDocumentSubmitted = defineEvent({
  type: 'documents.outgoing-document.submitted.v1',
  topic,
  summary: 'The drafter submitted a draft (or a corrected one) for review.',
  data: z.object({ ...base, draftVersion: z.int().positive(), submittedAt: instant }),
  key,
  urgent: isUrgent,
  example: { ...baseExample, draftVersion: 1, submittedAt: sample.at },
});

export const OutgoingDocumentRevised = defineEvent({
  type: 'documents.outgoing-document.revised.v1',
  topic,
  summary: 'The drafter made a new version; checks and signatures of older versions no longer count.',
  data: z.object({
    ...base,
    draftVersion: z.int().positive(),
    revisedAt: instant,
    /** Whether it was submitted before: then who handles it has heard of it, or will. */
    submitted: z.boolean().optional(),
  }),
  key,
  urgent: isUrgent,
  example: { ...baseExample, draftVersion: 2, revisedAt: sample.at },
});

export const OutgoingDocumentChecked = defineEvent({
  type: 'documents.outgoing-document.checked.v1',
  topic,
  summary: 'The content (unit head) or the layout (person in charge of form) of a draft was passed or returned.',
  data: z.object({
    ...base,
    check: z.enum(['content', 'layout']),
    outcome: z.enum(['passed', 'returned']),
    comment: z.string().max(2000).optional(),
    checkedBy: person,
    checkedAt: instant,
    draftVersion: z.int().positive().optional(),
    /** The files as checked; the main one is what will be signed. */
    files: z.array(fileRef),
    /** How the signer signs: competence prefix and the post line as printed. */
    signerTitle: shortText,
  }),
  key,
  urgent: isUrgent,
  example: {
    ...baseExample,
    check: 'content',
    outcome: 'returned',
    comment: 'Bổ sung căn cứ pháp lý.',
    checkedBy: sample.person,
    checkedAt: sample.at,
    files: [sample.file],
    signerTitle: 'GIÁM ĐỐC',
  },
});

export const OutgoingDocumentSignatureRecorded = defineEvent({
  type: 'documents.outgoing-document.signature-recorded.v1',
  topic,
  summary: 'A personal or agency signature on the document was recorded and its state moved on.',
  data: z.object({
    ...base,
    signatureKind: z.enum(['personal', 'agency']),
    recordedAt: instant,
    /** When it was made, from which the issue counts. */
    signedAt: instant.optional(),
    /** `issueDeadline` by EX-ISSUE-1, known once the personal signature is there. */
    issueDeadline: instant,
  }),
  key,
  urgent: isUrgent,
  example: { ...baseExample, signatureKind: 'personal', recordedAt: sample.at, issueDeadline: sample.at },
});

export const OutgoingDocumentNumbered = defineEvent({
  type: 'documents.outgoing-document.numbered.v1',
  topic,
  summary: 'The clerk registered the signed document: number, symbol and date are final.',
  data: z.object({
    ...base,
    number: z.int().positive(),
    /** As printed after "Số:", for example `05/QĐ-STTTT`. */
    documentCode: shortText,
    issuedOn: calendarDate,
    /** As printed: place and date line. */
    placeAndDate: shortText,
    files: z.array(fileRef),
    numberedAt: instant,
  }),
  key,
  urgent: isUrgent,
  example: {
    ...baseExample,
    number: 5,
    documentCode: '05/QĐ-STTTT',
    issuedOn: sample.date,
    placeAndDate: 'Quảng Bình, ngày 23 tháng 11 năm 2026',
    files: [sample.file],
    numberedAt: sample.at,
  },
});

export const OutgoingDocumentAttachmentReplaced = defineEvent({
  type: 'documents.outgoing-document.attachment-replaced.v1',
  topic,
  summary:
    'An attachment of a numbered document was replaced before the agency signed; number, date and main file stay.',
  data: z.object({
    ...base,
    documentCode: shortText,
    /** Every file as it now is. */
    files: z.array(fileRef),
    decidedBy: person,
    replacedAt: instant,
  }),
  key,
  urgent: isUrgent,
  example: {
    ...baseExample,
    documentCode: '05/QĐ-STTTT',
    files: [sample.file],
    decidedBy: sample.person,
    replacedAt: sample.at,
  },
});

export const OutgoingDocumentReopened = defineEvent({
  type: 'documents.outgoing-document.reopened.v1',
  topic,
  summary:
    'A numbered document went back to its drafter because its main file is unusable; number and date stay, signatures are made anew.',
  data: z.object({
    ...base,
    documentCode: shortText,
    /** The version that is superseded. */
    draftVersion: z.int().positive(),
    reason: z.string().min(1).max(2000),
    proposedBy: person,
    decidedBy: person,
    reopenedAt: instant,
  }),
  key,
  urgent: isUrgent,
  example: {
    ...baseExample,
    documentCode: '05/QĐ-STTTT',
    draftVersion: 1,
    reason: 'Tệp đã ký bị thiếu trang cuối.',
    proposedBy: sample.person,
    decidedBy: sample.person,
    reopenedAt: sample.at,
  },
});

export const OutgoingDocumentCancelled = defineEvent({
  type: 'documents.outgoing-document.cancelled.v1',
  topic,
  summary: 'A draft was given up, or a number was cancelled before the agency signed; the document goes no further.',
  data: z.object({
    ...base,
    reason: z.string().min(1).max(2000),
    cancelledBy: person,
    cancelledAt: instant,
    /** The number that stays in the register as cancelled; absent when none was taken. */
    documentCode: shortText.optional(),
  }),
  key,
  urgent: isUrgent,
  example: {
    ...baseExample,
    reason: 'Trùng nội dung với văn bản đã ban hành.',
    cancelledBy: sample.person,
    cancelledAt: sample.at,
  },
});

export const OutgoingDocumentIssued = defineEvent({
  type: 'documents.outgoing-document.issued.v1',
  topic,
  summary: 'The document was issued: it goes to its recipients over the axis and can be filed.',
  data: z.object({
    ...base,
    number: z.int().positive(),
    codeNotation: shortText,
    documentCode: shortText,
    issuedOn: calendarDate,
    placeOfIssue: shortText,
    issuedAt: instant,
    issueDeadline: instant,
    issuedLate: z.boolean(),
    sender: z.object({ agencyId: id, agencyCode, name: shortText }),
    recipients: z.array(recipient).min(1),
    files: z.array(fileRef).min(1),
    pageCount: z.int().positive(),
    replyDueOn: calendarDate.optional(),
    /** How the signer signs (NĐ30-A13-1…4); absent for a head who signs as himself. */
    competence: z.enum(['TM', 'Q', 'KT', 'TL', 'TUQ']).optional(),
  }),
  key,
  urgent: isUrgent,
  example: {
    ...baseExample,
    number: 5,
    codeNotation: 'QĐ-STTTT',
    documentCode: '05/QĐ-STTTT',
    issuedOn: sample.date,
    placeOfIssue: 'Quảng Bình',
    issuedAt: sample.at,
    issueDeadline: sample.at,
    issuedLate: false,
    sender: { agencyId: sample.id(701), agencyCode: 'H46.05', name: 'Sở Thông tin và Truyền thông' },
    recipients: [sample.recipient],
    files: [sample.file],
    pageCount: 2,
  },
});
