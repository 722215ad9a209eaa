import type { PdfDocument } from './document.ts';
import { pageRefs } from './form.ts';
import { name, PdfRef, PdfStream } from './objects.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { visitReachable } from './structure.ts';
import { serialize } from './writer.ts';

const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;

/**
 * The document written anew: one revision, one table, no encryption, the pages in one list with a true count. Whatever reads
 * this copy sees the objects and pages that this reader saw, and no others; it is for looking at, not for signing.
 *
 * @throws MalformedPdf, PdfTooComplex
 */
export function canonicalCopy(document: PdfDocument): Uint8Array {
  const pages = pageRefs(document);
  const catalog = highestNumber(document, pages) + 1;
  const pageList = catalog + 1;
  const changed = new Map<number, PdfObject>(
    pages.map((page) => [page.number, flatPage(document, page, new PdfRef(pageList))]),
  );
  const file = new PlainFile();
  file.object(catalog, new Map<string, PdfObject>([...document.root, ['Pages', new PdfRef(pageList)]]));
  file.object(
    pageList,
    new Map<string, PdfObject>([
      ['Type', name('Pages')],
      ['Kids', [...pages]],
      ['Count', pages.length],
    ]),
  );
  const roots = [...document.root].filter(([key]) => key !== 'Pages').map(([, value]) => value);
  visitReachable(document, [...roots, ...pages], (number, object) => {
    const own = changed.get(number) ?? object;
    if (number < catalog) file.object(number, own);
    return own;
  });
  return file.end(catalog);
}

/** Of all objects that are there, only listed or only referred to. */
function highestNumber(document: PdfDocument, pages: readonly PdfRef[]): number {
  let highest = 0;
  for (const { entries } of document.sections) for (const number of entries.keys()) highest = Math.max(highest, number);
  visitReachable(document, [document.root, ...pages], (number, object) => {
    highest = Math.max(highest, number);
    return object;
  });
  return highest;
}

/** A page with all that it would inherit. (ISO 32000-1, 7.7.3.4). */
function flatPage(document: PdfDocument, page: PdfRef, parent: PdfRef): PdfDict {
  const own = document.dict(page) as PdfDict;
  const flat = new Map<string, PdfObject>([...own, ['Type', name('Page')], ['Parent', parent]]);
  for (const key of INHERITED) {
    let dict: PdfDict | undefined = own;
    for (let depth = 0; dict && !dict.has(key) && depth < document.budget.limits.depth; depth += 1) {
      dict = document.dict(dict.get('Parent'));
    }
    const value = dict?.get(key);
    if (value !== undefined) flat.set(key, value);
  }
  return flat;
}

class PlainFile {
  readonly #chunks: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  readonly #offsets = new Map<number, number>();
  #length = (this.#chunks[0] as Buffer).length;

  object(number: number, object: PdfObject): void {
    this.#offsets.set(number, this.#length);
    this.#push(Buffer.from(`${number} 0 obj\n`), serialize(plain(object)), Buffer.from('\nendobj\n'));
  }

  end(root: number): Uint8Array {
    const start = this.#length;
    const rows = [...this.#offsets]
      .sort(([a], [b]) => a - b)
      .map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
    const table = `xref\n0 1\n0000000000 65535 f \n${rows.join('')}`;
    this.#push(Buffer.from(`${table}trailer\n<< /Size ${root + 2} /Root ${root} 0 R >>\nstartxref\n${start}\n%%EOF\n`));
    return new Uint8Array(Buffer.concat(this.#chunks));
  }

  #push(...chunks: readonly Buffer[]): void {
    for (const chunk of chunks) {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
    }
  }
}

/** The same with references to generation 0, which all objects of the copy have. */
function plain(object: PdfObject): PdfObject {
  if (object instanceof PdfRef) return new PdfRef(object.number);
  if (object instanceof PdfStream) return new PdfStream(plain(object.dict) as PdfDict, object.raw);
  if (object instanceof Map) return new Map([...object].map(([key, value]) => [key, plain(value)]));
  return Array.isArray(object) ? object.map(plain) : object;
}
