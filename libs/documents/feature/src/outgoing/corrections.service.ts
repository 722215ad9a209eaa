import { Inject, Injectable } from '@nestjs/common';
import {
  DocumentsNotificationRequested,
  notificationRequest,
  OutgoingDocumentReopened,
  REPLACEMENT_OUTCOME_LABELS,
} from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { openCorrection, performOutgoingAct } from '@qlvb/documents-domain';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { rolesOf } from './outgoing-access.ts';
import type { CorrectionDecisionInput, CorrectionInput, OutgoingView } from './outgoing.dto.ts';
import { DraftVersionEntity, OutgoingDocument } from './outgoing.entities.ts';
import type { Correction } from './outgoing.entities.ts';
import { OutgoingNotFound } from './outgoing.problems.ts';
import { performedOn } from './outgoing-separations.ts';
import { eventBase, outgoingView } from './outgoing.view.ts';

type View = z.input<typeof OutgoingView>;

/** The way back of a numbered document whose main file proves unusable: it is drafted and signed again, the number stays. */
@Injectable()
export class CorrectionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * A newer proposal takes the place of an open one.
   *
   * @throws OutgoingNotFound, OutgoingActNotAllowed, ActNotYours
   * @source EX-NUM-3
   */
  propose(id: string, { reason }: z.output<typeof CorrectionInput>, actor: Actor): Promise<View> {
    return update(
      this.database,
      {
        entity: OutgoingDocument,
        id,
        missing: OutgoingNotFound,
        action: 'outgoing-document.correction-proposed',
        access: this.access.outgoing(actor),
      },
      async (document, tx, rights) => {
        document.state = performOutgoingAct(document.state, 'propose_correction', rolesOf(rights));
        const proposedBy = await this.directory.me();
        const { draftVersion, subject, documentCode, signer } = document;
        const proposedAt = tx.now.toISOString();
        document.correction = { draftVersion, reason, proposedBy, proposedAt, outcome: 'open', decision: null };
        const parameters = { subject, code: documentCode ?? '', proposer: proposedBy.fullName, reason };
        this.#notify(tx, 'correction-proposed', document, signer.userId, parameters);
        return outgoingView(document);
      },
    );
  }

  /**
   * The signer decides, as it is his signature that goes. What was signed stays with its version, marked as superseded; number,
   * date and what the register says stay with the document.
   *
   * @param ifMatch version of the document that was looked at: a newer proposal is not decided unseen
   * @throws OutgoingNotFound, OutgoingActNotAllowed, ActNotYours, CorrectionNotOpen, DutiesNotSeparate, VersionStale
   * @source EX-NUM-3
   * @source NĐ30-A11-2
   */
  decide(
    id: string,
    { outcome, comment }: z.output<typeof CorrectionDecisionInput>,
    ifMatch: number,
    actor: Actor,
  ): Promise<View> {
    return update(
      this.database,
      {
        entity: OutgoingDocument,
        id,
        missing: OutgoingNotFound,
        ifMatch,
        action: `outgoing-document.correction-${outcome}`,
        access: this.access.outgoing(actor),
      },
      async (document, tx, rights) => {
        const act = outcome === 'approved' ? 'approve_correction' : 'refuse_correction';
        const state = performOutgoingAct(document.state, act, rolesOf(rights));
        const proposal = openCorrection(document.correction);
        const by = await this.directory.me();
        assertSeparate('correction.decide', performedOn(document, []), { userId: by.userId });
        const decision = { by, at: tx.now.toISOString(), comment: comment ?? null };
        const correction: Correction = { ...proposal, outcome, decision };
        if (outcome === 'approved') await this.#reopen(document, tx, correction);
        Object.assign(document, { state, correction });
        const { subject, documentCode } = document;
        const decided = { decider: by.fullName, outcome: REPLACEMENT_OUTCOME_LABELS[outcome] };
        const parameters = { subject, code: documentCode ?? '', ...decided };
        this.#notify(tx, 'correction-decided', document, proposal.proposedBy.userId, parameters);
        return outgoingView(document);
      },
    );
  }

  async #reopen(document: OutgoingDocument, tx: Tx, { reason, proposedBy, decision }: Correction): Promise<void> {
    const { id: documentId, draftVersion, files, documentCode, attachmentReplacement } = document;
    const decidedBy = decision?.by ?? proposedBy;
    const reopenedAt = tx.now.toISOString();
    const superseded = { files, reason, proposedBy, decidedBy, supersededAt: reopenedAt };
    await tx.manager.update(DraftVersionEntity, { documentId, draftVersion }, { superseded: superseded as never });
    Object.assign(document, { signedAt: null, issueDeadline: null, agencySignedAt: null });
    if (attachmentReplacement?.outcome === 'open') {
      document.attachmentReplacement = { ...attachmentReplacement, outcome: 'lapsed' };
    }
    tx.publish(OutgoingDocumentReopened, {
      ...eventBase(document),
      documentCode: documentCode ?? '',
      draftVersion,
      reason,
      proposedBy,
      decidedBy,
      reopenedAt,
    });
  }

  #notify<const Kind extends 'correction-proposed' | 'correction-decided'>(
    tx: Tx,
    kind: Kind,
    { id, urgency }: OutgoingDocument,
    userId: string,
    parameters: Parameters<typeof notificationRequest<Kind>>[1]['parameters'],
  ): void {
    const about = { type: 'document', id };
    tx.publish(
      DocumentsNotificationRequested,
      notificationRequest(kind, { to: { userId }, about, urgency, parameters }),
    );
  }
}
