import { handMadePdf, pageVariants, producerShapes } from '@qlvb/pdf-testing';
import { canonicalCopy } from './canonical-copy.ts';
import { PdfDocument } from './document.ts';
import { formFields, pageBox, pageRefs } from './form.ts';

const TREE = [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 99 /MediaBox [0 0 300 400] /Rotate 90 >>',
  '<< /Type /Pages /Parent 2 0 R /Kids [4 0 R 5 0 R] /Count 1 /MediaBox [0 0 200 100] >>',
  '<< /Type /Page /Parent 3 0 R >>',
  '<< /Parent 3 0 R /MediaBox [0 0 50 60] /Annots [9 0 R 7 3 R] >>',
  '<< /Type /Page /Parent 2 0 R >>',
  '<< /Type /Annot /Subtype /Text /Rect [1 2 3 4] >>',
];
const copyOf = (pdf: Uint8Array): PdfDocument => new PdfDocument(canonicalCopy(new PdfDocument(pdf)));

describe('F-09 a copy that cannot be read in two ways', () => {
  it.each([...producerShapes(false), ...pageVariants()])('F-09 of $name has its pages and fields', ({ pdf }) => {
    const before = new PdfDocument(pdf);
    const after = copyOf(pdf);
    const boxes = (document: PdfDocument): unknown => pageRefs(document).map((page) => pageBox(document, page));
    const fields = (document: PdfDocument): unknown => formFields(document).map(({ name, type }) => [name, type]);
    expect([boxes(after), fields(after)]).toEqual([boxes(before), fields(before)]);
    expect(after.sections.map(({ kind }) => kind)).toEqual(['table']);
  });

  it('F-09 has one list of pages with a true count, each with what it inherits, and every object of generation 0', () => {
    const copy = copyOf(handMadePdf(TREE));
    const pages = pageRefs(copy);
    expect(pages.map((page) => pageBox(copy, page).slice(2))).toEqual([
      [200, 100],
      [50, 60],
      [300, 400],
    ]);
    expect(copy.dict(copy.root.get('Pages'))?.get('Count')).toBe(3);
    expect(pages.map((page) => copy.dict(page)?.get('Rotate'))).toEqual([90, 90, 90]);
    const [, second] = pages;
    const [missing, comment] = copy.array(copy.dict(second)?.get('Annots'));
    expect([copy.resolve(missing), copy.dict(comment)?.get('Rect')]).toEqual([null, [1, 2, 3, 4]]);
  });
});
