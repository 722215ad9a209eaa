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
  sample,
  shortText,
  urgency,
} from '../shapes.ts';

const topic = 'documents.incoming-document';

const base = {
  /** Id of the incoming document in the receiving agency. */
  documentId: id,
  /** The package it came in; the key to the delivery on the other side. */
  packageId: id,
  subject: shortText,
  urgency,
  senderCode: agencyCode,
  senderName: shortText,
};
const baseExample = {
  documentId: sample.id(2),
  packageId: sample.id(3),
  subject: 'Ban hành Quy chế quản lý, sử dụng hệ thống quản lý văn bản và điều hành',
  urgency: 'normal' as const,
  senderCode: 'H46.05',
  senderName: 'Sở Thông tin và Truyền thông',
};
const key = (data: { documentId: string }): string => data.documentId;

export const IncomingDocumentArrived = defineEvent({
  type: 'documents.incoming-document.arrived.v1',
  topic,
  summary: 'A document arrived in the receiving agency and waits for verification and the clerk.',
  data: z.object({
    ...base,
    arrivedAt: instant,
    files: z.array(fileRef),
    /** Position of the signer as the sender states it. */
    signerPosition: z.string().max(200).optional(),
  }),
  key,
  urgent: isUrgent,
  example: { ...baseExample, arrivedAt: sample.at, files: [sample.file] },
});

export const IncomingDocumentAccepted = defineEvent({
  type: 'documents.incoming-document.accepted.v1',
  topic,
  summary: 'The clerk registered the document: it has an arrival number and may be worked on.',
  data: z.object({
    ...base,
    arrivalNumber: z.int().positive(),
    arrivalDate: calendarDate,
    acceptedAt: instant,
    acceptedBy: person,
    legalValue: z.enum(['binding', 'reference']),
    documentCode: z.string().max(100),
    documentType: z.string().max(100),
    issuedOn: calendarDate.nullable(),
    presentBy: instant,
    files: z.array(fileRef),
  }),
  key,
  urgent: isUrgent,
  example: {
    ...baseExample,
    arrivalNumber: 17,
    arrivalDate: sample.date,
    acceptedAt: sample.at,
    acceptedBy: sample.person,
    legalValue: 'binding',
    documentCode: '05/QĐ-STTTT',
    documentType: 'decision',
    issuedOn: sample.date,
    presentBy: sample.at,
    files: [sample.file],
  },
});

export const IncomingDocumentRefused = defineEvent({
  type: 'documents.incoming-document.refused.v1',
  topic,
  summary: 'The clerk returned the document to its sender with a reason.',
  data: z.object({
    ...base,
    reasonCode: z.string().max(40),
    reason: z.string().min(1).max(2000),
    refusedAt: instant,
    refusedBy: person,
  }),
  key,
  urgent: isUrgent,
  example: {
    ...baseExample,
    reasonCode: 'WRONG_RECIPIENT',
    reason: 'Nội dung không thuộc thẩm quyền giải quyết.',
    refusedAt: sample.at,
    refusedBy: sample.person,
  },
});
