import { Inject, Injectable } from '@nestjs/common';
import { OutgoingDocumentAttachmentReplaced, REPLACEMENT_OUTCOME_LABELS } from '@qlvb/contracts';
import type { FileRef } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import {
  assertExchangeable,
  assertFilesFitPackage,
  assertNotStateSecret,
  openReplacement,
  withReplaced,
} from '@qlvb/documents-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { FilesService } from '../files/files.service.ts';
import { FileProposals } from './file-proposals.ts';
import type { OutgoingView, ReplacementDecisionInput, ReplacementInput } from './outgoing.dto.ts';
import { OutgoingDocument } from './outgoing.entities.ts';
import { OutgoingNotFound } from './outgoing.problems.ts';
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
    @Inject(FileProposals) private readonly proposals: FileProposals,
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
        const proposal = await this.proposals.proposed(tx, document, rights, 'propose_replacement');
        const attachment = await this.#attachment(tx, fileId, actor);
        const files = withReplaced(document.files, attachmentId, attachment);
        await this.#assertFit(tx, document, files);
        const brought = rehearsed();
        const file = { ...attachment, earlierSignatures: brought.get(fileId) ?? null };
        await this.files.hold(tx, 'outgoing', id, [file]);
        const attachmentName = document.files.find((one) => one.fileId === attachmentId)?.name ?? file.name;
        document.attachmentReplacement = {
          attachmentId,
          attachmentName,
          file,
          reason,
          ...proposal,
        };
        const parameters = {
          subject: document.subject,
          proposer: proposal.proposedBy.fullName,
          file: attachmentName,
          reason,
        };
        this.proposals.notify(tx, 'replacement-proposed', document, document.signer.userId, parameters);
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
        const how = {
          act: 'decide_replacement',
          separated: 'attachment-replacement.decide',
          open: () => openReplacement(document.attachmentReplacement),
        } as const;
        const { by, state, proposal } = await this.proposals.decided(tx, document, rights, how, { outcome, comment });
        Object.assign(document, { state, attachmentReplacement: proposal });
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
        this.proposals.notify(tx, 'replacement-decided', document, proposal.proposedBy.userId, parameters);
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
}
