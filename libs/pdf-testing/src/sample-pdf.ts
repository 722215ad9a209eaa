import { deflateSync } from 'node:zlib';

export interface SamplePdf {
  /** Kind of cross-reference section; `stream` also packs plain objects into an object stream. */
  readonly xref?: 'table' | 'stream';
  /** Leaves out number and date fields and the anchor, as a file from elsewhere would. */
  readonly plain?: boolean;
  /** A comment that makes the bytes its own. */
  readonly comment?: string;
}

/** Its objects, from 1: a text is the object, `stream:…` a stream with this content, `stream:entries|content` one with entries. */
export const sampleObjects = (plain: boolean): readonly string[] => [
  `<< /Type /Catalog /Pages 2 0 R ${
    plain
      ? ''
      : '/AcroForm << /Fields [6 0 R 7 0 R] /DR << /Font << /Times 5 0 R /Times-Italic 8 0 R >> >> /DA (/Times 13 Tf 0 g) >> ' +
        "/PieceInfo << /QLVB << /LastModified (D:20261123094400+07'00') /Private << /Anchors << /NguoiKy << /Page 3 0 R " +
        '/Title [330 300 500 315] /Name [350 180 480 195] >> >> >> >> >> '
  }>>`,
  '<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595.28 841.89] >>',
  `<< /Type /Page /Parent 2 0 R /Resources << /Font << /Times 5 0 R >> >> /Contents 4 0 R ${plain ? '' : '/Annots [6 0 R 7 0 R]'} >>`,
  'stream:BT /Times 13 Tf 90 760 Td (So: ) Tj 240 0 Td (Quang Binh, ) Tj -240 -60 Td (QUYET DINH) Tj 260 -400 Td (GIAM DOC) Tj 0 -120 Td (Tran Van B) Tj ET',
  '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>',
  '<< /Type /Annot /Subtype /Widget /FT /Tx /T (SoVanBan) /Rect [115 756.75 235 773] /F 4 /Ff 0 /P 3 0 R /DA (/Times 13 Tf 0 g) /Q 0 /AP << /N 9 0 R >> >>',
  '<< /Type /Annot /Subtype /Widget /FT /Tx /T (NgayBanHanh) /Rect [400 756.75 560 773] /F 4 /Ff 0 /P 3 0 R /DA (/Times-Italic 13 Tf 0 g) /Q 0 /AP << /N 9 0 R >> >>',
  '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Italic /Encoding /WinAnsiEncoding >>',
  'stream:/Type /XObject /Subtype /Form /BBox [0 0 120 16]|',
];

const pad = (value: number): string => String(value).padStart(10, '0');

/** A one-page document shaped as the layout library delivers it. */
export function samplePdf({ xref = 'table', plain = false, comment }: SamplePdf = {}): Uint8Array {
  const objects = sampleObjects(plain).map((text, index) => ({ number: index + 1, text }));
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  if (comment !== undefined) chunks.push(Buffer.from(`% ${comment}\n`));
  const offsets = new Map<number, number>();
  const packed = objects.filter(({ text, number }) => xref === 'stream' && !text.startsWith('stream:') && number > 1);
  const length = (): number => chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const write = (number: number, body: Buffer): void => {
    offsets.set(number, length());
    chunks.push(Buffer.concat([Buffer.from(`${number} 0 obj\n`), body, Buffer.from('\nendobj\n')]));
  };
  for (const object of objects) if (!packed.includes(object)) write(object.number, bodyOf(object.text));
  const id = '/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]';
  if (xref === 'table') {
    const start = length();
    const rows = objects.map(({ number }) => `${pad(offsets.get(number) as number)} 00000 n \n`).join('');
    chunks.push(
      Buffer.from(
        `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${id} >>\nstartxref\n${start}\n%%EOF\n`,
      ),
    );
    return new Uint8Array(Buffer.concat(chunks));
  }
  const container = objects.length + 1;
  write(container, objectStream(packed));
  const own = container + 1;
  const start = length();
  const rows = Buffer.alloc((own + 1) * 5);
  for (let number = 1; number <= own; number += 1) {
    const index = packed.findIndex((object) => object.number === number);
    rows.writeUInt8(index >= 0 ? 2 : 1, number * 5);
    rows.writeUIntBE(index >= 0 ? container : (offsets.get(number) ?? start), number * 5 + 1, 3);
    rows.writeUInt8(Math.max(index, 0), number * 5 + 4);
  }
  const data = deflateSync(rows);
  const dict = `<< /Type /XRef /Size ${own + 1} /W [1 3 1] /Root 1 0 R ${id} /Filter /FlateDecode /Length ${data.length} >>`;
  chunks.push(
    Buffer.concat([
      Buffer.from(`${own} 0 obj\n${dict}\nstream\n`),
      data,
      Buffer.from(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`),
    ]),
  );
  return new Uint8Array(Buffer.concat(chunks));
}

export function bodyOf(text: string): Buffer {
  if (!text.startsWith('stream:')) return Buffer.from(text, 'latin1');
  const [first = '', content] = text.slice('stream:'.length).split('|');
  const [dict, data] = content === undefined ? ['', first] : [first, content];
  return Buffer.from(`<< ${dict} /Length ${data.length} >>\nstream\n${data}\nendstream`, 'latin1');
}

function objectStream(objects: readonly { readonly number: number; readonly text: string }[]): Buffer {
  let at = 0;
  const head = objects.map(({ number, text }) => {
    const pair = `${number} ${at}`;
    at += text.length + 1;
    return pair;
  });
  const first = `${head.join(' ')}\n`;
  const data = deflateSync(Buffer.from(first + objects.map(({ text }) => `${text}\n`).join(''), 'latin1'));
  const dict = `<< /Type /ObjStm /N ${objects.length} /First ${first.length} /Filter /FlateDecode /Length ${data.length} >>`;
  return Buffer.concat([Buffer.from(`${dict}\nstream\n`), data, Buffer.from('\nendstream')]);
}
