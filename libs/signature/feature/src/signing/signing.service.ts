import { Inject, Injectable } from '@nestjs/common';
import { DocumentSigned } from '@qlvb/contracts';
import { DocumentAccess } from '@qlvb/document-access';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { captureOutcome, Database, reach } from '@qlvb/platform-database';
import type { RowAccess, Tx } from '@qlvb/platform-database';
import { failPoint } from '@qlvb/platform-faults';
import { newId } from '@qlvb/shared-domain';
import {
  assertMayComplete,
  assertMayOpen,
  assertSameVersion,
  DocumentNotFound,
  SESSION_MINUTES,
  SessionNotFound,
  stageAfter,
} from '@qlvb/signature-domain';
import type { SignatureKind } from '@qlvb/signature-domain';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import type { z } from 'zod';
import { CertificateUsability } from '../certificates/certificate-usability.ts';
import { CertificatesService } from '../certificates/certificates.service.ts';
import { SignableDocument, SigningSession } from '../entities.ts';
import type { CertificateEntity } from '../entities.ts';

import { Embedding } from './embedding.ts';
import type { Embedded } from './embedding.ts';
import { PersonalSignature } from './personal-signature.ts';
import { Preparation } from './preparation.ts';
import { sessionView } from './signing.dto.ts';
import type { SessionAnswer, SessionInput, SignaturesInput } from './signing.dto.ts';

/** Signing in two steps: this side prepares and embeds, the key never leaves its holder. @source PR-01 */
@Injectable()
export class SigningService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CertificatesService) private readonly certificates: CertificatesService,
    @Inject(CertificateUsability) private readonly usability: CertificateUsability,
    @Inject(Preparation) private readonly preparation: Preparation,
    @Inject(PersonalSignature) private readonly personal: PersonalSignature,
    @Inject(Embedding) private readonly embedding: Embedding,
    @Inject(DocumentAccess) private readonly documents: DocumentAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DocumentNotFound, NotSignable, NotTheSigner, NotTheClerk, DutiesNotSeparate, CertificateNotFound,
   *   CertificateUnusable, RevocationUnknown, PersonalSignatureInvalid, MalformedPdf, AnchorMissing
   * @source PR-02
   * @source PR-03
   * @source PR-07
   */
  async open(input: z.output<typeof SessionInput>, actor: Actor): Promise<SessionAnswer> {
    const { documentId, signatureKind, certificateId } = input;
    const outcome = await captureOutcome(async () => {
      const document = await this.#visible(documentId, actor);
      assertSignatory(signatureKind, document, actor);
      const holder = await this.certificates.usable(certificateId, signatureKind, actor);
      await this.usability.assertUsable(holder);
      if (signatureKind === 'agency') await this.personal.assertValid(document);
      return { holder, files: await this.preparation.prepare(signatureKind, document, holder) };
    });
    return this.database.command(async (tx) => {
      const { holder, files } = outcome();
      const document = await lockDocument(tx, documentId);
      // What was prepared counts only if the document still waits for just this signature.
      assertSignatory(signatureKind, document, actor);
      assertSameVersion(files, document.files);
      await replaceOpenSessions(tx, documentId, signatureKind);
      const session = Object.assign(new SigningSession(), {
        id: newId(),
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        documentId,
        signatureKind,
        certificateId,
        signerId: actor.userId,
        state: 'open' as const,
        expiresAt: new Date(tx.now.getTime() + SESSION_MINUTES * 60_000),
        files,
        signedFiles: null,
        level: null,
        completedAt: null,
      });
      await tx.manager.insert(SigningSession, session);
      tx.audit({
        action: 'signing-session.opened',
        resource: { type: 'signing-session', id: session.id },
        after: { documentId, signatureKind, certificate: holder.serial },
      });
      return sessionView(session, document, tx.now);
    });
  }

  /** One's own, or on a document that one may see. @throws SessionNotFound @source SEC-Z02 */
  async get(id: string, actor: Actor): Promise<SessionAnswer> {
    const wanted = { entity: SigningSession, id, missing: SessionNotFound, access: this.#access(actor) };
    const { row: session } = await this.database.read((manager) => reach(manager, wanted));
    return sessionView(session, await this.#document(session.documentId), this.clock.now());
  }

  /**
   * Checks the values, stamps, embeds, verifies the result, and only then lets it count, all files at once.
   *
   * @throws SessionNotFound, SessionOver, SignatureValuesMissing, SignatureValueRejected, UnsafeEmbedding,
   *   CertificateNotFound, CertificateUnusable, RevocationUnknown, NotSignable, NotTheSigner, NotTheClerk
   * @source PR-05
   * @source PR-06
   * @source PR-12
   * @source PR-13
   */
  async complete(id: string, { values }: z.output<typeof SignaturesInput>, actor: Actor): Promise<SessionAnswer> {
    const outcome = await captureOutcome(async () => {
      const session = await this.#session(id, actor);
      assertMayComplete(session, this.clock.now());
      const document = await this.#document(session.documentId);
      assertSignatory(session.signatureKind, document, actor);
      const holder = await this.certificates.usable(session.certificateId, session.signatureKind, actor);
      await this.usability.assertUsable(holder);
      return {
        documentId: document.documentId,
        holder,
        embedded: await this.embedding.embed(session, document, holder, values),
      };
    });
    await failPoint('signing:before-command');
    return this.database.command(async (tx) => {
      const { documentId, holder, embedded } = outcome();
      // The document first, as everywhere: two commands that lock in one order cannot wait for each other.
      const document = await lockDocument(tx, documentId);
      const session = await tx.manager.findOne(SigningSession, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!session) throw SessionNotFound({ id });
      assertMayComplete(session, tx.now);
      assertSignatory(session.signatureKind, document, actor);
      assertSameVersion(session.files, document.files);
      return this.#record(tx, session, document, { holder, embedded, actor });
    });
  }

  async #record(
    tx: Tx,
    session: SigningSession,
    document: SignableDocument,
    { holder, embedded, actor }: { holder: CertificateEntity; embedded: Embedded; actor: Actor },
  ): Promise<SessionAnswer> {
    const { id, documentId, signatureKind } = session;
    const { level, signedAt, pageCount } = embedded;
    const files = [...embedded.files];
    const completed = { state: 'completed' as const, signedFiles: files, level, completedAt: tx.now };
    await tx.manager.update(
      SigningSession,
      { id },
      { ...completed, signedFiles: files as never, updatedAt: tx.now, version: session.version + 1 },
    );
    const picture = signatureKind === 'personal' ? session.files[0] : undefined;
    await tx.manager.update(
      SignableDocument,
      { documentId },
      {
        stage: stageAfter(signatureKind),
        files: files as never,
        updatedAt: tx.now,
        ...(picture ? { personalPlacement: { ...picture.placement, fieldName: picture.fieldName } as never } : {}),
      },
    );
    tx.publish(DocumentSigned, {
      documentId,
      sessionId: id,
      signatureKind,
      signerUserId: actor.userId,
      files,
      level,
      certificateSerial: holder.serial,
      certificateSubject: holder.subject,
      signedAt: signedAt.toISOString(),
      ...(pageCount === undefined ? {} : { pageCount }),
      signedFileIds: session.files.map(({ fileId }) => fileId),
      ...(document.draftVersion === null ? {} : { draftVersion: document.draftVersion }),
    });
    tx.audit({
      action: 'signing-session.completed',
      resource: { type: 'signing-session', id },
      before: { files: document.files.map(({ sha256 }) => sha256) },
      after: { documentId, signatureKind, certificate: holder.serial, level, files: files.map(({ sha256 }) => sha256) },
    });
    return sessionView(Object.assign(session, completed), document, tx.now);
  }

  /** A document or session is there for its signer, and for who may see the document. */
  #access(actor: Actor): RowAccess {
    const { where, parameters } = this.documents.visibleTo(actor);
    return {
      where: (alias) => `(${alias}.signerId = :signer OR ${where(alias)})`,
      parameters: { ...parameters, signer: actor.userId },
    };
  }

  async #visible(documentId: string, actor: Actor): Promise<SignableDocument> {
    const { where, parameters } = this.#access(actor);
    const document = await this.database.read((manager) =>
      manager
        .createQueryBuilder(SignableDocument, 'd')
        .where('d.documentId = :documentId', { documentId })
        .andWhere(where('d'), parameters)
        .getOne(),
    );
    if (!document) throw DocumentNotFound({ id: documentId });
    return document;
  }

  async #document(documentId: string): Promise<SignableDocument> {
    const document = await this.database.read((manager) => manager.findOneBy(SignableDocument, { documentId }));
    if (!document) throw DocumentNotFound({ id: documentId });
    return document;
  }

  async #session(id: string, actor: Actor): Promise<SigningSession> {
    const session = await this.database.read((manager) => manager.findOneBy(SigningSession, { id }));
    if (session?.signerId !== actor.userId) throw SessionNotFound({ id });
    return session;
  }
}

/**
 * Who may give this signature now, whatever the roles: the named signer, and over his signature a clerk who is somebody else.
 *
 * @throws NotSignable, NotTheSigner, NotTheClerk, DutiesNotSeparate
 * @source NĐ30-A32-5
 */
function assertSignatory(kind: SignatureKind, document: SignableDocument, actor: Actor): void {
  assertMayOpen(kind, document, actor);
  const signed = { act: 'outgoing-document.sign' as const, userId: document.signerId };
  if (kind === 'agency') assertSeparate('outgoing-document.seal', [signed], actor);
}

async function lockDocument(tx: Tx, documentId: string): Promise<SignableDocument> {
  const document = await tx.manager.findOne(SignableDocument, {
    where: { documentId },
    lock: { mode: 'pessimistic_write' },
  });
  if (!document) throw DocumentNotFound({ id: documentId });
  return document;
}

/** A newer session, and a newer version of the document, ends what is open. @source PR-07 */
export async function replaceOpenSessions(tx: Tx, documentId: string, signatureKind?: SignatureKind): Promise<void> {
  await tx.manager.update(
    SigningSession,
    { documentId, state: 'open', ...(signatureKind ? { signatureKind } : {}) },
    { state: 'replaced', updatedAt: tx.now },
  );
}
