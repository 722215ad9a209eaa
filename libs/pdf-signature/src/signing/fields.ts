import { dict, formFields, name, pageRefs, PdfRef, PdfString, rectangle, textString } from '@qlvb/pdf';
import type { FormField, IncrementalUpdate, PdfDict, PdfDocument, PdfObject, Rectangle } from '@qlvb/pdf';
import { addFieldText } from '../appearance/appearance.ts';
import type { Placement } from '../appearance/placement.ts';
import { FieldNameTaken, FieldNotFillable } from '../pdf-signature.problems.ts';

const READ_ONLY = 1;

/**
 * Puts texts into the empty text fields the layout reserved, value and appearance, nothing else.
 *
 * @throws FieldNotFillable when a field is missing, no text field, read-only or filled already
 * @source PR-22 number and date enter in the clerk's revision, through fields that were there when the person signed
 */
export function fillTextFields(update: IncrementalUpdate, values: Readonly<Record<string, string>>): void {
  const fields = formFields(update.document);
  for (const [fieldName, text] of Object.entries(values)) {
    const field = fields.find((candidate) => candidate.name === fieldName);
    const box = field && rectangle(update.document, field.dict.get('Rect'));
    if (!field?.ref || !box || field.type !== 'Tx' || field.flags & READ_ONLY || !isEmptyValue(field.value)) {
      throw FieldNotFillable({ field: fieldName });
    }
    const appearance = addFieldText(update, {
      text,
      width: box[2] - box[0],
      height: box[3] - box[1],
      ...fieldStyle(update.document, field),
    });
    update.put(field.ref, new Map([...field.dict, ['V', textString(text)], ['AP', dict({ N: appearance })]]));
  }
}

export const isEmptyValue = (value: PdfObject): boolean =>
  value === null || (value instanceof PdfString && value.bytes.length === 0);

/** Size, slant and alignment from the field's default appearance string (12.7.3.3). */
function fieldStyle(
  document: PdfDocument,
  field: FormField,
): { size: number; style: 'Regular' | 'Italic'; quadding: number } {
  const form = document.dict(document.root.get('AcroForm'));
  const own = document.resolve(field.dict.get('DA') ?? form?.get('DA'));
  const match = /\/(\S+)\s+([\d.]+)\s+Tf/.exec(own instanceof PdfString ? own.text : '');
  const quadding = document.resolve(field.dict.get('Q') ?? form?.get('Q'));
  return {
    size: Number(match?.[2] ?? 0) || 13,
    style: /italic/i.test(match?.[1] ?? '') ? 'Italic' : 'Regular',
    quadding: typeof quadding === 'number' ? quadding : 0,
  };
}

/** What a new widget needs: its page and rectangle. */
export interface WidgetSpot {
  readonly page: PdfRef;
  readonly rectangle: Rectangle;
}

/** The spot of a placement; a page outside the document is the caller's mistake. */
export function spotOf(document: PdfDocument, { pageIndex, rectangle: box }: Placement): WidgetSpot {
  const page = pageRefs(document)[pageIndex];
  if (!page) throw new RangeError(`the document has no page ${pageIndex + 1}`);
  const round = (value: number): number => Number(value.toFixed(2));
  return { page, rectangle: [round(box[0]), round(box[1]), round(box[2]), round(box[3])] };
}

export interface SignatureField {
  readonly ref: PdfRef;
  readonly spot: WidgetSpot;
  /** Dictionary of the field so far, without /V and /AP. */
  readonly dict: PdfDict;
  readonly isNew: boolean;
}

/**
 * The field to sign: an empty signature field of that name if the document has one, else a new one at the placement.
 *
 * @throws FieldNameTaken
 * @source PAD-05
 */
export function signatureField(update: IncrementalUpdate, fieldName: string, placement: Placement): SignatureField {
  const { document } = update;
  if (fieldName.includes('.') || fieldName === '') throw FieldNameTaken({ field: fieldName });
  const existing = formFields(document).find((field) => field.name === fieldName);
  if (!existing) {
    const spot = spotOf(document, placement);
    const fresh = dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: textString(fieldName),
      F: 132,
      P: spot.page,
      Rect: [...spot.rectangle],
    });
    return { ref: update.reserve(), spot, dict: fresh, isNew: true };
  }
  const box = rectangle(document, existing.dict.get('Rect'));
  const page = existing.dict.get('P');
  if (existing.type !== 'Sig' || existing.value !== null || !existing.ref || !box || !(page instanceof PdfRef)) {
    throw FieldNameTaken({ field: fieldName });
  }
  return { ref: existing.ref, spot: { page, rectangle: box }, dict: new Map(existing.dict), isNew: false };
}

/** Lists a new field in the form and its widget on the page, touching only the arrays that must grow. */
export function registerField(update: IncrementalUpdate, field: SignatureField): void {
  const { document } = update;
  const page = document.dict(field.spot.page) as PdfDict;
  appendTo(update, page, field.spot.page, 'Annots', field.ref);
  const root = document.trailer.get('Root') as PdfRef;
  const holder = document.root.get('AcroForm');
  const form = new Map(document.dict(holder) ?? []);
  const fields = form.get('Fields');
  if (fields instanceof PdfRef) update.put(fields, [...document.array(fields), field.ref]);
  else form.set('Fields', [...document.array(fields), field.ref]);
  form.set('SigFlags', 3);
  if (holder instanceof PdfRef) update.put(holder, form);
  else update.put(root, new Map([...document.root, ['AcroForm', form]]));
}

function appendTo(update: IncrementalUpdate, owner: PdfDict, ownerRef: PdfRef, key: string, item: PdfRef): void {
  const list = owner.get(key);
  const grown = [...update.document.array(list), item];
  if (list instanceof PdfRef) update.put(list, grown);
  else update.put(ownerRef, new Map([...owner, [key, grown]]));
}
