import { PassThrough } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Recipient } from '@qlvb/contracts';
import { writeDocumentPackage } from '@qlvb/edxml';
import { writableLine } from '@qlvb/exchange-domain';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore, StoredObject } from '@qlvb/platform-storage';
import { LIMITS, documentKind } from '@qlvb/records';
import { documentIdentifier } from '@qlvb/vietnam';
import type { DocumentKindCode } from '@qlvb/records';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import type { Issued } from './dispatch.entity.ts';

export const identifierOf = (issued: Issued): string =>
  documentIdentifier(issued.sender.agencyCode, issued.issuedOn, issued.documentCode);

/** Writes the package of an issued document for one recipient, from the event's data alone: the same bytes each time. */
@Injectable()
export class PackageWriter {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws PackageInvalid, SecretRefused, AttachmentTooLarge, FileTooLarge, ObjectMissing, ObjectCorrupt */
  async write(issued: Issued, recipient: Recipient, recipientCode: string): Promise<StoredObject> {
    const [codeNumber = '', ...notation] = issued.documentCode.split('/');
    const kind = documentKind(issued.documentType as DocumentKindCode);
    const attachments = issued.files.map((file) => ({
      name: file.name,
      // The same ids give the same bytes, however often the package is written.
      contentId: file.fileId,
      content: contentOf(this.store, file.objectKey),
    }));
    const stream = new PassThrough();
    const writing = writeDocumentPackage(
      {
        sender: { agencyCode: issued.sender.agencyCode, name: issued.sender.name },
        recipients: [{ agencyCode: recipientCode, name: recipient.name }],
        documentId: identifierOf(issued),
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
        // Routing goes by the recipient: a name among the others that cannot be written is no fault of this package.
        printedRecipients: issued.recipients.flatMap(({ name }) => writableLine(name, LIMITS.text.recipientName) || []),
        sentAt: new Date(issued.issuedAt),
        business: { type: 'new', reason: 'Văn bản điện tử mới' },
      },
      attachments,
      stream,
      { now: this.clock.now() },
    );
    // What ends the writing ends the putting too, whether or not the writer has closed its stream.
    writing.catch((error: unknown) => stream.destroy(error as Error));
    const [object] = await Promise.all([this.store.put(stream, { maxBytes: LIMITS.package.bytes }), writing]);
    return object;
  }
}

/** Opens a file only when its turn comes. */
async function* contentOf(store: ObjectStore, key: string): AsyncGenerator<Uint8Array> {
  yield* (await store.get({ key })) as AsyncIterable<Uint8Array>;
}
