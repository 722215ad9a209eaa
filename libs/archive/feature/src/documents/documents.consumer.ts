import { Controller, Inject } from '@nestjs/common';
import { DocumentSigned, IncomingDocumentAccepted, OutgoingDocumentIssued, ValidationCompleted } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { Database } from '@qlvb/platform-database';
import { DOCUMENT_KINDS } from '@qlvb/records';
import { DocumentSignature, FilableDocument } from '../entities.ts';

/** Keeps what can be filed: documents that the clerks have registered. @source NĐ30-A4-5 */
@Controller()
export class FilableDocumentsConsumer {
  constructor(@Inject(Database) private readonly database: Database) {}

  @OnEvent(OutgoingDocumentIssued)
  onIssued({ data }: EventOf<typeof OutgoingDocumentIssued>): Promise<void> {
    return this.#keep({
      documentId: data.documentId,
      direction: 'outgoing',
      documentCode: data.documentCode,
      codeNumber: data.documentCode.split('/')[0] ?? '',
      codeNotation: data.codeNotation,
      issuedOn: data.issuedOn,
      kindName: kindName(data.documentType),
      subject: data.subject,
      author: data.sender.name,
      pageCount: data.pageCount,
      files: data.files,
    });
  }

  @OnEvent(IncomingDocumentAccepted)
  onAccepted({ data }: EventOf<typeof IncomingDocumentAccepted>): Promise<void> {
    const [codeNumber = '', ...notation] = data.documentCode.split('/');
    return this.#keep({
      documentId: data.documentId,
      direction: 'incoming',
      documentCode: data.documentCode,
      codeNumber,
      codeNotation: notation.join('/'),
      issuedOn: data.issuedOn ?? data.arrivalDate,
      kindName: kindName(data.documentType),
      subject: data.subject,
      author: data.senderName,
      pageCount: 1,
      files: data.files,
    });
  }

  /** What the signature service embeds it verifies before it counts (PR-12). @source SUB-16 */
  @OnEvent(DocumentSigned)
  async onSigned({ data }: EventOf<typeof DocumentSigned>): Promise<void> {
    if (data.signatureKind === 'agency') await this.#judge(data.documentId, 'passed');
  }

  /** @source SUB-16 */
  @OnEvent(ValidationCompleted)
  onValidated({ data }: EventOf<typeof ValidationCompleted>): Promise<void> {
    const judged = data.files.filter((file) => file.legalEffect !== 'none');
    const verdict = data.files.some((file) => !file.intact)
      ? 'failed'
      : judged.length > 0 && judged.every((file) => file.authentic)
        ? 'passed'
        : 'indeterminate';
    return this.#judge(data.documentId, verdict);
  }

  async #judge(documentId: string, verdict: DocumentSignature['verdict']): Promise<void> {
    await this.database.command((tx) =>
      tx.manager.upsert(DocumentSignature, { documentId, agencyId: tx.agencyId, verdict }, ['documentId']),
    );
  }

  async #keep(row: Omit<FilableDocument, 'agencyId'>): Promise<void> {
    await this.database.command((tx) =>
      tx.manager.upsert(FilableDocument, { ...row, agencyId: tx.agencyId, files: row.files as never }, ['documentId']),
    );
  }
}

const kindName = (code: string): string => DOCUMENT_KINDS.find((kind) => kind.code === code)?.name ?? code;
