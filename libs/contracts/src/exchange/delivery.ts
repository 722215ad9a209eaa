import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { longValues } from './long-values.ts';
import { agencyCode, calendarDate, fileRef, id, instant, isUrgent, sample, shortText, urgency } from '../shapes.ts';

/** 3.6 of the exchange rules: `queued … send_failed` are the sender's own, the two-digit ones the receiver's. */
export const deliveryStatus = z.enum(['queued', 'sent', 'send_failed', '01', '02', '03', '04', '05', '06']);

export const DeliveryStatusChanged = defineEvent({
  type: 'exchange.delivery.status-changed.v1',
  topic: 'exchange.delivery',
  summary: 'A delivery of an outgoing document to one recipient moved on.',
  data: z.object({
    deliveryId: id,
    documentId: id,
    packageId: id,
    recipientId: id,
    recipientCode: agencyCode,
    recipientName: shortText,
    status: deliveryStatus,
    at: instant,
    reason: z.string().max(2000).optional(),
    by: z.string().max(200).optional(),
    /** Counts the changes of this delivery; the highest stands. */
    version: z.int().positive().optional(),
    /** Why it was not sent, for `send_failed`; stable. */
    reasonCode: z.string().max(60).optional(),
  }),
  key: (data) => data.documentId,
  example: {
    deliveryId: sample.id(8),
    documentId: sample.id(1),
    packageId: sample.id(3),
    recipientId: sample.id(700),
    recipientCode: 'H46.03',
    recipientName: 'Sở Nội vụ',
    status: '01',
    at: sample.at,
  },
});

/** UTF-16 units of the texts of `PackageReceived`; what is longer is whole in `longValues`. */
export const PACKAGE_RECEIVED_LIMITS = {
  senderCode: 35,
  senderName: 500,
  senderDocumentId: 200,
  documentType: 100,
  codeNumber: 50,
  codeNotation: 100,
  placeOfIssue: 100,
  subject: 500,
  signerName: 200,
  signerPosition: 200,
} as const;

export const PackageReceived = defineEvent({
  type: 'exchange.package.received.v1',
  topic: 'exchange.package',
  summary: 'A document package for an agency served here arrived and was unpacked; `agencyid` is the receiving agency.',
  data: z.object({
    packageId: id,
    senderCode: agencyCode,
    senderName: shortText,
    /** Identifier of the document given by its sender. */
    senderDocumentId: z.string().max(200),
    documentType: z.string().max(100),
    codeNumber: z.string().max(50),
    codeNotation: z.string().max(100),
    issuedOn: calendarDate.nullable(),
    placeOfIssue: z.string().max(100),
    subject: shortText,
    signerName: z.string().max(200),
    signerPosition: z.string().max(200),
    urgency,
    replyDueOn: calendarDate.nullable(),
    files: z.array(fileRef),
    /** Codes of what the tolerant reader noticed. */
    findings: z.array(z.string().max(200)),
    /** Those of the findings that make a part of the package unusable. */
    faults: z.array(z.string().max(200)).optional(),
    longValues,
    arrivedAt: instant,
  }),
  key: (data) => data.packageId,
  urgent: isUrgent,
  example: {
    packageId: sample.id(3),
    senderCode: 'H46.05',
    senderName: 'Sở Thông tin và Truyền thông',
    senderDocumentId: 'H46.05,2026,5',
    documentType: 'decision',
    codeNumber: '05',
    codeNotation: 'QĐ-STTTT',
    issuedOn: sample.date,
    placeOfIssue: 'Quảng Bình',
    subject: 'Ban hành Quy chế',
    signerName: 'Nguyễn Văn An',
    signerPosition: 'Giám đốc',
    urgency: 'normal',
    replyDueOn: null,
    files: [sample.file],
    findings: [],
    arrivedAt: sample.at,
  },
});
