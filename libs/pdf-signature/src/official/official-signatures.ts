import { formFields } from '@qlvb/pdf';
import type { PdfDocument } from '@qlvb/pdf';
import type { Appearance } from '../appearance/appearance.ts';
import { textSize } from '../appearance/appearance.ts';
import { attachmentLines } from '../appearance/corner-text.ts';
import { agencyPlacement, cornerPlacement, findSignatureAnchor, personalPlacement } from '../appearance/placement.ts';
import type { Placement } from '../appearance/placement.ts';
import type { Picture } from '../appearance/png.ts';
import { FieldNotFillable } from '../pdf-signature.problems.ts';
import type { PdfSignatureRequest } from '../signing/prepare.ts';

export const PERSONAL_FIELD = 'ChuKyCaNhan';
const AGENCY_FIELD = 'ChuKyCoQuan';
const NUMBER_FIELD = 'SoVanBan';
const DATE_FIELD = 'NgayBanHanh';

/** What one signature of an official document adds to its file, whoever makes it. */
export type OfficialSignature = Pick<PdfSignatureRequest, 'fieldName' | 'placement' | 'appearance' | 'fill' | 'lock'>;

/** Number and date as they are printed. */
export interface GivenNumber {
  readonly documentCode: string;
  readonly dateInWords: string;
}

/**
 * The competent person's signature. The clerk's fields must be there and be text fields: a document without them could be
 * signed and numbered, and never be sealed.
 *
 * @throws FieldNotFillable, AnchorMissing
 * @source VN-10
 * @source PR-22
 */
export function personalSignature(pdf: PdfDocument, picture: Picture): OfficialSignature {
  const fields = formFields(pdf);
  for (const field of [NUMBER_FIELD, DATE_FIELD]) {
    if (!fields.some(({ name, type }) => name === field && type === 'Tx')) throw FieldNotFillable({ field });
  }
  return {
    fieldName: freeFieldName(pdf, PERSONAL_FIELD),
    placement: personalPlacement(findSignatureAnchor(pdf), picture.width / picture.height),
    appearance: { kind: 'picture', picture },
  };
}

/** The agency's signature with its seal, and number and date. @source VN-11 @source PR-24 */
export function agencySignature(
  pdf: PdfDocument,
  personal: Placement,
  seal: { readonly picture: Picture; readonly diameterMm: number },
  { documentCode, dateInWords }: GivenNumber,
): OfficialSignature {
  return {
    fieldName: freeFieldName(pdf, AGENCY_FIELD),
    placement: agencyPlacement(personal, seal.diameterMm),
    appearance: { kind: 'picture', picture: seal.picture },
    fill: { [NUMBER_FIELD]: documentCode, [DATE_FIELD]: dateInWords },
    lock: 'all',
  };
}

/** The agency's signature on an attachment: number of the main document and time, in the corner. @source VN-12 */
export function attachmentSignature(pdf: PdfDocument, documentCode: string, signingTime: Date): OfficialSignature {
  const lines = attachmentLines(documentCode, signingTime);
  const { width, height } = textSize(lines);
  const appearance: Appearance = { kind: 'text', lines };
  const placement = cornerPlacement(pdf, width, height);
  return { fieldName: freeFieldName(pdf, AGENCY_FIELD), placement, appearance, lock: 'all' };
}

/** A file may bring fields of our names, such as a document that was issued itself: they stay what they are. @source PAD-05 */
function freeFieldName(pdf: PdfDocument, wanted: string): string {
  const taken = new Set(formFields(pdf).map(({ name }) => name));
  let free = wanted;
  for (let number = 2; taken.has(free); number += 1) free = `${wanted}${number}`;
  return free;
}
