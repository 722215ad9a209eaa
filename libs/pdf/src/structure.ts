import { assertReadAlike } from './alike.ts';
import { PdfDocument } from './document.ts';
import { formFields, pageBox, pageRefs } from './form.ts';
import { Budget, DEFAULT_LIMITS } from './limits.ts';
import type { PdfLimits } from './limits.ts';
import { PdfName, PdfRef, PdfStream } from './objects.ts';
import type { PdfObject } from './objects.ts';
import { EncryptedPdf, MalformedPdf, PdfTooComplex } from './pdf.problems.ts';

/** What makes a file unusable, whoever asks: the upload, the layout check, the signing. */
export type StructureFault = 'damaged' | 'encrypted' | 'no-page' | 'too-complex';

export interface PdfStructure {
  /** Such as "1.7": of the header, or of the catalog where that is later (7.5.2). */
  readonly version: string;
  readonly pageCount: number;
}

export type StructureVerdict =
  ({ readonly fault?: undefined } & PdfStructure) | { readonly fault: StructureFault; readonly detail: string };

/**
 * Reads a file to the last object that can be reached: each stands where the cross-references say, pages and form fields form
 * trees, each page has a size; and no other reader has to repair it into something else.
 *
 * @param limits of this reading
 * @source FMT-05
 * @source VER-07
 */
export function judgeStructure(bytes: Uint8Array, limits: PdfLimits = DEFAULT_LIMITS): StructureVerdict {
  try {
    const document = new PdfDocument(bytes, new Budget(limits));
    const structure = readStructure(document);
    return structure.pageCount === 0 ? { fault: 'no-page', detail: 'the file has no page' } : structure;
  } catch (error) {
    const fault = faultOf(error);
    if (!fault) throw error;
    return { fault, detail: (error as Error).message };
  }
}

const faultOf = (error: unknown): StructureFault | undefined => {
  if (MalformedPdf.is(error)) return 'damaged';
  if (EncryptedPdf.is(error)) return 'encrypted';
  return PdfTooComplex.is(error) ? 'too-complex' : undefined;
};

/** @throws MalformedPdf, PdfTooComplex */
export function readStructure(document: PdfDocument): PdfStructure {
  const pages = pageRefs(document);
  for (const page of pages) pageBox(document, page);
  assertReadAlike(document, pages);
  formFields(document);
  const { trailer } = document;
  visitReachable(document, [trailer.get('Root') ?? null, trailer.get('Info') ?? null], (_, object) => object);
  return { version: versionOf(document), pageCount: pages.length };
}

function versionOf(document: PdfDocument): string {
  const header = Buffer.from(document.bytes.subarray(5, 8)).toString('latin1');
  const named = document.resolve(document.root.get('Version'));
  const later = named instanceof PdfName && /^\d\.\d$/.test(named.value) ? named.value : '';
  return later > header ? later : header;
}

/**
 * Every object that can be reached from the given ones, each once, in the order met.
 *
 * @param visit gets an indirect object and its number, and says in which object to go on
 * @throws MalformedPdf, PdfTooComplex
 */
export function visitReachable(
  document: PdfDocument,
  from: readonly PdfObject[],
  visit: (number: number, object: PdfObject) => PdfObject,
): void {
  const seen = new Set<number>();
  const waiting: PdfObject[] = [...from];
  while (waiting.length > 0) {
    document.budget.step();
    const object = waiting.pop() as PdfObject;
    if (object instanceof PdfRef) {
      if (seen.has(object.number)) continue;
      seen.add(object.number);
      const own = document.resolve(object);
      waiting.push(visit(object.number, own));
    } else if (object instanceof PdfStream) waiting.push(...object.dict.values());
    else if (object instanceof Map) waiting.push(...object.values());
    else if (Array.isArray(object)) for (const item of object) waiting.push(item);
  }
}
