import { deflateSync } from 'node:zlib';
import {
  dict,
  formFields,
  IncrementalUpdate,
  name,
  pageRefs,
  PdfDocument,
  PdfRef,
  PdfStream,
  textString,
} from '@qlvb/pdf';
import type { PdfDict, PdfObject } from '@qlvb/pdf';

/** Ways to falsify a signed file, named by the fault they make. Each takes a file and returns the falsified one. */

/** An incremental update by an attacker. */
export function updated(
  pdf: Uint8Array,
  change: (update: IncrementalUpdate, document: PdfDocument) => void,
): Uint8Array {
  const document = new PdfDocument(pdf);
  const update = new IncrementalUpdate(document);
  change(update, document);
  return new Uint8Array(Buffer.concat([pdf, update.write().bytes]));
}

/** Replaces text by text of the same length, at its last or first occurrence. */
export function replaced(pdf: Uint8Array, from: string, to: string, which: 'first' | 'last' = 'last'): Uint8Array {
  if (from.length !== to.length) throw new Error('the file must keep its length');
  const out = Buffer.from(pdf);
  const at = which === 'last' ? out.lastIndexOf(from, undefined, 'latin1') : out.indexOf(from, 0, 'latin1');
  if (at < 0) throw new Error(`not in the file: ${from}`);
  out.write(to, at, 'latin1');
  return new Uint8Array(out);
}

const field = (document: PdfDocument, fieldName: string): { ref: PdfRef; dict: PdfDict } => {
  const found = formFields(document).find((candidate) => candidate.name === fieldName);
  if (!found?.ref) throw new Error(`no field ${fieldName}`);
  return { ref: found.ref, dict: found.dict };
};

const page = (document: PdfDocument): PdfRef => pageRefs(document)[0] as PdfRef;

const withEntry = (object: PdfDict, key: string, value: PdfObject): PdfDict => new Map([...object, [key, value]]);

const root = (document: PdfDocument): PdfRef => document.trailer.get('Root') as PdfRef;

export const contentReplaced = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update, document) => {
    const contents = document.dict(page(document))?.get('Contents') as PdfRef;
    update.put(contents, new PdfStream(new Map(), Buffer.from('BT /Times 13 Tf 90 700 Td (Forged) Tj ET')));
  });

export const contentAdded = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update, document) => {
    const dictionary = document.dict(page(document)) as PdfDict;
    const extra = update.add(new PdfStream(new Map(), Buffer.from('BT /Times 13 Tf 90 600 Td (Forged) Tj ET')));
    update.put(page(document), withEntry(dictionary, 'Contents', [dictionary.get('Contents') as PdfObject, extra]));
  });

export const annotationAdded = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update, document) => {
    const dictionary = document.dict(page(document)) as PdfDict;
    const note = update.add(
      dict({ Type: name('Annot'), Subtype: name('FreeText'), Rect: [0, 0, 600, 850], Contents: textString('Forged') }),
    );
    update.put(page(document), withEntry(dictionary, 'Annots', [...document.array(dictionary.get('Annots')), note]));
  });

export const fontReplaced = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update, document) => {
    const resources = document.dict(document.dict(page(document))?.get('Resources'));
    const font = document.dict(resources?.get('Font'))?.get('Times') as PdfRef;
    update.put(font, withEntry(document.dict(font) as PdfDict, 'BaseFont', name('ZapfDingbats')));
  });

export const pageAdded = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update, document) => {
    const pages = document.root.get('Pages') as PdfRef;
    const tree = document.dict(pages) as PdfDict;
    const extra = update.add(dict({ Type: name('Page'), Parent: pages, Resources: dict({}) }));
    update.put(pages, new Map([...tree, ['Kids', [...document.array(tree.get('Kids')), extra]], ['Count', 2]]));
  });

export const openActionAdded = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update, document) => {
    const script = dict({ S: name('JavaScript'), JS: textString('app.alert(1)') });
    update.put(root(document), withEntry(document.root, 'OpenAction', script));
  });

export const catalogSwapped = (pdf: Uint8Array): Uint8Array => {
  const document = new PdfDocument(pdf);
  const number = root(document).number;
  const other = updated(pdf, (update) => update.put(update.reserve(), new Map(document.root)));
  const fresh = new PdfDocument(other).size - 1 - (document.sections[0]?.kind === 'stream' ? 1 : 0);
  return replaced(other, `/Root ${number} 0 R`.padEnd(14), `/Root ${fresh} 0 R`.padEnd(14).slice(0, 14));
};

export const formRemoved = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update, document) => {
    const rest = new Map(document.root);
    rest.delete('AcroForm');
    update.put(root(document), rest);
  });

export const signatureFieldRemoved = (pdf: Uint8Array, fieldName: string): Uint8Array =>
  updated(pdf, (update, document) => {
    const form = document.dict(document.root.get('AcroForm')) as PdfDict;
    const gone = field(document, fieldName).ref.number;
    const fields = document
      .array(form.get('Fields'))
      .filter((item) => !(item instanceof PdfRef && item.number === gone));
    update.put(root(document), withEntry(document.root, 'AcroForm', withEntry(form, 'Fields', fields)));
  });

export const fieldValueSet = (pdf: Uint8Array, fieldName: string, value: string): Uint8Array =>
  updated(pdf, (update, document) => {
    const target = field(document, fieldName);
    update.put(target.ref, withEntry(target.dict, 'V', textString(value)));
  });

/** The field keeps its value; what is shown is another text. */
export const fieldAppearanceReplaced = (pdf: Uint8Array, fieldName: string): Uint8Array =>
  updated(pdf, (update, document) => {
    const shown = document.dict(field(document, fieldName).dict.get('AP'))?.get('N') as PdfRef;
    const stream = document.resolve(shown) as PdfStream;
    update.put(shown, new PdfStream(stream.dict, Buffer.from('BT /F 13 Tf 0 3 Td <0024> Tj ET')));
  });

/** The signature's picture is another person's. */
export const pictureReplaced = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update, document) => {
    const target = field(document, 'ChuKyCaNhan');
    const blank = update.add(
      new PdfStream(dict({ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 10, 10] }), Buffer.of()),
    );
    update.put(target.ref, withEntry(target.dict, 'AP', dict({ N: blank })));
  });

export const signatureDictionaryReplaced = (pdf: Uint8Array, fieldName: string): Uint8Array =>
  updated(pdf, (update, document) => {
    const value = field(document, fieldName).dict.get('V') as PdfRef;
    update.put(value, withEntry(document.dict(value) as PdfDict, 'Reason', textString('Forged')));
  });

/** A later "signature" whose picture covers the page. */
export const sneakyWidgetAdded = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update, document) => {
    const form = document.dict(document.root.get('AcroForm')) as PdfDict;
    const paper = update.add(
      new PdfStream(
        dict({ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 595, 842] }),
        Buffer.from('1 g 0 0 595 842 re f'),
      ),
    );
    const widget = update.add(
      dict({
        Type: name('Annot'),
        Subtype: name('Widget'),
        FT: name('Sig'),
        T: textString('Them'),
        Rect: [0, 0, 595, 842],
        F: 4,
        P: page(document),
        AP: dict({ N: paper }),
      }),
    );
    const dictionary = document.dict(page(document)) as PdfDict;
    update.put(page(document), withEntry(dictionary, 'Annots', [...document.array(dictionary.get('Annots')), widget]));
    const fields = [...document.array(form.get('Fields')), widget];
    update.put(root(document), withEntry(document.root, 'AcroForm', withEntry(form, 'Fields', fields)));
  });

/** An object without cross-reference: readers that repair files see the new page, strict ones the old. */
export const objectWithoutXref = (pdf: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.concat([pdf, Buffer.from('4 0 obj\n<< /Length 2 >>\nstream\nBT\nendstream\nendobj\n')]));

/** The same, closed with the old startxref so that it looks like a revision. */
export const objectWithOldXref = (pdf: Uint8Array): Uint8Array => {
  const offset = new PdfDocument(pdf).sections[0]?.offset ?? 0;
  return new Uint8Array(Buffer.concat([objectWithoutXref(pdf), Buffer.from(`startxref\n${offset}\n%%EOF\n`)]));
};

/** An update that lists nothing of what it carries. */
export const hiddenObjectInUpdate = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update) => update.putRaw(update.reserve(), Buffer.from('null\nendobj\n4 0 obj\nnull')));

/** Moves the second range so that bytes after the signature are outside it. */
export const secondRangeMoved = (pdf: Uint8Array): Uint8Array => {
  const range = /\/ByteRange \[0 (\d+) +(\d+) +(\d+) +\]/.exec(Buffer.from(pdf).toString('latin1')) as RegExpExecArray;
  const [whole, first = '', second = '', rest = ''] = range;
  const moved = `/ByteRange [0 ${first} ${Number(second) + 10} ${Number(rest) - 10}`;
  return replaced(pdf, whole, `${moved.padEnd(whole.length - 1)}]`, 'first');
};

export const prevLoop = (pdf: Uint8Array): Uint8Array => {
  const text = Buffer.from(pdf).toString('latin1');
  const own = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] as string;
  const prev = [...text.matchAll(/\/Prev (\d+)/g)].pop() as RegExpExecArray;
  return new Uint8Array(
    Buffer.from(text.slice(0, prev.index) + `/Prev ${own}` + text.slice(prev.index + prev[0].length), 'latin1'),
  );
};

/** A draft that carries a second version of its page, which no cross-reference lists. */
export const draftWithShadow = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update) =>
    update.putRaw(update.reserve(), Buffer.from(`null\nendobj\n${SHADOW}<< /Length 5 >>\nstream\nBT ET\nendstream`)),
  );
const SHADOW = '4 0 obj\n';

/** After signing nothing is added but a cross-reference that turns to the hidden version (shadow attack, replace). */
export const shadowRevealed = (pdf: Uint8Array): Uint8Array => {
  const offset = Buffer.from(pdf).lastIndexOf(SHADOW);
  const { sections, size, trailer } = new PdfDocument(pdf);
  const entry = `${String(offset).padStart(10, '0')} 00000 n `;
  const head = `xref\n4 1\n${entry}\ntrailer\n<< /Size ${size} /Root ${(trailer.get('Root') as PdfRef).number} 0 R /Prev ${sections[0]?.offset} >>`;
  return new Uint8Array(Buffer.concat([pdf, Buffer.from(`${head}\nstartxref\n${pdf.length}\n%%EOF\n`)]));
};

/** A cross-reference stream that unpacks to `bytes` zeros. */
export function xrefBomb(bytes: number): Uint8Array {
  const data = deflateSync(Buffer.alloc(bytes), { level: 9 });
  const head = Buffer.from('%PDF-1.7\n');
  const object = `1 0 obj\n<< /Type /XRef /Size 100000000 /W [1 1 1] /Root 2 0 R /Filter /FlateDecode /Length ${data.length} >>\nstream\n`;
  return new Uint8Array(
    Buffer.concat([head, Buffer.from(object), data, Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF\n')]),
  );
}

/** An object stream of which so many objects are one and the same array. */
export function sharedObjects(count: number): Uint8Array {
  const array = `[${'0 '.repeat(100_000)}]`;
  const pairs = Array.from({ length: count }, (_, index) => `${index + 10} 0`).join(' ');
  const packed = deflateSync(Buffer.from(`${pairs} ${array}`));
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const length = (): number => chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const write = (head: string, data: Buffer): number => {
    const at = length();
    chunks.push(Buffer.from(`${head} /Length ${data.length} >>\nstream\n`), data, Buffer.from('\nendstream\nendobj\n'));
    return at;
  };
  const first = pairs.length + 1;
  const container = write(`1 0 obj\n<< /Type /ObjStm /N ${count} /First ${first} /Filter /FlateDecode`, packed);
  const rows = Buffer.alloc((count + 10) * 7);
  const row = (number: number, type: number, field: number, last = 0): void => {
    rows.writeUInt8(type, number * 7);
    rows.writeUInt32BE(field, number * 7 + 1);
    rows.writeUInt16BE(last, number * 7 + 5);
  };
  row(1, 1, container);
  for (let index = 0; index < count; index += 1) row(index + 10, 2, 1, index);
  const dictionary = `2 0 obj\n<< /Type /XRef /Size ${count + 10} /W [1 4 2] /Root 10 0 R`;
  const start = write(dictionary, rows);
  chunks.push(Buffer.from(`startxref\n${start}\n%%EOF\n`));
  return new Uint8Array(Buffer.concat(chunks));
}

/** One name that fills the file. */
export function endlessName(bytes: number): Uint8Array {
  const body = `%PDF-1.7\n1 0 obj\n<< /Type /${'#41'.repeat(bytes / 3)} >>\nendobj\n`;
  const table = `xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(body + table));
}

/** A catalog nested deeper than any reader should follow. */
export function deepNesting(depth: number): Uint8Array {
  const body = `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Deep ${'['.repeat(depth)}${']'.repeat(depth)} >>\nendobj\n`;
  const table = `xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(body + table));
}

export const informationChanged = (pdf: Uint8Array): Uint8Array => {
  const { trailer } = new PdfDocument(pdf);
  const info = trailer.get('Info');
  const changed = dict({ Title: textString('Forged') });
  if (info instanceof PdfRef) return updated(pdf, (update) => update.put(info, changed));
  return sectionAppended(pdf, '', (size) => `0 0\ntrailer\n<< /Size ${size} INFO`, '<< /Title (Forged) >>');
};

/** An update of raw text: objects, then a table, whose trailer continues the file's own. */
function sectionAppended(
  pdf: Uint8Array,
  objects: string,
  table: (size: number, at: number) => string,
  info?: string,
): Uint8Array {
  const { sections, size, trailer } = new PdfDocument(pdf);
  const rest = `/Root ${(trailer.get('Root') as PdfRef).number} 0 R /Prev ${sections[0]?.offset}`;
  const old = trailer.get('Info');
  const own = old instanceof PdfRef ? `/Info ${old.number} ${old.generation} R` : '';
  const head = table(size, pdf.length).replace('INFO', info ? `/Info ${info}` : own);
  const start = pdf.length + objects.length;
  return new Uint8Array(
    Buffer.concat([pdf, Buffer.from(`${objects}xref\n${head} ${rest} >>\nstartxref\n${start}\n%%EOF\n`, 'latin1')]),
  );
}

const contentOf = (pdf: Uint8Array): { number: number; offset: number; stream: PdfStream } => {
  const document = new PdfDocument(pdf);
  const reference = document.dict(page(document))?.get('Contents') as PdfRef;
  const entry = document.entry(reference.number);
  if (entry?.kind !== 'offset') throw new Error('the content is in no place of its own');
  return { number: reference.number, offset: entry.offset, stream: document.resolve(reference) as PdfStream };
};
const row = (offset: number, generation: number, kind: 'n' | 'f'): string =>
  `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} ${kind} \n`;

/** The same content, as object of a generation to which no reference points: who is strict shows an empty page. */
export const contentOfAnotherGeneration = (pdf: Uint8Array): Uint8Array => {
  const { number, offset } = contentOf(pdf);
  const source = Buffer.from(pdf);
  const end = source.indexOf('endobj', offset) + 'endobj\n'.length;
  const own = source.toString('latin1', offset, end).replace(/^\s*\d+ 0 obj/, `${number} 1 obj`);
  return sectionAppended(pdf, own, (size, at) => `${number} 1\n${row(at, 1, 'n')}trailer\n<< /Size ${size} INFO`);
};

/** The page points to a generation of its content that there is not. */
export const referenceToAnotherGeneration = (pdf: Uint8Array): Uint8Array =>
  updated(pdf, (update, document) => {
    const own = document.dict(page(document)) as PdfDict;
    update.put(page(document), withEntry(own, 'Contents', new PdfRef((own.get('Contents') as PdfRef).number, 1)));
  });

export const contentFreed = (pdf: Uint8Array): Uint8Array => {
  const { number } = contentOf(pdf);
  return sectionAppended(pdf, '', (size) => `${number} 1\n${row(0, 1, 'f')}trailer\n<< /Size ${size} INFO`);
};

/** Readers of tables see no content; a stream beside the table (7.5.8.4) gives the others what they had. */
export const contentInHybridStream = (pdf: Uint8Array): Uint8Array => {
  const { number, offset } = contentOf(pdf);
  const entry = Buffer.alloc(7);
  entry.writeUInt8(1, 0);
  entry.writeUInt32BE(offset, 1);
  const { size } = new PdfDocument(pdf);
  const head = `<< /Type /XRef /Size ${size + 1} /W [1 4 2] /Index [${number} 1]`;
  const data = entry.toString('latin1');
  const stream = `${size} 0 obj\n${head} /Length ${data.length} >>\nstream\n${data}\nendstream\nendobj\n`;
  return sectionAppended(
    pdf,
    stream,
    (_, at) =>
      `${number} 1\n${row(0, 1, 'f')}${size} 1\n${row(at, 0, 'n')}trailer\n<< /Size ${size + 1} /XRefStm ${at} INFO`,
  );
};
