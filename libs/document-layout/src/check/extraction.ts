import type { Tell } from '@qlvb/limited-process';
import { canonicalCopy, pageCountOf } from '@qlvb/pdf';
import type { PdfDocument } from '@qlvb/pdf';
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { FormField, PageFacts, PdfFacts, ReadingLimits, TextPiece } from './facts.ts';

type Matrix = readonly [number, number, number, number, number, number];
type OperatorList = Awaited<ReturnType<PDFPageProxy['getOperatorList']>>;
interface Frame {
  readonly left: number;
  readonly top: number;
}

const THINNEST_RULE = 2;
const SHORTEST_RULE = 8;

/**
 * Reads what a PDF shows. The library that unpacks pages gets a copy written anew from what our reader found: about objects,
 * pages and encryption it can have no opinion of its own. A file from outside may be made to hang it, so that services call
 * this through `readPdfFacts`, in a process that can be ended.
 *
 * @param tell is told how many of the pages that are looked at are read
 * @throws MalformedPdf, PdfTooComplex
 */
export async function extractFacts(document: PdfDocument, limits: ReadingLimits, tell?: Tell): Promise<PdfFacts> {
  const pageCount = pageCountOf(document);
  const loading = getDocument({
    data: canonicalCopy(document),
    verbosity: 0,
    disableFontFace: true,
    useSystemFonts: false,
    // pictures do not matter here and are costly to decode
    maxImageSize: 1,
    stopAtErrors: true,
  });
  const shown = await loading.promise;
  if (shown.numPages !== pageCount) throw new Error(`${pageCount} pages are read as ${shown.numPages}`);
  const fonts = new Map<string, boolean>();
  const pages: PageFacts[] = [];
  const unread: number[] = [];
  const asked = Math.min(pageCount, limits.pages);
  for (let number = 1; number <= asked; number += 1) {
    tell?.(number - 1, asked);
    const page = await shown.getPage(number);
    // Contents that cannot be unpacked make a page unread, which the report says; the others are looked at.
    const facts = await readPage(page, number, fonts, limits).catch(() => undefined);
    if (facts) pages.push(facts);
    else unread.push(number);
  }
  await loading.destroy();
  return { pageCount, pages, unread, fonts: [...fonts].map(([name, embedded]) => ({ name, embedded })) };
}

async function readPage(
  page: PDFPageProxy,
  number: number,
  fonts: Map<string, boolean>,
  { textsPerPage }: ReadingLimits,
): Promise<PageFacts> {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = page.view;
  const turned = page.rotate % 180 !== 0;
  const frame = { left: x0, top: y1 };
  const operators = await page.getOperatorList();
  const { items } = await page.getTextContent();
  const texts: TextPiece[] = [];
  for (const item of items) {
    if (texts.length >= textsPerPage) break;
    if (!('str' in item) || item.str.trim() === '') continue;
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as number[];
    const { name, embedded } = fontFacts(page, item.fontName);
    fonts.set(name, (fonts.get(name) ?? true) && embedded);
    texts.push({
      text: item.str.normalize('NFC'),
      x: x - frame.left,
      baseline: frame.top - y,
      width: item.width,
      size: Math.hypot(a, b),
      font: name,
    });
  }
  return {
    number,
    width: turned ? y1 - y0 : x1 - x0,
    height: turned ? x1 - x0 : y1 - y0,
    texts,
    ...painted(operators, frame),
    fields: await readFields(page, frame),
  };
}

function fontFacts(page: PDFPageProxy, id: string): { name: string; embedded: boolean } {
  if (!page.commonObjs.has(id)) return { name: 'unknown', embedded: false };
  const font = page.commonObjs.get(id) as { name?: string; missingFile?: boolean };
  return { name: (font.name ?? 'unknown').replace(/^[A-Z]{6}\+/, ''), embedded: font.missingFile !== true };
}

/** Thin horizontal lines and the colours of text, followed through the transformations of the page. */
function painted({ fnArray, argsArray }: OperatorList, frame: Frame): Pick<PageFacts, 'rules' | 'textColours'> {
  const rules: PageFacts['rules'][number][] = [];
  const colours = new Set<string>();
  const stack: { matrix: Matrix; colour: string }[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  let colour = '#000000';
  fnArray.forEach((operator, index) => {
    const args = argsArray[index] as readonly unknown[] | null;
    if (operator === OPS.save) stack.push({ matrix, colour });
    else if (operator === OPS.restore) ({ matrix, colour } = stack.pop() ?? { matrix, colour });
    else if (operator === OPS.transform) matrix = multiply(matrix, args as unknown as Matrix);
    else if (operator === OPS.setFillRGBColor) colour = String(args?.[0]);
    else if (operator === OPS.showText) colours.add(colour);
    else if (operator === OPS.constructPath && args?.[2]) {
      const box = transformed(matrix, args[2] as unknown as readonly number[], frame);
      if (box.y1 - box.y0 <= THINNEST_RULE && box.x1 - box.x0 >= SHORTEST_RULE) rules.push(box);
    }
  });
  return { rules, textColours: [...colours] };
}

const multiply = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

function transformed(m: Matrix, [x0 = 0, y0 = 0, x1 = 0, y1 = 0]: readonly number[], frame: Frame): FormField['box'] {
  const xs = [m[0] * x0 + m[2] * y0 + m[4], m[0] * x1 + m[2] * y1 + m[4]];
  const ys = [m[1] * x0 + m[3] * y0 + m[5], m[1] * x1 + m[3] * y1 + m[5]];
  return {
    x0: Math.min(...xs) - frame.left,
    x1: Math.max(...xs) - frame.left,
    y0: frame.top - Math.max(...ys),
    y1: frame.top - Math.min(...ys),
  };
}

async function readFields(page: PDFPageProxy, frame: Frame): Promise<FormField[]> {
  const annotations = (await page.getAnnotations()) as readonly {
    fieldName?: string;
    fieldType?: string;
    fieldValue?: unknown;
    rect: readonly number[];
  }[];
  return annotations
    .filter(({ fieldType }) => fieldType === 'Tx')
    .slice(0, 100)
    .map(({ fieldName = '', fieldValue, rect: [x0 = 0, y0 = 0, x1 = 0, y1 = 0] }) => ({
      name: fieldName,
      value: typeof fieldValue === 'string' ? fieldValue : '',
      box: { x0: x0 - frame.left, y0: frame.top - y1, x1: x1 - frame.left, y1: frame.top - y0 },
    }));
}
