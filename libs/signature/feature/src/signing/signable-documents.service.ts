import { Inject, Injectable } from '@nestjs/common';
import type {
  DataOf,
  OutgoingDocumentAttachmentReplaced,
  OutgoingDocumentChecked,
  OutgoingDocumentNumbered,
} from '@qlvb/contracts';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { SignableDocument } from '../entities.ts';
import { replaceOpenSessions } from './signing.service.ts';

/** What may be signed, and by whom: the person first, then the agency. */
@Injectable()
export class SignableDocuments {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** After both checks the person may sign. @source NĐ30-A12-2 */
  async offer(data: DataOf<typeof OutgoingDocumentChecked>): Promise<void> {
    await this.database.command(async (tx) => {
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

  /** @source NĐ30-A14-1 */
  async offerToAgency(data: DataOf<typeof OutgoingDocumentNumbered>): Promise<void> {
    const { documentId, files, documentCode, issuedOn } = data;
    await this.database.command((tx) =>
      tx.manager.update(
        SignableDocument,
        { documentId },
        { stage: 'agency', updatedAt: tx.now, files: files as never, documentCode, issuedOn },
      ),
    );
  }

  /** Also when the agency has signed the files before: that signature does not count. @source NĐ30-A11-2 */
  async replaceFiles({ documentId, files }: DataOf<typeof OutgoingDocumentAttachmentReplaced>): Promise<void> {
    await this.database.command((tx) => change(tx, documentId, { stage: 'agency', files: files as never }));
  }

  /** A return, a new version and a cancellation withdraw what waited. @source NĐ30-A11-2 */
  async withdraw(documentId: string): Promise<void> {
    await this.database.command((tx) => change(tx, documentId, { stage: 'withdrawn' }));
  }
}

async function change(
  tx: Tx,
  documentId: string,
  columns: Pick<SignableDocument, 'stage'> & { readonly files?: never },
): Promise<void> {
  await tx.manager.update(SignableDocument, { documentId }, { ...columns, updatedAt: tx.now });
  await replaceOpenSessions(tx, documentId);
}
