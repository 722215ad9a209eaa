import { createHash } from 'node:crypto';
import { OID, signedAttributes } from '@qlvb/x509';
import type { Certificate } from '@qlvb/x509';
import { dateString, dict, IncrementalUpdate, name, serialize, textString } from '@qlvb/pdf';
import type { PdfDocument, PdfObject } from '@qlvb/pdf';
import { addAppearance } from '../appearance/appearance.ts';
import type { Appearance } from '../appearance/appearance.ts';
import type { Placement } from '../appearance/placement.ts';
import { fillTextFields, registerField, signatureField } from './fields.ts';

export interface PdfSignatureRequest {
  /** The file as it was read, once for all that is asked of it. */
  readonly document: PdfDocument;
  /** Name of the signature field; created unless the document has an empty one of that name. */
  readonly fieldName: string;
  readonly placement: Placement;
  readonly appearance: Appearance;
  /** Needed before the hash: its own hash is among the signed attributes (PR-02). */
  readonly certificate: Certificate;
  /** Authorities from the issuer upwards, embedded for verifiers. */
  readonly chain: readonly Certificate[];
  readonly signingTime: Date;
  readonly signerName?: string;
  readonly reason?: string;
  readonly location?: string;
  /** Empty text fields to fill in the same revision, for instance number and date (PR-22). */
  readonly fill?: Readonly<Record<string, string>>;
  /** Lock every field afterwards: only proof for the long term may follow (PR-24). */
  readonly lock?: 'all';
  /** Bytes reserved for the CMS; by default computed from the chain and an expected time stamp. */
  readonly contentsBytes?: number;
}

/** The file with its signature still missing, and what the holder of the key has to sign. */
export interface PreparedSignature {
  readonly fieldName: string;
  readonly file: Uint8Array;
  /** Length of the file before this revision; those bytes are unchanged. */
  readonly sourceLength: number;
  readonly byteRange: readonly [number, number, number, number];
  /** SHA-256 of the two byte ranges. */
  readonly messageDigest: Uint8Array;
  /** SET OF attributes in DER: the bytes the key signs. */
  readonly signedAttributes: Uint8Array;
  /** SHA-256 of the signed attributes, for devices that sign digests. */
  readonly digest: Uint8Array;
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
}

const MIN_CONTENTS = 16 * 1024;
const TIME_STAMP_ALLOWANCE = 8 * 1024;
const RANGE_WIDTH = 10;

/**
 * First step of signing: writes one incremental revision with the final appearance and an empty place for the signature, and
 * says what is to be signed. The same request gives the same bytes.
 *
 * @throws MalformedPdf, FieldNameTaken, FieldNotFillable, TextNotDrawable
 * @source PR-02, PR-03, PR-04, PR-11
 * @source PR-23 an approval signature: nothing is certified, as signatures and number are still to come
 */
export function preparePdfSignature(request: PdfSignatureRequest): PreparedSignature {
  const { document } = request;
  const update = new IncrementalUpdate(document);
  if (request.fill) fillTextFields(update, request.fill);
  const field = signatureField(update, request.fieldName, request.placement);
  const [x0, y0, x1, y1] = field.spot.rectangle;
  const value = update.reserve();
  field.dict.set('V', value);
  field.dict.set('AP', dict({ N: addAppearance(update, request.appearance, x1 - x0, y1 - y0) }));
  if (request.lock) field.dict.set('Lock', dict({ Type: name('SigFieldLock'), Action: name('All') }));
  update.put(field.ref, field.dict);
  if (field.isNew) registerField(update, field);
  update.putRaw(value, signatureDictionary(request, document));
  const revision = update.write();
  const file = new Uint8Array(Buffer.concat([document.bytes, revision.bytes]));
  const byteRange = fillByteRange(file, revision.offsets.get(value.number) as number);
  const [, first, second, rest] = byteRange;
  const messageDigest = sha256(file.subarray(0, first), file.subarray(second, second + rest));
  const attributes = signedAttributes(OID.data, messageDigest, request.certificate);
  return {
    fieldName: request.fieldName,
    file,
    sourceLength: document.bytes.length,
    byteRange,
    messageDigest,
    signedAttributes: attributes,
    digest: sha256(attributes),
    certificate: request.certificate,
    chain: request.chain,
  };
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const state = createHash('sha256');
  for (const part of parts) state.update(part);
  return state.digest();
};

/**
 * Bytes reserved for the CMS: chain, time stamp and 4 KiB to spare.
 *
 * @source PR-09
 */
export function placeholderSize(certificates: readonly Certificate[]): number {
  const chain = certificates.reduce((sum, { raw }) => sum + raw.length, 0);
  return Math.max(MIN_CONTENTS, Math.ceil((chain + TIME_STAMP_ALLOWANCE + 4096) / 1024) * 1024);
}

/** /ByteRange and /Contents stand first, so that nothing a user wrote can be taken for them. @source PAD-01 */
function signatureDictionary(request: PdfSignatureRequest, document: PdfDocument): Buffer {
  const size = request.contentsBytes ?? placeholderSize([request.certificate, ...request.chain]);
  const rest = dict({
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    M: dateString(request.signingTime),
    Name: request.signerName === undefined ? undefined : textString(request.signerName),
    Reason: request.reason === undefined ? undefined : textString(request.reason),
    Location: request.location === undefined ? undefined : textString(request.location),
    Reference: request.lock ? [fieldLock(document.trailer.get('Root') as PdfObject)] : undefined,
  });
  const range = `/ByteRange [0 ${`${'0'.repeat(RANGE_WIDTH)} `.repeat(3)}]`;
  const head = Buffer.from(`<< ${range} /Contents <${'0'.repeat(size * 2)}> `);
  return Buffer.concat([head, serialize(rest).subarray(3)]);
}

/** Signature reference of a field lock (12.8.2.4), equal to the /Lock of the field. @source PR-24 */
const fieldLock = (root: PdfObject): PdfObject =>
  dict({
    Type: name('SigRef'),
    TransformMethod: name('FieldMDP'),
    Data: root,
    TransformParams: dict({ Type: name('TransformParams'), Action: name('All'), V: name('1.2') }),
  });

/** Writes the real byte range over its placeholder; its length does not change. @source PAD-02 */
function fillByteRange(file: Uint8Array, dictionaryStart: number): [number, number, number, number] {
  const buffer = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const rangeAt = buffer.indexOf('/ByteRange [0 ', dictionaryStart) + '/ByteRange [0 '.length;
  const open = buffer.indexOf('/Contents <', dictionaryStart) + '/Contents '.length;
  const close = buffer.indexOf('>', open) + 1;
  const range: [number, number, number, number] = [0, open, close, file.length - close];
  buffer.write(
    range
      .slice(1)
      .map((value) => `${String(value).padEnd(RANGE_WIDTH)} `)
      .join(''),
    rangeAt,
    'latin1',
  );
  return range;
}
