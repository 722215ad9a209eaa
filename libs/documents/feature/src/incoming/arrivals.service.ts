import { Inject, Injectable } from '@nestjs/common';
import { IncomingDocumentArrived } from '@qlvb/contracts';
import type { DataOf, PackageReceived, ValidationCompleted } from '@qlvb/contracts';
import { verifyArrival } from '@qlvb/documents-domain';
import type { SignatureVerdict } from '@qlvb/documents-domain';
import { Database, update } from '@qlvb/platform-database';
import { idFrom } from '@qlvb/shared-domain';
import { FilesService } from '../files/files.service.ts';
import { IncomingDocument } from './incoming.entity.ts';
import { IncomingMissing } from './incoming.problems.ts';

/** What comes in before anybody touches it: arrival and verification. */
@Injectable()
export class ArrivalsService {
  readonly #database: Database;
  readonly #files: FilesService;

  constructor(@Inject(Database) database: Database, @Inject(FilesService) files: FilesService) {
    this.#database = database;
    this.#files = files;
  }

  /** A package that comes again is the document that is there already. */
  async arrive(data: DataOf<typeof PackageReceived>): Promise<void> {
    await this.#database.command(async (tx) => {
      if (await tx.manager.existsBy(IncomingDocument, { packageId: data.packageId })) return;
      const { packageId, arrivedAt, codeNumber, codeNotation, files, faults = [], ...rest } = data;
      const document = Object.assign(new IncomingDocument(), {
        ...rest,
        id: idFrom(`incoming:${packageId}`),
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        packageId,
        state: 'arrived' as const,
        codeNumber,
        codeNotation,
        documentCode: codeNotation ? `${codeNumber}/${codeNotation}` : codeNumber,
        files,
        faults,
        arrivedAt: new Date(arrivedAt),
        verification: null,
        legalValue: null,
        arrivalNumber: null,
        arrivalYear: null,
        arrivalDate: null,
        acceptedBy: null,
        acceptedAt: null,
        presentBy: null,
        refusal: null,
        handling: {},
      });
      await tx.manager.insert(IncomingDocument, document);
      await this.#files.adopt(tx, files);
      tx.publish(IncomingDocumentArrived, {
        documentId: document.id,
        packageId,
        subject: document.subject,
        urgency: document.urgency,
        senderCode: document.senderCode,
        senderName: document.senderName,
        arrivedAt: document.arrivedAt.toISOString(),
        files,
      });
      tx.audit({
        action: 'incoming-document.arrived',
        resource: { type: 'incoming-document', id: document.id },
        after: { packageId, senderCode: document.senderCode, documentCode: document.documentCode },
      });
    });
  }

  /**
   * The three checks before acceptance, from what the validation of the signatures found.
   *
   * @source QĐ28-A9-1
   * @source NĐ30-A21-1
   */
  recordValidation(data: DataOf<typeof ValidationCompleted>): Promise<void> {
    return update(
      this.#database,
      {
        entity: IncomingDocument,
        id: data.documentId,
        missing: IncomingMissing,
        action: 'incoming-document.verified',
        authorise: () => undefined,
      },
      (document) => {
        const main = document.files.find((file) => file.role === 'main');
        const result = data.files.find((file) => file.fileId === main?.fileId);
        const effect = result?.legalEffect ?? 'none';
        const verdict = (present: boolean): SignatureVerdict | undefined =>
          present ? (result?.authentic ? 'valid' : 'invalid') : undefined;
        const verification = verifyArrival({
          missing: main ? [] : ['văn bản chính'],
          damaged: [...data.files.filter((file) => !file.intact).map((file) => file.fileId), ...document.faults],
          personalSignature: verdict(effect === 'complete' || effect === 'person_only'),
          agencySignature: verdict(effect === 'complete' || effect === 'agency_only'),
          changedAfterSigning: result !== undefined && !result.intact,
          addressedToUs: true,
        });
        document.verification = verification;
        document.legalValue = verification.legalValue;
      },
    );
  }
}
