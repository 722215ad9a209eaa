import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { agencyCode, id, instant, sample } from '../shapes.ts';

/** An edXML package by claim check. */
const packageRef = {
  packageId: id,
  from: agencyCode,
  to: agencyCode,
  objectKey: z.string().min(1).max(300),
  sha256: z.hex().length(64),
  sizeBytes: z.int().positive(),
  sentAt: instant,
};
const example = {
  packageId: sample.id(3),
  from: 'H46.05',
  to: 'H46.03',
  objectKey: sample.file.objectKey,
  sha256: sample.file.sha256,
  sizeBytes: 200_000,
  sentAt: sample.at,
};

export const AxisDocumentPackage = defineEvent({
  type: 'axis.document-package.sent.v1',
  topic: 'axis.document-package',
  summary: 'An edXML document package on the provincial axis, for one receiver.',
  data: z.object({ ...packageRef, urgent: z.boolean() }),
  key: (data) => data.packageId,
  urgent: (data) => data.urgent,
  example: { ...example, urgent: false },
});

export const AxisStatusPackage = defineEvent({
  type: 'axis.status-package.sent.v1',
  topic: 'axis.status-package',
  summary: 'An edXML status package on the provincial axis, from the receiver of a document back to its sender.',
  data: z.object({
    ...packageRef,
    /** The document package it answers; keeps the statuses of one delivery in order. */
    inReplyTo: id,
  }),
  key: (data) => data.inReplyTo,
  example: { ...example, packageId: sample.id(9), inReplyTo: sample.id(3) },
});
