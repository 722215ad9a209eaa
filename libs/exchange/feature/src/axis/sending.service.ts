import { PassThrough } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { AxisDocumentPackage } from '@qlvb/contracts';
import type { DataOf, OutgoingDocumentIssued, Recipient } from '@qlvb/contracts';
import { writeDocumentPackage } from '@qlvb/edxml';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { failPoint } from '@qlvb/platform-faults';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore, StoredObject } from '@qlvb/platform-storage';
import { LIMITS } from '@qlvb/records';
import { idFrom } from '@qlvb/shared-domain';
import { documentIdentifier, documentKind } from '@qlvb/vietnam';
import type { DocumentKindCode } from '@qlvb/vietnam';
import { recordStep } from '../deliveries/delivery-ledger.ts';
import { Delivery, PackageEntity } from '../entities.ts';

type Issued = DataOf<typeof OutgoingDocumentIssued>;

/** For writing or reading one package, however slow the store is. */
export const PACKAGE_MINUTES = 15;

/** An issued document goes out: one package for each recipient on the exchange. */
@Injectable()
export class SendingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /**
   * Writes every package from the event's data alone, so that a repetition after a crash writes the same bytes under the
   * same key; deliveries, packages and axis messages become durable together.
   *
   * @source QĐ28-A10-1
   * @source EX-TIME-1
   */
  send(issued: Issued): Promise<void> {
    return this.database.command(async (tx) => {
      await tx.waitOutside(PACKAGE_MINUTES);
      for (const recipient of issued.recipients) {
        if (recipient.agencyCode) await this.#sendTo(tx, issued, recipient, recipient.agencyCode);
      }
    });
  }

  async #sendTo(tx: Tx, issued: Issued, recipient: Recipient, recipientCode: string): Promise<void> {
    const packageId = idFrom(`package:${issued.documentId}:${recipient.recipientId}`);
    const delivery = Object.assign(new Delivery(), {
      id: idFrom(`delivery:${packageId}`),
      agencyId: tx.agencyId,
      version: 1,
      createdAt: tx.now,
      updatedAt: tx.now,
      documentId: issued.documentId,
      packageId,
      recipientId: recipient.recipientId,
      recipientAgencyId: recipient.agencyId ?? null,
      recipientCode,
      recipientName: recipient.name,
      status: 'queued' as const,
    });
    await tx.manager.insert(Delivery, delivery);
    await recordStep(tx, delivery, { status: 'queued', at: tx.now });
    const senderDocumentId = documentIdentifier(issued.sender.agencyCode, issued.issuedOn, issued.documentCode);
    const object = await this.#write(issued, recipient, recipientCode, senderDocumentId);
    await failPoint('exchange:after-package-stored');
    await tx.manager.insert(PackageEntity, {
      agencyId: tx.agencyId,
      id: packageId,
      createdAt: tx.now,
      direction: 'outgoing',
      kind: 'document',
      documentId: issued.documentId,
      inReplyTo: null,
      senderCode: issued.sender.agencyCode,
      recipientCode,
      senderDocumentId,
      documentCode: issued.documentCode,
      issuedOn: issued.issuedOn,
      statusCode: null,
      objectKey: object.key,
      sha256: object.sha256,
      sizeBytes: object.sizeBytes,
      state: 'sent',
      findings: [],
    });
    await recordStep(tx, delivery, { status: 'sent', at: tx.now });
    tx.publish(AxisDocumentPackage, {
      packageId,
      from: issued.sender.agencyCode,
      to: recipientCode,
      objectKey: object.key,
      sha256: object.sha256,
      sizeBytes: object.sizeBytes,
      sentAt: tx.now.toISOString(),
      urgent: issued.urgency !== 'normal',
    });
    tx.audit({
      action: 'package.sent',
      resource: { type: 'package', id: packageId },
      after: { documentId: issued.documentId, to: recipientCode, sha256: object.sha256 },
    });
  }

  async #write(issued: Issued, recipient: Recipient, recipientCode: string, documentId: string): Promise<StoredObject> {
    const [codeNumber = '', ...notation] = issued.documentCode.split('/');
    const kind = documentKind(issued.documentType as DocumentKindCode);
    const attachments = issued.files.map((file) => ({
      name: file.name,
      // The same ids give the same bytes, however often the package is written.
      contentId: file.fileId,
      content: contentOf(this.store, file.objectKey),
    }));
    const stream = new PassThrough();
    const [object] = await Promise.all([
      this.store.put(stream, { maxBytes: LIMITS.package.bytes }),
      writeDocumentPackage(
        {
          sender: { agencyCode: issued.sender.agencyCode, name: issued.sender.name },
          recipients: [{ agencyCode: recipientCode, name: recipient.name }],
          documentId,
          codeNumber,
          // Of a normative document with its year: number and notation together are always the document's code.
          codeNotation: notation.join('/'),
          placeOfIssue: issued.placeOfIssue,
          issuedOn: issued.issuedOn,
          documentType: { name: kind.name, type: kind.ordinal },
          subject: issued.subject,
          signer: {
            ...(issued.competence ? { competence: `${issued.competence}.` } : {}),
            position: issued.signer.position,
            fullName: issued.signer.fullName,
          },
          ...(issued.replyDueOn ? { dueOn: issued.replyDueOn } : {}),
          priority: issued.urgency,
          pages: issued.pageCount,
          copies: issued.recipients.length,
          printedRecipients: issued.recipients.map(({ name }) => name),
          sentAt: new Date(issued.issuedAt),
          business: { type: 'new', reason: 'Văn bản điện tử mới' },
        },
        attachments,
        stream,
      ),
    ]);
    return object;
  }
}

/** Opens a file only when its turn comes. */
async function* contentOf(store: ObjectStore, key: string): AsyncGenerator<Uint8Array> {
  yield* (await store.get({ key })) as AsyncIterable<Uint8Array>;
}
