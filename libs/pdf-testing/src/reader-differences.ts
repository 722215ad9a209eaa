import { deflateSync } from 'node:zlib';

/** A file that strict and repairing readers do not read alike, and what is decided about it. */
export interface ReaderDifference {
  readonly what: string;
  readonly pdf: Uint8Array;
}

/** The one line that the page of each of these files shows. */
export const SHOWN = 'So 12 ngay 23';
const CONTENT = `BT /F 12 Tf 72 700 Td (${SHOWN}) Tj ET`;

interface Part {
  readonly number: number;
  readonly text: string;
  /** Where the table says it is, from where it is. */
  readonly offBy?: number;
}
interface Making {
  readonly parts?: readonly Part[];
  /** Said of how many objects there are, more or fewer than there are. */
  readonly sizeOffBy?: number;
  readonly row?: (row: string, number: number) => string;
  readonly tail?: string;
}

const stream = (
  data: string,
  { length = data.length, entries = '' }: { length?: number | string; entries?: string } = {},
): string => `<< ${entries}/Length ${length} >>\nstream\n${data}\nendstream`;
const PARTS: readonly Part[] = [
  { number: 1, text: '<< /Type /Catalog /Pages 2 0 R >>' },
  { number: 2, text: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
  {
    number: 3,
    text: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R >>',
  },
  { number: 4, text: stream(CONTENT) },
  { number: 5, text: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>' },
];

function make({ parts = PARTS, sizeOffBy = 0, row = (text) => text, tail = '' }: Making): Uint8Array {
  let body = '%PDF-1.7\n';
  const rows = ['0000000000 65535 f \n'];
  for (const { number, text, offBy = 0 } of parts) {
    for (let gap = rows.length; gap < number; gap += 1) rows[gap] = '0000000000 65535 f \n';
    rows[number] = row(`${String(body.length + offBy).padStart(10, '0')} 00000 n \n`, number);
    body += `${number} 0 obj\n${text}\nendobj\n`;
  }
  const trailer = `trailer\n<< /Size ${rows.length + sizeOffBy} /Root 1 0 R >>`;
  const table = `xref\n0 ${rows.length}\n${rows.join('')}${trailer}`;
  return Buffer.from(`${body}${table}\nstartxref\n${body.length}\n%%EOF\n${tail}`, 'latin1');
}

/** One more object, to which nothing points. */
const unreachable = (text: string, offBy = 0): Uint8Array => make({ parts: [...PARTS, { number: 6, text, offBy }] });
const content = (text: string, ...more: Part[]): Uint8Array =>
  make({ parts: [...PARTS.map((part) => (part.number === 4 ? { number: 4, text } : part)), ...more] });
const packed = deflateSync(Buffer.from(CONTENT)).toString('latin1');
const flate = { entries: '/Filter /FlateDecode ' };

export const readerDifferences = (): readonly ReaderDifference[] => [
  { what: 'nothing wrong', pdf: make({}) },
  { what: 'an unreachable object', pdf: unreachable('<< /A 1 >>') },
  { what: 'an unreachable object that is not where the table says', pdf: unreachable('<< /A 1 >>', 3) },
  { what: 'an unreachable object behind the end', pdf: unreachable('<< /A 1 >>', 90_000) },
  {
    what: 'an unreachable object at byte 0',
    pdf: make({
      parts: [...PARTS, { number: 6, text: '<< /A 1 >>' }],
      row: (row, number) => (number === 6 ? '0000000000 00000 n \n' : row),
    }),
  },
  { what: 'an unreachable object of which the end is missing', pdf: unreachable('<< /A [1 2 ') },
  { what: 'an unreachable stream with too short a length', pdf: unreachable(stream('abcdef', { length: 3 })) },
  { what: 'an unreachable stream with too long a length', pdf: unreachable(stream('abcdef', { length: 99 })) },
  { what: 'an unreachable stream that cannot be unpacked', pdf: unreachable(stream('abcdef', flate)) },
  { what: 'content with too short a length', pdf: content(stream(CONTENT, { length: 20 })) },
  { what: 'content with too long a length', pdf: content(stream(CONTENT, { length: CONTENT.length + 9 })) },
  { what: 'content without a length', pdf: content(stream(CONTENT).replace(/\/Length \d+/, '')) },
  {
    what: 'content whose length counts the line break behind it',
    pdf: content(stream(CONTENT, { length: CONTENT.length + 1 })),
  },
  {
    what: 'content whose length leaves out its last blank',
    pdf: content(stream(`${CONTENT} `, { length: CONTENT.length })),
  },
  {
    what: 'content whose length is another object',
    pdf: content(stream(CONTENT, { length: '6 0 R' }), { number: 6, text: String(CONTENT.length) }),
  },
  { what: 'content whose length is an object that is not there', pdf: content(stream(CONTENT, { length: '9 0 R' })) },
  {
    what: 'content whose length is another object and wrong',
    pdf: content(stream(CONTENT, { length: '6 0 R' }), { number: 6, text: '20' }),
  },
  { what: 'packed content', pdf: content(stream(packed, flate)) },
  {
    what: 'packed content of no bytes beside the other',
    pdf: make({
      parts: [
        ...PARTS.map((part) =>
          part.number === 3 ? { ...part, text: part.text.replace('/Contents 4 0 R', '/Contents [4 0 R 6 0 R]') } : part,
        ),
        { number: 6, text: stream('', flate) },
      ],
    }),
  },
  { what: 'packed content with its end cut off', pdf: content(stream(packed.slice(0, -8), flate)) },
  {
    what: 'packed content with a byte changed',
    pdf: content(stream(`${packed.slice(0, 20)}\xff${packed.slice(21)}`, flate)),
  },
  { what: 'packed content with a wrong checksum', pdf: content(stream(`${packed.slice(0, -1)}\x01`, flate)) },
  { what: 'content by a filter nobody knows', pdf: content(stream('x', { entries: '/Filter /NobodyKnowsDecode ' })) },
  {
    what: 'content that is not there',
    pdf: make({ parts: PARTS.filter(({ number }) => number !== 4), row: (text) => text }),
  },
  { what: 'fewer objects said than there are', pdf: make({ sizeOffBy: -1 }) },
  { what: 'more objects said than there are', pdf: make({ sizeOffBy: 3 }) },
  {
    what: 'a font that is free in the table',
    pdf: make({ row: (row, number) => (number === 5 ? '0000000000 00001 f \n' : row) }),
  },
  { what: 'rows of 19 bytes', pdf: make({ row: (row) => row.replace(' \n', '\n') }) },
  { what: 'rows that end in two characters of their own', pdf: make({ row: (row) => row.replace(' \n', '\r\n') }) },
  {
    what: 'an object between the others that no table lists',
    pdf: content(`${stream(CONTENT)}\nendobj\n9 0 obj\n<< /A 1 >>`),
  },
  {
    what: 'an object without its end',
    pdf: make({ parts: PARTS.map((part) => (part.number === 5 ? { ...part, text: `${part.text} 7` } : part)) }),
  },
  {
    what: 'pages counted wrong',
    pdf: make({
      parts: PARTS.map((part) =>
        part.number === 2 ? { ...part, text: part.text.replace('/Count 1', '/Count 7') } : part,
      ),
    }),
  },
  {
    what: 'blanks in front of an object',
    pdf: make({ parts: PARTS.map((part) => (part.number === 5 ? { ...part, offBy: -1 } : part)) }),
  },
];
