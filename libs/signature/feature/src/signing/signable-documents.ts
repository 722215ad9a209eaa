import { Controller, Inject } from '@nestjs/common';
import {
  OutgoingDocumentAttachmentReplaced,
  OutgoingDocumentCancelled,
  OutgoingDocumentChecked,
  OutgoingDocumentNumbered,
  OutgoingDocumentRevised,
} from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { SignableDocument } from '../entities.ts';
import { replaceOpenSessions } from './signing.service.ts';

/** Keeps what may be signed up with documents. */
@Controller()
export class SignableDocumentsConsumer {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** After both checks the person may sign; a return withdraws what waited. @source NĐ30-A12-2 */
  @OnEvent(OutgoingDocumentChecked)
  async onChecked({ data }: EventOf<typeof OutgoingDocumentChecked>): Promise<void> {
    if (data.check === 'content' && data.outcome === 'passed') return;
    await this.database.command(async (tx) => {
      if (data.outcome === 'returned') {
        await withdraw(tx, data.documentId);
        return;
      }
      await tx.manager.upsert(
        SignableDocument,
        {
          documentId: data.documentId,
          agencyId: tx.agencyId,
          updatedAt: tx.now,
          stage: 'personal',
          subject: data.subject,
          signerId: data.signer.userId,
          signerName: data.signer.fullName,
          files: data.files as never,
          draftVersion: data.draftVersion ?? null,
          documentCode: null,
          issuedOn: null,
          personalPlacement: null,
        },
        ['documentId'],
      );
      await replaceOpenSessions(tx, data.documentId);
    });
  }

  /** @source NĐ30-A11-2 */
  @OnEvent(OutgoingDocumentRevised)
  onRevised({ data }: EventOf<typeof OutgoingDocumentRevised>): Promise<void> {
    return this.#withdraw(data.documentId);
  }

  @OnEvent(OutgoingDocumentCancelled)
  onCancelled({ data }: EventOf<typeof OutgoingDocumentCancelled>): Promise<void> {
    return this.#withdraw(data.documentId);
  }

  /** @source NĐ30-A14-1 */
  @OnEvent(OutgoingDocumentNumbered)
  async onNumbered({ data }: EventOf<typeof OutgoingDocumentNumbered>): Promise<void> {
    await this.database.command((tx) =>
      tx.manager.update(
        SignableDocument,
        { documentId: data.documentId },
        {
          stage: 'agency',
          updatedAt: tx.now,
          files: data.files as never,
          documentCode: data.documentCode,
          issuedOn: data.issuedOn,
        },
      ),
    );
  }

  /** Also when the agency has signed the files before: that signature does not count. @source NĐ30-A11-2 */
  @OnEvent(OutgoingDocumentAttachmentReplaced)
  async onAttachmentReplaced({ data }: EventOf<typeof OutgoingDocumentAttachmentReplaced>): Promise<void> {
    await this.database.command(async (tx) => {
      await tx.manager.update(
        SignableDocument,
        { documentId: data.documentId },
        { stage: 'agency', updatedAt: tx.now, files: data.files as never },
      );
      await replaceOpenSessions(tx, data.documentId);
    });
  }

  async #withdraw(documentId: string): Promise<void> {
    await this.database.command((tx) => withdraw(tx, documentId));
  }
}

async function withdraw(tx: Tx, documentId: string): Promise<void> {
  await tx.manager.update(SignableDocument, { documentId }, { stage: 'withdrawn', updatedAt: tx.now });
  await replaceOpenSessions(tx, documentId);
}
