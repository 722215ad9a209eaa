import { Inject, Injectable } from '@nestjs/common';
import { OutgoingDocumentReopened, REPLACEMENT_OUTCOME_LABELS } from '@qlvb/contracts';
import { openCorrection } from '@qlvb/documents-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { FileProposals } from './file-proposals.ts';
import type { CorrectionDecisionInput, CorrectionInput, OutgoingView } from './outgoing.dto.ts';
import { DraftVersionEntity, OutgoingDocument } from './outgoing.entities.ts';
import type { Correction } from './outgoing.entities.ts';
import { OutgoingNotFound } from './outgoing.problems.ts';
import { eventBase, outgoingView } from './outgoing.view.ts';

type View = z.input<typeof OutgoingView>;

/** The way back of a numbered document whose main file proves unusable: it is drafted and signed again, the number stays. */
@Injectable()
export class CorrectionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
    @Inject(FileProposals) private readonly proposals: FileProposals,
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
        const proposal = await this.proposals.proposed(tx, document, rights, 'propose_correction');
        const { draftVersion, subject, documentCode, signer } = document;
        document.correction = { draftVersion, reason, ...proposal };
        const parameters = { subject, code: documentCode ?? '', proposer: proposal.proposedBy.fullName, reason };
        this.proposals.notify(tx, 'correction-proposed', document, signer.userId, parameters);
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
        const how = {
          act: outcome === 'approved' ? 'approve_correction' : 'refuse_correction',
          separated: 'correction.decide',
          open: () => openCorrection(document.correction),
        } as const;
        const decided = await this.proposals.decided(tx, document, rights, how, { outcome, comment });
        const { by, state, proposal: correction } = decided;
        if (outcome === 'approved') await this.#reopen(document, tx, correction);
        Object.assign(document, { state, correction });
        const { subject, documentCode } = document;
        const told = { decider: by.fullName, outcome: REPLACEMENT_OUTCOME_LABELS[outcome] };
        const parameters = { subject, code: documentCode ?? '', ...told };
        this.proposals.notify(tx, 'correction-decided', document, correction.proposedBy.userId, parameters);
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
}
