import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { FileRef } from '@qlvb/contracts';
import { pageCountOf, PdfDocument } from '@qlvb/pdf';
import { assertSafeEmbedding, assertSignatureValue, completePdfSignature } from '@qlvb/pdf-signature';
import type { PreparedSignature } from '@qlvb/pdf-signature';
import { digestOf, OBJECT_STORE, StoredBytes } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { idFrom } from '@qlvb/shared-domain';
import { assertSameVersion, SignatureValuesMissing } from '@qlvb/signature-domain';
import { Certificate } from '@qlvb/x509';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import type { CertificateEntity, PreparedFile, SignableDocument, SigningSession } from '../entities.ts';
import { TimeStampClient } from '../authorities/time-stamp-client.ts';
import { PdfValidator } from '../validation/pdf-validator.ts';
import { MAX_PDF_BYTES } from './preparation.ts';

export interface Embedded {
  /** Every file of the document as it is afterwards; what was not signed is unchanged. */
  readonly files: readonly FileRef[];
  readonly level: 'B-B' | 'B-T';
  readonly signedAt: Date;
  /** Of the main file. */
  /** Of the main file, when it was signed. */
  readonly pageCount: number | undefined;
}

interface Work {
  readonly source: FileRef;
  readonly file: PreparedFile;
  readonly prepared: PreparedSignature;
  readonly signatureValue: Buffer;
}

/** Second step of signing, outside any transaction: what it stores is of no effect until a command names it. */
@Injectable()
export class Embedding {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(StoredBytes) private readonly bytes: StoredBytes,
    @Inject(TimeStampClient) private readonly timeStamps: TimeStampClient,
    @Inject(PdfValidator) private readonly validator: PdfValidator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Checks every value before anything is stamped; embeds, and verifies every file before any of them is stored.
   *
   * @throws FileBytesLost, SessionOver, SignatureValuesMissing, SignatureValueRejected, PlaceholderTooSmall, UnsafeEmbedding
   * @source PR-06
   * @source PR-10
   * @source PR-12
   */
  async embed(
    session: SigningSession,
    document: SignableDocument,
    holder: CertificateEntity,
    input: readonly { readonly fileId: string; readonly signature: string }[],
  ): Promise<Embedded> {
    assertSameVersion(session.files, document.files);
    const work = await this.#work(session, document, holder, input);
    const signed: { work: Work; bytes: Uint8Array; level: 'B-B' | 'B-T' }[] = [];
    for (const one of work) signed.push({ work: one, ...(await this.#embedOne(one)) });
    const stored = new Map<string, FileRef>();
    let pageCount: number | undefined;
    for (const { work: one, bytes } of signed) {
      const { source } = one;
      if (source.role === 'main') pageCount = pageCountOf(new PdfDocument(bytes));
      const object = await this.store.put(Readable.from([Buffer.from(bytes)]), { maxBytes: MAX_PDF_BYTES });
      stored.set(source.fileId, {
        ...source,
        fileId: idFrom(`signed:${session.id}:${source.fileId}`),
        sizeBytes: object.sizeBytes,
        sha256: object.sha256,
        objectKey: object.key,
      });
    }
    return {
      files: document.files.map((file) => stored.get(file.fileId) ?? file),
      level: signed.every(({ level }) => level === 'B-T') ? 'B-T' : 'B-B',
      signedAt: this.clock.now(),
      pageCount,
    };
  }

  async #work(
    session: SigningSession,
    document: SignableDocument,
    holder: CertificateEntity,
    input: readonly { readonly fileId: string; readonly signature: string }[],
  ): Promise<Work[]> {
    const values = new Map(input.map(({ fileId, signature }) => [fileId, Buffer.from(signature, 'base64')]));
    if (values.size !== input.length || values.size !== session.files.length) throw SignatureValuesMissing();
    const sources = new Map(document.files.map((file) => [file.fileId, file]));
    const certificate = Certificate.parse(holder.der);
    const chain = holder.chain.map((der) => Certificate.parse(der));
    const work: Work[] = [];
    for (const file of session.files) {
      const [signatureValue, source] = [values.get(file.fileId), sources.get(file.fileId)];
      if (!signatureValue || !source) throw SignatureValuesMissing();
      const prepared = await this.#load(file, certificate, chain);
      assertSignatureValue(prepared, signatureValue);
      work.push({ source, file, prepared, signatureValue });
    }
    return work;
  }

  async #embedOne({
    source,
    file,
    prepared,
    signatureValue,
  }: Work): Promise<{ bytes: Uint8Array; level: 'B-B' | 'B-T' }> {
    const timeStampToken = await this.timeStamps.stamp(signatureValue);
    const level = timeStampToken ? 'B-T' : 'B-B';
    const bytes = completePdfSignature({ prepared, signatureValue, ...(timeStampToken ? { timeStampToken } : {}) });
    const before = await this.bytes.read(source, MAX_PDF_BYTES);
    const options = await this.validator.options(bytes);
    assertSafeEmbedding({ before, after: bytes, fieldName: file.fieldName, level, options });
    return { bytes, level };
  }

  async #load(file: PreparedFile, certificate: Certificate, chain: readonly Certificate[]): Promise<PreparedSignature> {
    return {
      fieldName: file.fieldName,
      file: await this.bytes.read(
        { name: file.name, objectKey: file.preparedKey, sha256: digestOf(file.preparedKey) },
        MAX_PDF_BYTES,
      ),
      sourceLength: file.sourceLength,
      byteRange: file.byteRange,
      messageDigest: Buffer.from(file.messageDigest, 'base64'),
      signedAttributes: Buffer.from(file.signedAttributes, 'base64'),
      digest: Buffer.from(file.digest, 'base64'),
      certificate,
      chain,
    };
  }
}
