import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { DocumentSigned } from '@qlvb/contracts';
import type { FileRef } from '@qlvb/contracts';
import {
  assertSafeEmbedding,
  assertSignatureValue,
  completePdfSignature,
  pageCountOf,
  PdfDocument,
} from '@qlvb/pdf-signature';
import type { PreparedSignature } from '@qlvb/pdf-signature';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import { instant } from '@qlvb/platform-http';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { idFrom, newId } from '@qlvb/shared-domain';
import {
  assertMayComplete,
  assertMayOpen,
  CertificateUnusable,
  DocumentMissing,
  SESSION_MINUTES,
  SessionMissing,
  SignatureValuesMissing,
  stageAfter,
} from '@qlvb/signature-domain';
import { Certificate } from '@qlvb/x509';
import { z } from 'zod';
import { CertificatesService } from '../certificates/certificates.service.ts';
import { SignableDocument, SigningSession } from '../entities.ts';
import type { CertificateEntity, PreparedFile } from '../entities.ts';
import { RevocationClient } from '../outside/revocation-client.ts';
import { TimeStampClient } from '../outside/time-stamp-client.ts';
import { PdfValidator } from '../validation/pdf-validator.ts';
import { MAX_PDF_BYTES, Preparation } from './preparation.ts';

export const SessionInput = z
  .object({ documentId: z.uuid(), signatureKind: z.enum(['personal', 'agency']), certificateId: z.uuid() })
  .meta({ id: 'SigningSessionInput' });

export const SessionView = z
  .object({
    sessionId: z.uuid(),
    documentId: z.uuid(),
    signatureKind: z.enum(['personal', 'agency']),
    state: z.enum(['open', 'completed', 'replaced']),
    expiresAt: instant(),
    documentSubject: z.string(),
    documentCode: z.string().nullable(),
    toSign: z.array(
      z.object({
        fileId: z.uuid(),
        fileName: z.string(),
        algorithm: z.literal('SHA-256'),
        signedAttributes: z.string().describe('DER của các thuộc tính được ký, base64: dữ liệu thiết bị khóa ký'),
        digest: z.string().describe('SHA-256 của dữ liệu trên, base64'),
      }),
    ),
    level: z.enum(['B-B', 'B-T']).nullable(),
    completedAt: instant().nullable(),
  })
  .meta({ id: 'SigningSession' });
type View = z.input<typeof SessionView>;

const base64 = z
  .string()
  .min(4)
  .max(2000)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/);
export const SignaturesInput = z
  .object({
    values: z
      .array(z.object({ fileId: z.uuid(), signature: base64 }))
      .min(1)
      .max(60),
  })
  .meta({ id: 'SignatureValues' });

/** Signing in two steps: this side prepares and embeds, the key never leaves its holder. @source PR-01 */
@Injectable()
export class SigningService {
  readonly #database: Database;
  readonly #store: ObjectStore;
  readonly #certificates: CertificatesService;
  readonly #preparation: Preparation;
  readonly #revocation: RevocationClient;
  readonly #timeStamps: TimeStampClient;
  readonly #validator: PdfValidator;

  constructor(
    @Inject(Database) database: Database,
    @Inject(OBJECT_STORE) store: ObjectStore,
    @Inject(CertificatesService) certificates: CertificatesService,
    @Inject(Preparation) preparation: Preparation,
    @Inject(RevocationClient) revocation: RevocationClient,
    @Inject(TimeStampClient) timeStamps: TimeStampClient,
    @Inject(PdfValidator) validator: PdfValidator,
  ) {
    this.#database = database;
    this.#store = store;
    this.#certificates = certificates;
    this.#preparation = preparation;
    this.#revocation = revocation;
    this.#timeStamps = timeStamps;
    this.#validator = validator;
  }

  /**
   * @throws DocumentMissing, NotSignable, NotTheSigner, CertificateMissing, CertificateUnusable, MalformedPdf, AnchorMissing
   * @source PR-02
   * @source PR-03
   * @source PR-07
   */
  async open(input: z.output<typeof SessionInput>, actor: Actor): Promise<View> {
    const { documentId, signatureKind, certificateId } = input;
    const document = await this.#document(documentId);
    assertMayOpen(signatureKind, document, actor.userId);
    const holder = await this.#certificates.usable(certificateId, signatureKind, actor);
    await this.#assertCertificate(holder);
    const files = await this.#preparation.prepare(signatureKind, document, holder);
    return this.#database.command(async (tx) => {
      // What was prepared counts only if the document still waits for just this signature.
      const now = await tx.manager.findOne(SignableDocument, {
        where: { documentId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!now) throw DocumentMissing({ id: documentId });
      assertMayOpen(signatureKind, now, actor.userId);
      await tx.manager.update(
        SigningSession,
        { documentId, signatureKind, state: 'open' },
        { state: 'replaced', updatedAt: tx.now },
      );
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
      return sessionView(session, now);
    });
  }

  /** @throws SessionMissing */
  async get(id: string, actor: Actor): Promise<View> {
    const session = await this.#session(id, actor);
    return sessionView(session, await this.#document(session.documentId));
  }

  /**
   * Second step: checks the values, stamps, embeds, verifies the result, and only then lets it count, all files at once.
   *
   * @throws SessionMissing, SessionOver, SignatureValuesMissing, SignatureValueRejected, UnsafeEmbedding, CertificateMissing
   * @source PR-05
   * @source PR-06
   * @source PR-10
   * @source PR-12
   * @source PR-13
   */
  async complete(id: string, input: z.output<typeof SignaturesInput>, actor: Actor): Promise<View> {
    const session = await this.#session(id, actor);
    // A repetition under the same key is answered by the command below; anything else that is over is refused here.
    if (session.state !== 'completed') assertMayComplete(session, new Date());
    const document = await this.#document(session.documentId);
    const holder = await this.#certificates.usable(session.certificateId, session.signatureKind, actor);
    const values = new Map(input.values.map((value) => [value.fileId, Buffer.from(value.signature, 'base64')]));
    if (values.size !== session.files.length || session.files.some((file) => !values.has(file.fileId))) {
      throw SignatureValuesMissing();
    }
    const embedded =
      session.state === 'completed' ? undefined : await this.#embedAll(session, document, holder, values);
    return this.#database.command(async (tx) => {
      const locked = await tx.manager.findOne(SigningSession, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!locked) throw SessionMissing({ id });
      assertMayComplete(locked, tx.now);
      const current = await tx.manager.findOne(SignableDocument, {
        where: { documentId: locked.documentId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!current || !embedded) throw DocumentMissing({ id: locked.documentId });
      assertMayOpen(locked.signatureKind, current, actor.userId);
      Object.assign(locked, {
        state: 'completed' as const,
        signedFiles: embedded.files,
        level: embedded.level,
        completedAt: tx.now,
      });
      await tx.manager.update(
        SigningSession,
        { id },
        {
          state: 'completed',
          signedFiles: embedded.files as never,
          level: embedded.level,
          completedAt: tx.now,
          updatedAt: tx.now,
          version: locked.version + 1,
        },
      );
      const main = locked.files.find((file) => file.fieldName === 'ChuKyCaNhan');
      await tx.manager.update(
        SignableDocument,
        { documentId: locked.documentId },
        {
          stage: stageAfter(locked.signatureKind),
          files: embedded.files as never,
          updatedAt: tx.now,
          ...(main ? { personalPlacement: main.placement as never } : {}),
        },
      );
      tx.publish(DocumentSigned, {
        documentId: locked.documentId,
        sessionId: id,
        signatureKind: locked.signatureKind,
        signerUserId: actor.userId,
        files: embedded.files,
        level: embedded.level,
        certificateSerial: holder.serial,
        certificateSubject: holder.subject,
        signedAt: embedded.signedAt.toISOString(),
        pageCount: embedded.pageCount,
        ...(document.draftVersion === null ? {} : { draftVersion: document.draftVersion }),
      });
      tx.audit({
        action: 'signing-session.completed',
        resource: { type: 'signing-session', id },
        after: {
          documentId: locked.documentId,
          certificate: holder.serial,
          level: embedded.level,
          files: embedded.files.map((file) => file.sha256),
        },
      });
      return sessionView(locked, current);
    });
  }

  async #embedAll(
    session: SigningSession,
    document: SignableDocument,
    holder: CertificateEntity,
    values: ReadonlyMap<string, Buffer>,
  ): Promise<{ files: FileRef[]; level: 'B-B' | 'B-T'; signedAt: Date; pageCount: number }> {
    const certificate = Certificate.parse(holder.der);
    const chain = holder.chain.map((der) => Certificate.parse(der));
    const signed = new Map<string, FileRef>();
    let level: 'B-B' | 'B-T' = 'B-T';
    let pageCount = 1;
    // Every value is checked before anything is stamped or stored.
    const work = await Promise.all(
      session.files.map(async (file) => {
        const prepared = await this.#load(file, certificate, chain);
        const signatureValue = values.get(file.fileId) ?? Buffer.alloc(0);
        assertSignatureValue(prepared, signatureValue);
        return { file, prepared, signatureValue };
      }),
    );
    for (const { file, prepared, signatureValue } of work) {
      const source = document.files.find((candidate) => candidate.fileId === file.fileId);
      if (!source) throw DocumentMissing({ id: session.documentId });
      const timeStampToken = await this.#timeStamps.stamp(signatureValue);
      const fileLevel = timeStampToken ? 'B-T' : 'B-B';
      if (fileLevel === 'B-B') level = 'B-B';
      const after = completePdfSignature({ prepared, signatureValue, ...(timeStampToken ? { timeStampToken } : {}) });
      const before = await this.#store.readSmall({ key: file.sourceKey }, MAX_PDF_BYTES);
      const options = await this.#validator.options(after);
      assertSafeEmbedding({ before, after, fieldName: file.fieldName, level: fileLevel, options });
      if (source.role === 'main') pageCount = pageCountOf(new PdfDocument(after));
      const object = await this.#store.put(Readable.from([Buffer.from(after)]), { maxBytes: MAX_PDF_BYTES });
      signed.set(file.fileId, {
        ...source,
        fileId: idFrom(`signed:${session.id}:${file.fileId}`),
        sizeBytes: object.sizeBytes,
        sha256: object.sha256,
        objectKey: object.key,
      });
    }
    const files = document.files.map((file) => signed.get(file.fileId) ?? file);
    return { files, level, signedAt: new Date(), pageCount };
  }

  async #load(file: PreparedFile, certificate: Certificate, chain: readonly Certificate[]): Promise<PreparedSignature> {
    return {
      fieldName: file.fieldName,
      file: await this.#store.readSmall({ key: file.preparedKey }, MAX_PDF_BYTES),
      sourceLength: file.sourceLength,
      byteRange: file.byteRange,
      messageDigest: Buffer.from(file.messageDigest, 'base64'),
      signedAttributes: Buffer.from(file.signedAttributes, 'base64'),
      digest: Buffer.from(file.digest, 'base64'),
      certificate,
      chain,
    };
  }

  /** @throws CertificateUnusable @source VN-30 */
  async #assertCertificate(holder: CertificateEntity): Promise<void> {
    const certificate = Certificate.parse(holder.der);
    const chain = holder.chain.map((der) => Certificate.parse(der));
    const reason = this.#certificates.unusable(certificate, chain, holder.subjectKind, new Date());
    if (reason) throw CertificateUnusable({ reason });
    const evidence = await this.#revocation.evidence([[certificate, ...chain]]);
    const revoked = this.#certificates.isRevoked(certificate, chain, evidence, new Date());
    if (revoked) throw CertificateUnusable({ reason: 'đã bị thu hồi' });
  }

  async #document(documentId: string): Promise<SignableDocument> {
    const document = await this.#database.read((manager) => manager.findOneBy(SignableDocument, { documentId }));
    if (!document) throw DocumentMissing({ id: documentId });
    return document;
  }

  async #session(id: string, actor: Actor): Promise<SigningSession> {
    const session = await this.#database.read((manager) => manager.findOneBy(SigningSession, { id }));
    if (session?.signerId !== actor.userId) throw SessionMissing({ id });
    return session;
  }
}

const sessionView = (session: SigningSession, document: SignableDocument): View => ({
  sessionId: session.id,
  documentId: session.documentId,
  signatureKind: session.signatureKind,
  state: session.state,
  expiresAt: session.expiresAt,
  documentSubject: document.subject,
  documentCode: document.documentCode,
  toSign: session.files.map(({ fileId, name, signedAttributes, digest }) => ({
    fileId,
    fileName: name,
    algorithm: 'SHA-256' as const,
    signedAttributes,
    digest,
  })),
  level: session.level,
  completedAt: session.completedAt,
});
