import { MalformedPdf } from './pdf.problems.ts';
import type { PdfDocument } from './document.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { PdfName, PdfRef, PdfString } from './objects.ts';

/** A form field that has a name of its own; its widget is merged or its only kid. */
export interface FormField {
  readonly name: string;
  readonly ref: PdfRef | undefined;
  readonly dict: PdfDict;
  readonly type: string | undefined;
  readonly value: PdfObject;
  readonly flags: number;
}

const nameOf = (object: PdfObject): string | undefined => (object instanceof PdfName ? object.value : undefined);

/** All terminal fields of the form (12.7.3), with inherited type, value and flags. */
export function formFields(document: PdfDocument): readonly FormField[] {
  const form = document.dict(document.root.get('AcroForm'));
  const fields: FormField[] = [];
  const seen = new Set<number>();

  const visit = (object: PdfObject, prefix: string, inherited: PdfDict, depth: number): void => {
    document.budget.step();
    document.budget.depth(depth);
    if (object instanceof PdfRef) {
      if (seen.has(object.number)) throw MalformedPdf({ fault: 'a form field comes twice' });
      seen.add(object.number);
    }
    const dict = document.dict(object);
    if (!dict) return;
    const partial = document.resolve(dict.get('T'));
    const name = partial instanceof PdfString ? (prefix ? `${prefix}.${partial.text}` : partial.text) : prefix;
    const all = new Map([...inherited, ...[...dict].filter(([key]) => ['FT', 'V', 'Ff'].includes(key))]);
    const kids = document.array(dict.get('Kids')).filter((kid) => document.dict(kid)?.has('T'));
    if (kids.length > 0) {
      for (const kid of kids) visit(kid, name, all, depth + 1);
      return;
    }
    const flags = document.resolve(all.get('Ff'));
    fields.push({
      name,
      ref: object instanceof PdfRef ? object : undefined,
      dict,
      type: nameOf(document.resolve(all.get('FT'))),
      value: document.resolve(all.get('V')),
      flags: typeof flags === 'number' ? flags : 0,
    });
  };
  for (const field of document.array(form?.get('Fields'))) visit(field, '', new Map(), 0);
  return fields;
}

/** Pages in their order, as references (7.7.3). */
export function pageRefs(document: PdfDocument): readonly PdfRef[] {
  const pages: PdfRef[] = [];
  const seen = new Set<number>();
  const visit = (object: PdfObject, depth: number): void => {
    document.budget.step();
    document.budget.depth(depth);
    if (!(object instanceof PdfRef)) throw MalformedPdf({ fault: 'a page is not an indirect object' });
    if (seen.has(object.number)) throw MalformedPdf({ fault: 'a page comes twice' });
    seen.add(object.number);
    const dict = document.dict(object);
    if (!dict) throw MalformedPdf({ fault: 'a page is missing' });
    if (dict.has('Kids')) for (const kid of document.array(dict.get('Kids'))) visit(kid, depth + 1);
    else pages.push(object);
  };
  visit(document.root.get('Pages') ?? null, 0);
  return pages;
}

/** Number of pages. @throws MalformedPdf */
export const pageCountOf = (document: PdfDocument): number => pageRefs(document).length;

/** [x0, y0, x1, y1] in user space, lower left first. */
export type Rectangle = readonly [x0: number, y0: number, x1: number, y1: number];

export function rectangle(document: PdfDocument, object: PdfObject | undefined): Rectangle | undefined {
  const values = document.array(object).map((item) => document.resolve(item));
  if (values.length !== 4 || !values.every((value): value is number => typeof value === 'number')) return undefined;
  const [a, b, c, d] = values as [number, number, number, number];
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/** What a viewer shows of a page: its CropBox within its MediaBox, both inherited if need be (7.7.3.3). */
export function pageBox(document: PdfDocument, page: PdfRef): Rectangle {
  const media = inheritedBox(document, page, 'MediaBox');
  if (!media) throw MalformedPdf({ fault: 'a page has no size' });
  const crop = inheritedBox(document, page, 'CropBox') ?? media;
  const box: Rectangle = [
    Math.max(media[0], crop[0]),
    Math.max(media[1], crop[1]),
    Math.min(media[2], crop[2]),
    Math.min(media[3], crop[3]),
  ];
  return box[0] < box[2] && box[1] < box[3] ? box : media;
}

function inheritedBox(document: PdfDocument, page: PdfRef, key: string): Rectangle | undefined {
  let dict = document.dict(page);
  for (let depth = 0; dict && depth < document.budget.limits.depth; depth += 1) {
    const box = rectangle(document, dict.get(key));
    if (box) return box;
    dict = document.dict(dict.get('Parent'));
  }
  return undefined;
}
