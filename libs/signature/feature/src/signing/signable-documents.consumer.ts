import { Controller, Inject } from '@nestjs/common';
import {
  OutgoingDocumentAttachmentReplaced,
  OutgoingDocumentCancelled,
  OutgoingDocumentChecked,
  OutgoingDocumentNumbered,
  OutgoingDocumentReopened,
  OutgoingDocumentRevised,
} from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { SignableDocuments } from './signable-documents.service.ts';

/** Keeps what may be signed up with documents. */
@Controller()
export class SignableDocumentsConsumer {
  constructor(@Inject(SignableDocuments) private readonly documents: SignableDocuments) {}

  @OnEvent(OutgoingDocumentChecked)
  async onChecked({ data }: EventOf<typeof OutgoingDocumentChecked>): Promise<void> {
    if (data.outcome === 'returned') await this.documents.withdraw(data.documentId);
    else if (data.check === 'layout') await this.documents.offer(data);
  }

  @OnEvent(OutgoingDocumentRevised)
  onRevised({ data }: EventOf<typeof OutgoingDocumentRevised>): Promise<void> {
    return this.documents.withdraw(data.documentId);
  }

  /** @source EX-NUM-3 */
  @OnEvent(OutgoingDocumentReopened)
  onReopened({ data }: EventOf<typeof OutgoingDocumentReopened>): Promise<void> {
    return this.documents.withdraw(data.documentId);
  }

  @OnEvent(OutgoingDocumentCancelled)
  onCancelled({ data }: EventOf<typeof OutgoingDocumentCancelled>): Promise<void> {
    return this.documents.withdraw(data.documentId);
  }

  @OnEvent(OutgoingDocumentNumbered)
  onNumbered({ data }: EventOf<typeof OutgoingDocumentNumbered>): Promise<void> {
    return this.documents.offerToAgency(data);
  }

  @OnEvent(OutgoingDocumentAttachmentReplaced)
  onAttachmentReplaced({ data }: EventOf<typeof OutgoingDocumentAttachmentReplaced>): Promise<void> {
    return this.documents.replaceFiles(data);
  }
}
