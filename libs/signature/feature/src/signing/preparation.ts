import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { FileRef } from '@qlvb/contracts';
import {
  agencyPlacement,
  attachmentLines,
  checkPicture,
  cornerPlacement,
  FieldNameTaken,
  FieldNotFillable,
  findSignatureAnchor,
  formFields,
  PdfDocument,
  personalPlacement,
  preparePdfSignature,
  textSize,
} from '@qlvb/pdf-signature';
import type { PdfSignatureRequest } from '@qlvb/pdf-signature';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { LIMITS, formatDateInWords } from '@qlvb/records';
import type { SignatureKind } from '@qlvb/signature-domain';
import { Certificate } from '@qlvb/x509';
import type { CertificateEntity, PreparedFile, SignableDocument } from '../entities.ts';
import { SIGNATURE_SETTINGS } from '../signature.settings.ts';
import type { SignatureSettings } from '../signature.settings.ts';

export const MAX_PDF_BYTES = LIMITS.file.bytes;
export const PERSONAL_FIELD = 'ChuKyCaNhan';
const AGENCY_FIELD = 'ChuKyCoQuan';
/** Filled by the clerk's revision; a document without them could be signed and numbered, and never be sealed. */
const CLERKS_FIELDS = ['SoVanBan', 'NgayBanHanh'];

/** First step of signing: writes the revision whose hash the token signs, and keeps it. */
@Injectable()
export class Preparation {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(SIGNATURE_SETTINGS) private readonly settings: SignatureSettings,
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
    const pdf = await this.store.readSmall({ key: file.objectKey }, MAX_PDF_BYTES);
    const signingTime = new Date();
    const request: PdfSignatureRequest = {
      pdf,
      certificate: Certificate.parse(holder.der),
      chain: holder.chain.map((der) => Certificate.parse(der)),
      signingTime,
      signerName: holder.subject,
      location: 'Việt Nam',
      ...this.#appearanceFor(kind, document, holder, file, pdf, signingTime),
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

  #appearanceFor(
    kind: SignatureKind,
    document: SignableDocument,
    holder: CertificateEntity,
    file: FileRef,
    pdf: Uint8Array,
    signingTime: Date,
  ): Pick<PdfSignatureRequest, 'fieldName' | 'placement' | 'appearance' | 'fill' | 'lock'> {
    if (kind === 'personal') {
      assertBringsFields(new PdfDocument(pdf));
      const picture = checkPicture(holder.picture, 'person');
      const placement = personalPlacement(findSignatureAnchor(new PdfDocument(pdf)), picture.width / picture.height);
      return { fieldName: PERSONAL_FIELD, placement, appearance: { kind: 'picture', picture } };
    }
    const { documentCode, issuedOn, personalPlacement: personal } = document;
    if (!documentCode || !issuedOn || !personal) throw new Error(`${document.documentId} is numbered without number`);
    if (file.role === 'attachment') {
      const lines = attachmentLines(documentCode, signingTime);
      const { width, height } = textSize(lines);
      const placement = cornerPlacement(new PdfDocument(pdf), width, height);
      const fieldName = freeFieldName(new PdfDocument(pdf), AGENCY_FIELD);
      return { fieldName, placement, appearance: { kind: 'text', lines }, lock: 'all' };
    }
    return {
      fieldName: AGENCY_FIELD,
      placement: agencyPlacement(personal, this.settings.sealDiameterMm),
      appearance: { kind: 'picture', picture: checkPicture(holder.picture, 'seal') },
      fill: { SoVanBan: documentCode, NgayBanHanh: formatDateInWords(issuedOn) },
      lock: 'all',
    };
  }
}

/** An attachment may be a document that was issued itself, and bears a seal of that name. @source PAD-05 */
function freeFieldName(pdf: PdfDocument, wanted: string): string {
  const taken = new Set(formFields(pdf).map(({ name }) => name));
  let free = wanted;
  for (let number = 2; taken.has(free); number += 1) free = `${wanted}${number}`;
  return free;
}

/**
 * The clerk's fields must be there and empty, and no field may stand where the signatures come: a draft that brings its own
 * would decide where they are shown.
 *
 * @throws FieldNotFillable, FieldNameTaken
 * @source PR-22
 * @source VN-10
 */
function assertBringsFields(pdf: PdfDocument): void {
  const fields = formFields(pdf);
  for (const field of CLERKS_FIELDS) {
    if (!fields.some(({ name, type }) => name === field && type === 'Tx')) throw FieldNotFillable({ field });
  }
  const taken = fields.find(({ name }) => name === PERSONAL_FIELD || name === AGENCY_FIELD);
  if (taken) throw FieldNameTaken({ field: taken.name });
}
