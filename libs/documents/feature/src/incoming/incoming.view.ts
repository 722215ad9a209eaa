import type { VerificationResult } from '@qlvb/documents-domain';
import type { z } from 'zod';
import { withoutKey } from '../outgoing/outgoing.view.ts';
import type { IncomingView } from './incoming.dto.ts';
import type { Handling, IncomingDocument } from './incoming.entity.ts';

const handlingView = ({ deadline, ...handling }: Handling) => ({
  ...handling,
  ...(deadline === undefined ? {} : { dueAt: deadline }),
});

export const incomingView = (document: IncomingDocument): z.input<typeof IncomingView> => ({
  documentId: document.id,
  version: document.version,
  packageId: document.packageId,
  state: document.state,
  senderCode: document.senderCode,
  senderName: document.senderName,
  documentType: document.documentType,
  documentCode: document.documentCode,
  issuedOn: document.issuedOn,
  subject: document.subject,
  signerName: document.signerName,
  signerPosition: document.signerPosition,
  urgency: document.urgency,
  replyDueOn: document.replyDueOn,
  files: document.files.map(withoutKey),
  findings: document.findings,
  arrivedAt: document.arrivedAt,
  verification: document.verification && {
    complete: document.verification.complete,
    intact: document.verification.intact,
    authentic: document.verification.authentic,
    falsified: document.verification.falsified,
    grounds: [...document.verification.grounds],
    // What was verified before reasons were kept has none.
    reasons: [...((document.verification as Partial<VerificationResult>).reasons ?? [])],
  },
  legalValue: document.legalValue,
  arrivalNumber: document.arrivalNumber,
  arrivedOn: document.arrivalDate,
  acceptedBy: document.acceptedBy,
  acceptedAt: document.acceptedAt,
  presentDueAt: document.presentBy,
  refusal: document.refusal,
  handling: handlingView(document.handling),
});
