import { shortened } from '@qlvb/contracts';
import type { IncomingDocument } from './incoming.entity.ts';

/** What every event of an incoming document says of it, within the limits that were published; the row has it whole. */
export const incomingEventBase = ({ id, packageId, subject, urgency, senderCode, senderName }: IncomingDocument) => ({
  documentId: id,
  packageId,
  subject: shortened(subject, 500),
  urgency,
  senderCode: shortened(senderCode, 35),
  senderName: shortened(senderName, 500),
});
