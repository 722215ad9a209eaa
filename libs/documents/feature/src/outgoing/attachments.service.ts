import { Inject, Injectable } from '@nestjs/common';
import {
  DocumentsNotificationRequested,
  notificationRequest,
  OutgoingDocumentAttachmentReplaced,
  REPLACEMENT_OUTCOME_LABELS,
} from '@qlvb/contracts';
import type { FileRef } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import {
  assertExchangeable,
  assertFilesFitPackage,
  assertNotStateSecret,
  openReplacement,
  performOutgoingAct,
  withReplaced,
} from '@qlvb/documents-domain';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { FilesService } from '../files/files.service.ts';
import { rolesOf } from './outgoing-access.ts';
import type { OutgoingView, ReplacementDecisionInput, ReplacementInput } from './outgoing.dto.ts';
import { OutgoingDocument } from './outgoing.entities.ts';
import { OutgoingNotFound } from './outgoing.problems.ts';
import { performedOn } from './outgoing-separations.ts';
import { eventBase, outgoingView } from './outgoing.view.ts';
import { SignabilityService } from './signability.service.ts';

type View = z.input<typeof OutgoingView>;

/** Another file in the place of an attachment of a numbered document, without its number being lost. */
@Injectable()
export class AttachmentsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(SignabilityService) private readonly signability: SignabilityService,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * What is proposed has to pass what a draft has to pass. A newer proposal takes the place of an open one.
   *
   * @throws OutgoingNotFound, OutgoingActNotAllowed, ActNotYours, AttachmentNotFound, FileAttachedAlready, FileNotFound,
   *   StateSecretRefused, DocumentNotExchangeable, FilesTooLarge, FileChecksBusy, those of `FILE_NOT_SIGNABLE`
   * @source EX-NUM-3
   * @source NĐ30-A11-2
   */
  async propose(
    id: string,
    { attachmentId, fileId, reason }: z.output<typeof ReplacementInput>,
    actor: Actor,
  ): Promise<View> {
    const rehearsed = await this.signability.rehearse([{ fileId, role: 'attachment', pointer: '/body/fileId' }], actor);
    return update(
      this.database,
      {
        entity: OutgoingDocument,
        id,
        missing: OutgoingNotFound,
        action: 'outgoing-document.replacement-proposed',
        access: this.access.outgoing(actor),
      },
      async (document, tx, rights) => {
        document.state = performOutgoingAct(document.state, 'propose_replacement', rolesOf(rights));
        const attachment = await this.#attachment(tx, fileId, actor);
        const files = withReplaced(document.files, attachmentId, attachment);
        await this.#assertFit(tx, document, files);
        const brought = rehearsed();
        const file = { ...attachment, earlierSignatures: brought.get(fileId) ?? null };
        await this.files.hold(tx, 'outgoing', id, [file]);
        const proposedBy = await this.directory.me();
        const attachmentName = document.files.find((one) => one.fileId === attachmentId)?.name ?? file.name;
        document.attachmentReplacement = {
          attachmentId,
          attachmentName,
          file,
          reason,
          proposedBy,
          proposedAt: tx.now.toISOString(),
          outcome: 'open',
          decision: null,
        };
        const parameters = {
          subject: document.subject,
          proposer: proposedBy.fullName,
          file: attachmentName,
          reason,
        };
        this.#notify(tx, 'replacement-proposed', document, document.signer.userId, parameters);
        return outgoingView(document);
      },
    );
  }

  /**
   * The signer decides: he signed the document with this attachment. Number, date and his signature stay.
   *
   * @param ifMatch version of the document that was looked at: a newer proposal is not decided unseen
   * @throws OutgoingNotFound, OutgoingActNotAllowed, ActNotYours, ReplacementNotOpen, DutiesNotSeparate, VersionStale
   * @source NĐ30-A11-2
   */
  decide(
    id: string,
    { outcome, comment }: z.output<typeof ReplacementDecisionInput>,
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
        action: `outgoing-document.replacement-${outcome}`,
        access: this.access.outgoing(actor),
      },
      async (document, tx, rights) => {
        document.state = performOutgoingAct(document.state, 'decide_replacement', rolesOf(rights));
        const proposal = openReplacement(document.attachmentReplacement);
        const by = await this.directory.me();
        assertSeparate('attachment-replacement.decide', performedOn(document, []), { userId: by.userId });
        const decision = { by, at: tx.now.toISOString(), comment: comment ?? null };
        document.attachmentReplacement = { ...proposal, outcome, decision };
        if (outcome === 'approved') {
          document.files = withReplaced(document.files, proposal.attachmentId, proposal.file);
          tx.publish(OutgoingDocumentAttachmentReplaced, {
            ...eventBase(document),
            documentCode: document.documentCode ?? '',
            files: document.files,
            decidedBy: by,
            replacedAt: tx.now.toISOString(),
          });
        }
        const parameters = {
          subject: document.subject,
          decider: by.fullName,
          file: proposal.attachmentName,
          outcome: REPLACEMENT_OUTCOME_LABELS[outcome],
        };
        this.#notify(tx, 'replacement-decided', document, proposal.proposedBy.userId, parameters);
        return outgoingView(document);
      },
    );
  }

  async #attachment(tx: Tx, fileId: string, actor: Actor): Promise<FileRef> {
    const [file] = await this.files.refs(tx, fileId, [], actor);
    return { ...(file as FileRef), role: 'attachment' };
  }

  async #assertFit(tx: Tx, document: OutgoingDocument, files: readonly FileRef[]): Promise<void> {
    const { signer, recipients, subject } = document;
    const fileNames = files.map(({ name }) => name);
    const { name: agencyName, placeOfIssue } = await this.directory.agency(tx.agencyId);
    assertFilesFitPackage(files);
    assertNotStateSecret({ texts: fileNames });
    assertExchangeable({ agencyName, placeOfIssue, signer, recipients, subject, fileNames }, 'document');
  }

  #notify<const Kind extends 'replacement-proposed' | 'replacement-decided'>(
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
