import { bodyOf, sampleObjects, samplePdf } from './sample-pdf.ts';

export interface ProducerShape {
  readonly name: string;
  readonly pdf: Uint8Array;
}

interface Section {
  readonly offsets: ReadonlyMap<number, number>;
  readonly size: number;
  readonly more?: string;
  readonly lineEnd?: string;
}

const pad = (value: number): string => String(value).padStart(10, '0');

/** A cross-reference table with its trailer; what stands at 0 is free. */
function table({ offsets, size, more = '', lineEnd = ' \n' }: Section): string {
  const numbers = [...offsets.keys()].sort((a, b) => a - b);
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  const rowOf = (number: number): string => {
    const offset = offsets.get(number) ?? 0;
    return offset === 0 ? `0000000000 65535 f${lineEnd}` : `${pad(offset)} 00000 n${lineEnd}`;
  };
  const sections = runs.map((run) => `${run[0] ?? 0} ${run.length}\n${run.map(rowOf).join('')}`);
  return `xref\n${sections.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${more}>>\n`;
}

/** Objects written one after the other behind what there is. */
class File {
  text = '';

  constructor(header = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n') {
    this.text = header;
  }

  /** @returns where each object stands, and object 0 as free */
  objects(bodies: ReadonlyMap<number, string>): Map<number, number> {
    const offsets = new Map<number, number>();
    for (const [number, body] of bodies) {
      offsets.set(number, this.text.length);
      this.text += `${number} 0 obj\n${body}\nendobj\n`;
    }
    return offsets;
  }

  end(startxref: number): Uint8Array {
    return Buffer.from(`${this.text}startxref\n${startxref}\n%%EOF\n`, 'latin1');
  }
}

const bodies = (plain: boolean, changes: Readonly<Record<number, string>> = {}): Map<number, string> =>
  new Map(
    sampleObjects(plain).map((text, index) => [index + 1, bodyOf(changes[index + 1] ?? text).toString('latin1')]),
  );

function simple(
  objects: ReadonlyMap<number, string>,
  { lineEnd = ' \n', header }: { lineEnd?: string; header?: string } = {},
): Uint8Array {
  const file = new File(header);
  const offsets = file.objects(objects).set(0, 0);
  const start = file.text.length;
  file.text += table({ offsets, size: objects.size + 1, lineEnd });
  return file.end(start);
}

/** A later revision that changes the page and adds metadata, as a program does that saves "fast". */
function incremental(plain: boolean): Uint8Array {
  const objects = bodies(plain);
  const file = new File();
  const first = file.objects(objects).set(0, 0);
  const size = objects.size + 1;
  const before = file.text.length;
  file.text += `${table({ offsets: first, size })}startxref\n${before}\n%%EOF\n`;
  const page = (objects.get(3) ?? '').replace('/Type /Page ', "/Type /Page /LastModified (D:20261124080000+07'00') ");
  const second = file.objects(new Map([[3, page]]));
  const start = file.text.length;
  file.text += table({ offsets: second, size, more: `/Prev ${before} ` });
  return file.end(start);
}

/** The first page's section in front, the rest behind it, as annex F has it. */
function linearised(plain: boolean): Uint8Array {
  const objects = bodies(plain);
  const size = objects.size + 2;
  const front = new Map([...objects].filter(([number]) => number === 1 || number >= 3));
  const back = new Map([...objects].filter(([number]) => number === 2));
  const build = (room: {
    readonly length: number;
    readonly back: number;
  }): { file: File; front: number; back: number } => {
    const file = new File();
    const own = file.objects(
      new Map([[size - 1, `<< /Linearized 1 /L ${pad(room.length)} /H [0 0] /O 3 /E 0 /N 1 /T ${pad(room.back)} >>`]]),
    );
    const start = file.text.length;
    const space = table({
      offsets: new Map([...front.keys(), size - 1].map((n) => [n, 1])),
      size,
      more: `/Prev ${pad(0)} `,
    });
    file.text += `${' '.repeat(space.length)}startxref\n0\n%%EOF\n`;
    const offsets = new Map([...file.objects(front), ...own]);
    const second = file.objects(back).set(0, 0);
    const end = file.text.length;
    file.text += table({ offsets: second, size: 3 });
    const section = table({ offsets, size, more: `/Prev ${pad(end)} ` });
    file.text = file.text.slice(0, start) + section.padEnd(space.length) + file.text.slice(start + space.length);
    return { file, front: start, back: end };
  };
  const first = build({ length: 0, back: 0 });
  const { file, front: start } = build({ length: first.file.end(first.front).length, back: first.back });
  return file.end(start);
}

/** Objects for newer readers stand in a stream that the table's trailer names (7.5.8.4). */
function hybrid(plain: boolean): Uint8Array {
  const objects = bodies(plain);
  const file = new File('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n');
  const offsets = file.objects(objects).set(0, 0);
  const info = objects.size + 1;
  const own = info + 1;
  const at =
    file.objects(new Map([[info, "<< /Producer (Ban in cu) /ModDate (D:20261124080000+07'00') >>"]])).get(info) ?? 0;
  const stream = file.text.length;
  const row = Buffer.alloc(8);
  row.writeUInt8(1, 0);
  row.writeUIntBE(at, 1, 5);
  const dict = `<< /Type /XRef /Size ${own + 1} /W [1 5 2] /Index [${info} 1] /Root 1 0 R /Length ${row.length} >>`;
  file.text += `${own} 0 obj\n${dict}\nstream\n${row.toString('latin1')}\nendstream\nendobj\n`;
  const start = file.text.length;
  file.text += table({ offsets, size: own + 1, more: `/XRefStm ${stream} ` });
  return file.end(start);
}

/** Metadata and output intent as PDF/A asks for. */
function archival(plain: boolean): Uint8Array {
  const count = sampleObjects(plain).length;
  const catalog = (sampleObjects(plain)[0] ?? '').replace(
    '/Type /Catalog',
    `/Type /Catalog /Metadata ${count + 1} 0 R /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) >>] ` +
      '/MarkInfo << /Marked true >> /Lang (vi-VN)',
  );
  const xmp =
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description ' +
    'rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2" pdfaid:conformance="U"/></rdf:RDF></x:xmpmeta>';
  return simple(
    bodies(plain, { 1: catalog }).set(
      count + 1,
      bodyOf(`stream:/Type /Metadata /Subtype /XML|${xmp}`).toString('latin1'),
    ),
  );
}

/**
 * The same document as different producers build a file: what an office program, a printer driver, an optimiser, a scanner's
 * archive, an editor that appends and an older hybrid writer make.
 *
 * @param plain without fields and anchor, as an attachment
 */
export const producerShapes = (plain: boolean): readonly ProducerShape[] => [
  { name: 'one table', pdf: simple(bodies(plain)) },
  {
    name: 'one table with CR LF and a long header',
    pdf: simple(bodies(plain), { lineEnd: '\r\n', header: '%PDF-1.4\r\n%\xb5\xb5\xb5\xb5\r\n% printed\r\n' }),
  },
  { name: 'cross-reference stream and object streams', pdf: samplePdf({ xref: 'stream', plain }) },
  { name: 'a later revision', pdf: incremental(plain) },
  { name: 'linearised', pdf: linearised(plain) },
  { name: 'hybrid', pdf: hybrid(plain) },
  { name: 'PDF/A', pdf: archival(plain) },
];

const PAGE = '<< /Type /Page /Parent 2 0 R /Resources << /Font << /Times 5 0 R >> >> /Contents 4 0 R >>';
const withPage = (entries: string): Uint8Array =>
  simple(bodies(true, { 3: PAGE.replace('/Type /Page', `/Type /Page ${entries}`) }));

/** Attachments whose first page is unlike that of a letter. */
export const pageVariants = (): readonly ProducerShape[] => [
  { name: 'a rotated page', pdf: withPage('/Rotate 90') },
  { name: 'a cropped page', pdf: withPage('/CropBox [100 100 400 600]') },
  { name: 'a small page', pdf: withPage('/MediaBox [0 0 100 60]') },
  {
    name: 'a page with comments',
    pdf: withPage('/Annots [<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (Xem) >>]'),
  },
  { name: 'a form of its own', pdf: samplePdf({ comment: 'form' }) },
];
