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
/** A text as a database can hold it; what is none, or too long for any use of it, is cut to what can. */
const text = (most: number) =>
  z.string().overwrite((value) => value.slice(0, most).replaceAll('\0', ' ').toWellFormed());

/**
 * What any partner may say of a package: all that can be written down is. Whether it is true is for the ledger to find out;
 * what is refused here leaves no row, no question to a clerk and no answer. An id and a receiver it has to have.
 */
const anyPackageRef = {
  packageId: packageRef.packageId,
  from: text(200).catch(''),
  to: text(200),
  objectKey: text(1000).catch(''),
  sha256: text(200).catch(''),
  sizeBytes: z.int().catch(0),
  sentAt: text(100).catch(''),
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
  accepts: z.object({ ...anyPackageRef, urgent: z.boolean().catch(false) }),
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
  accepts: z.object({ ...anyPackageRef, inReplyTo: id.nullable().catch(null) }),
  key: (data) => data.inReplyTo,
  example: { ...example, packageId: sample.id(9), inReplyTo: sample.id(3) },
});
