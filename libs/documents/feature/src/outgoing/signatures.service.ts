import { Inject, Injectable, Logger } from '@nestjs/common';
import { OutgoingDocumentSignatureRecorded } from '@qlvb/contracts';
import type { DataOf, DocumentSigned, FileRef } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { performOutgoingAct, signatureIgnored, SignerNotCompetent } from '@qlvb/documents-domain';
import type { SignatureIgnored } from '@qlvb/documents-domain';
import { Database, update } from '@qlvb/platform-database';
import { issueDeadline } from '@qlvb/records';
import { vietnamDate } from '@qlvb/vietnam';
import { DocumentAccess, tookPart } from '../access/document-access.ts';
import { FilesService } from '../files/files.service.ts';
import { SigningAuthorities } from '../signing/signing-authorities.service.ts';
import { OutgoingDocument, ReviewCheckEntity } from './outgoing.entities.ts';
import type { DraftFile } from './outgoing.entities.ts';
import { OutgoingNotFound } from './outgoing.problems.ts';
import { eventBase } from './outgoing.view.ts';

type Signed = DataOf<typeof DocumentSigned>;

/** Takes over what was signed: first by the person, then by the agency. */
@Injectable()
export class SignaturesService {
  readonly #log = new Logger('Signatures');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(SigningAuthorities) private readonly authorities: SigningAuthorities,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * The signed files replace the unsigned ones and the document moves on as the signature's kind says. A signature on a
   * version that was changed meanwhile changes nothing but the audit.
   *
   * @source NĐ30-A11-1
   * @source NĐ30-A11-2
   * @source NĐ30-A13-5
   * @source NĐ30-A14-1
   */
  async record(data: Signed): Promise<void> {
    const ignored = await this.#ignored(data);
    if (ignored) return this.#noteIgnored(data, ignored);
    const { documentId, signatureKind, files, signerUserId } = data;
    const personal = signatureKind === 'personal';
    return update(
      this.database,
      {
        entity: OutgoingDocument,
        id: documentId,
        missing: OutgoingNotFound,
        action: `outgoing-document.${signatureKind}-signature-recorded`,
        access: 'told',
      },
      async (document, tx) => {
        document.state = personal
          ? performOutgoingAct(document.state, 'sign', ['signer'])
          : performOutgoingAct(document.state, 'agency_sign', ['clerk']);
        await this.files.adopt(tx, 'outgoing', documentId, files);
        document.files = files.map((file, index) => ({ ...file, ...broughtBy(document.files[index], file) }));
        if (data.pageCount !== undefined) document.pageCount = data.pageCount;
        await this.access.give(tx, document, tookPart(signerUserId));
        const signedAt = new Date(data.signedAt);
        if (personal) {
          document.signedAt = signedAt;
          document.issueDeadline = issueDeadline(
            { signedAt, urgency: document.urgency, medium: 'electronic' },
            await this.directory.calendar(),
          );
        } else {
          document.agencySignedAt = signedAt;
        }
        tx.publish(OutgoingDocumentSignatureRecorded, {
          ...eventBase(document),
          signatureKind,
          recordedAt: tx.now.toISOString(),
          signedAt: signedAt.toISOString(),
          issueDeadline: (document.issueDeadline ?? tx.now).toISOString(),
        });
      },
    );
  }

  #ignored(data: Signed): Promise<SignatureIgnored | undefined> {
    const { documentId, signatureKind: kind, signerUserId: signedBy, draftVersion: version, signedFileIds } = data;
    return this.database.command(async (tx) => {
      const document = await tx.manager.findOne(OutgoingDocument, {
        where: { id: documentId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!document) throw OutgoingNotFound({ id: documentId });
      const passed = await tx.manager.findBy(ReviewCheckEntity, { documentId, outcome: 'passed' });
      const ignored = signatureIgnored(
        {
          state: document.state,
          version: document.draftVersion,
          signerId: document.signer.userId,
          fileIds: document.files.map(({ fileId }) => fileId),
          checks: passed.map(({ aspect, draftVersion, checkedBy }) => ({
            aspect,
            version: draftVersion,
            checkedBy: checkedBy.userId,
          })),
        },
        { kind, signedBy, version, files: signedFileIds },
      );
      return ignored ?? (kind === 'personal' ? this.#notCompetent(document, data) : undefined);
    });
  }

  /** A grant may have ended between the last check and the signature. @source NĐ30-A13-3 */
  async #notCompetent(document: OutgoingDocument, { signedAt }: Signed): Promise<SignatureIgnored | undefined> {
    const { signer, documentType: kind, field } = document;
    try {
      await this.authorities.of({ postId: signer.postId, kind, field, on: vietnamDate(new Date(signedAt)) });
      return undefined;
    } catch (error) {
      if (SignerNotCompetent.is(error)) return 'not_competent';
      throw error;
    }
  }

  #noteIgnored({ documentId: id, sessionId, signatureKind }: Signed, reason: SignatureIgnored): Promise<void> {
    this.#log.warn(`a ${signatureKind} signature on document ${id} does not count: ${reason}`);
    return this.database.command((tx) => {
      tx.audit({
        action: 'outgoing-document.signature-ignored',
        resource: { type: 'outgoing-document', id },
        after: { sessionId, signatureKind, reason },
      });
      return Promise.resolve();
    });
  }
}

/** A signed file stands where the file stood that was signed, and still brings what that one brought. */
const broughtBy = (before: DraftFile | undefined, { role, name }: FileRef): Pick<DraftFile, 'earlierSignatures'> => ({
  earlierSignatures: before?.role === role && before.name === name ? (before.earlierSignatures ?? null) : null,
});
