import { Controller, Inject } from '@nestjs/common';
import { signatureVerdict } from '@qlvb/archive-domain';
import { DocumentSigned, IncomingDocumentAccepted, OutgoingDocumentIssued, ValidationCompleted } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { DOCUMENT_KINDS } from '@qlvb/records';
import { FilableDocuments } from './filable-documents.service.ts';

/** Keeps what can be filed: documents that the clerks have registered. @source NĐ30-A4-5 */
@Controller()
export class FilableDocumentsConsumer {
  constructor(@Inject(FilableDocuments) private readonly documents: FilableDocuments) {}

  @OnEvent(OutgoingDocumentIssued)
  onIssued({ data }: EventOf<typeof OutgoingDocumentIssued>): Promise<void> {
    return this.documents.keep({
      documentId: data.documentId,
      direction: 'outgoing',
      documentCode: data.documentCode,
      codeNumber: data.documentCode.split('/')[0] ?? '',
      codeNotation: data.codeNotation,
      issuedOn: data.issuedOn,
      kindName: kindName(data.documentType),
      subject: data.subject,
      author: data.sender.name,
      files: data.files,
    });
  }

  @OnEvent(IncomingDocumentAccepted)
  onAccepted({ data }: EventOf<typeof IncomingDocumentAccepted>): Promise<void> {
    const [codeNumber = '', ...notation] = data.documentCode.split('/');
    return this.documents.keep({
      documentId: data.documentId,
      direction: 'incoming',
      documentCode: data.documentCode,
      codeNumber,
      codeNotation: notation.join('/'),
      issuedOn: data.issuedOn ?? data.arrivalDate,
      kindName: kindName(data.documentType),
      subject: data.subject,
      author: data.senderName,
      files: data.files,
    });
  }

  /** What the signature service embeds it verifies before it counts (PR-12). @source SUB-16 */
  @OnEvent(DocumentSigned)
  async onSigned({ data }: EventOf<typeof DocumentSigned>): Promise<void> {
    if (data.signatureKind === 'agency') await this.documents.judge(data.documentId, 'passed');
  }

  /** @source SUB-16 */
  @OnEvent(ValidationCompleted)
  onValidated({ data }: EventOf<typeof ValidationCompleted>): Promise<void> {
    return this.documents.judge(data.documentId, signatureVerdict(data.files));
  }
}

const kindName = (code: string): string => DOCUMENT_KINDS.find((kind) => kind.code === code)?.name ?? code;
