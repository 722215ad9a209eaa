import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { FileRef } from '@qlvb/contracts';
import { PdfDocument } from '@qlvb/pdf';
import {
  agencySignature,
  attachmentSignature,
  checkPicture,
  personalSignature,
  preparePdfSignature,
} from '@qlvb/pdf-signature';
import type { OfficialSignature, PdfSignatureRequest } from '@qlvb/pdf-signature';
import { OBJECT_STORE, StoredBytes } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { LIMITS, formatDateInWords } from '@qlvb/records';
import type { SignatureKind } from '@qlvb/signature-domain';
import { Certificate } from '@qlvb/x509';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import type { CertificateEntity, PreparedFile, SignableDocument } from '../entities.ts';
import { SIGNATURE_SETTINGS } from '../signature.settings.ts';
import type { SignatureSettings } from '../signature.settings.ts';

export const MAX_PDF_BYTES = LIMITS.file.bytes;

/** First step of signing: writes the revision whose hash the token signs, and keeps it. */
@Injectable()
export class Preparation {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(StoredBytes) private readonly bytes: StoredBytes,
    @Inject(SIGNATURE_SETTINGS) private readonly settings: SignatureSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The person signs the document; the agency signs the document and every attached PDF that is a file of its own.
   *
   * @source PR-03
   * @source PR-22
   * @source VN-10
   * @source VN-11
   * @source VN-12
   */
  async prepare(kind: SignatureKind, document: SignableDocument, holder: CertificateEntity): Promise<PreparedFile[]> {
    const prepared: PreparedFile[] = [];
    for (const file of document.files) {
      const signed = file.role === 'main' || (kind === 'agency' && file.mediaType === 'application/pdf');
      if (signed) prepared.push(await this.#prepareFile(kind, document, holder, file));
    }
    return prepared;
  }

  async #prepareFile(
    kind: SignatureKind,
    document: SignableDocument,
    holder: CertificateEntity,
    file: FileRef,
  ): Promise<PreparedFile> {
    const pdf = new PdfDocument(await this.bytes.read(file, MAX_PDF_BYTES));
    const signingTime = this.clock.now();
    const request: PdfSignatureRequest = {
      document: pdf,
      certificate: Certificate.parse(holder.der),
      chain: holder.chain.map((der) => Certificate.parse(der)),
      signingTime,
      signerName: holder.subject,
      location: 'Việt Nam',
      ...this.#signatureOn(pdf, { kind, document, holder, file, signingTime }),
    };
    const result = preparePdfSignature(request);
    const object = await this.store.put(Readable.from([Buffer.from(result.file)]), { maxBytes: MAX_PDF_BYTES });
    return {
      fileId: file.fileId,
      name: file.name,
      fieldName: result.fieldName,
      sourceKey: file.objectKey,
      preparedKey: object.key,
      sourceLength: result.sourceLength,
      byteRange: result.byteRange,
      messageDigest: Buffer.from(result.messageDigest).toString('base64'),
      signedAttributes: Buffer.from(result.signedAttributes).toString('base64'),
      digest: Buffer.from(result.digest).toString('base64'),
      placement: request.placement,
    };
  }

  #signatureOn(
    pdf: PdfDocument,
    {
      kind,
      document,
      holder,
      file,
      signingTime,
    }: {
      readonly kind: SignatureKind;
      readonly document: SignableDocument;
      readonly holder: CertificateEntity;
      readonly file: FileRef;
      readonly signingTime: Date;
    },
  ): OfficialSignature {
    if (kind === 'personal') return personalSignature(pdf, checkPicture(holder.picture, 'person'));
    const { documentCode, issuedOn, personalPlacement } = document;
    if (!documentCode || !issuedOn || !personalPlacement) {
      throw new Error(`${document.documentId} is numbered without number`);
    }
    if (file.role === 'attachment') return attachmentSignature(pdf, documentCode, signingTime);
    const seal = { picture: checkPicture(holder.picture, 'seal'), diameterMm: this.settings.sealDiameterMm };
    return agencySignature(pdf, personalPlacement, seal, { documentCode, dateInWords: formatDateInWords(issuedOn) });
  }
}
