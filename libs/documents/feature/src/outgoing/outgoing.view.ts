import type { DataOf, OutgoingDocumentSubmitted } from '@qlvb/contracts';
import { shownCorrection, shownOutcome } from '@qlvb/documents-domain';
import type { z } from 'zod';
import type { OutgoingView } from './outgoing.dto.ts';
import type { DraftFile, OutgoingDocument } from './outgoing.entities.ts';

type View = z.input<typeof OutgoingView>;

export const outgoingView = (document: OutgoingDocument): View => ({
  documentId: document.id,
  version: document.version,
  state: document.state,
  documentType: document.documentType,
  isNormative: document.isNormative,
  subject: document.subject,
  urgency: document.urgency,
  leadUnitId: document.leadUnitId,
  assignedBy: document.assignedBy,
  drafter: document.drafter,
  signer: document.signer,
  competence: document.competence,
  field: document.field,
  signerPosition: document.signerTitle,
  recipients: document.recipients,
  replyDueOn: document.replyDueOn,
  draftVersion: document.draftVersion,
  files: document.files.map(fileView),
  number: document.number,
  documentCode: document.documentCode,
  issuedOn: document.issuedOn,
  signedAt: document.signedAt,
  issueDueAt: document.issueDeadline,
  agencySignedAt: document.agencySignedAt,
  issuedAt: document.issuedAt,
  issuedLate: document.issuedLate,
  cancellation: document.cancellation && { ...document.cancellation, at: new Date(document.cancellation.at) },
  attachmentReplacement: replacementView(document),
  correction: correctionView(document),
  createdAt: document.createdAt,
});

function replacementView({ attachmentReplacement, state }: OutgoingDocument): View['attachmentReplacement'] {
  if (!attachmentReplacement) return null;
  const { file, proposedAt, outcome, decision, ...rest } = attachmentReplacement;
  return {
    ...rest,
    file: fileView(file),
    proposedAt: new Date(proposedAt),
    outcome: shownOutcome(outcome, state),
    decision: decision && { ...decision, at: new Date(decision.at) },
  };
}

function correctionView({ correction, state }: OutgoingDocument): View['correction'] {
  if (!correction) return null;
  const { proposedAt, outcome, decision, ...rest } = correction;
  return {
    ...rest,
    proposedAt: new Date(proposedAt),
    outcome: shownCorrection(outcome, state),
    decision: decision && { ...decision, at: new Date(decision.at) },
  };
}

export const fileView = ({ earlierSignatures, ...file }: DraftFile): View['files'][number] => ({
  ...withoutKey(file),
  earlierSignatures: earlierSignatures ?? null,
});

export const withoutKey = <F extends { objectKey: string }>({ objectKey, ...file }: F): Omit<F, 'objectKey'> => file;

/** What every event of an outgoing document says. */
export const eventBase = (
  document: OutgoingDocument,
): Omit<DataOf<typeof OutgoingDocumentSubmitted>, 'draftVersion' | 'submittedAt'> => ({
  documentId: document.id,
  subject: document.subject,
  documentType: document.documentType,
  urgency: document.urgency,
  unitId: document.leadUnitId,
  drafter: document.drafter,
  signer: document.signer,
});
