export interface FaultySample {
  readonly name: string;
  readonly pdf: Uint8Array;
  /** As an attachment. */
  readonly obstacle: 'damaged' | 'no-page';
}

interface Faults {
  /** Number of the first object that the cross-reference table claims. */
  readonly firstNumber?: number;
  /** Bytes by which the table is wrong about object 2. */
  readonly offBy?: number;
  readonly tail?: string;
}

const PAGES = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>';

/** A file of the given objects, from 1, with one table. */
export function handMadePdf(
  objects: readonly string[],
  { firstNumber = 0, offBy = 0, tail = '' }: Faults = {},
): Uint8Array {
  let body = '%PDF-1.7\n';
  const rows = ['0000000000 65535 f \n'];
  objects.forEach((text, index) => {
    const offset = body.length + (index === 1 ? offBy : 0);
    rows.push(`${String(offset).padStart(10, '0')} 00000 n \n`);
    body += `${index + 1} 0 obj\n${text}\nendobj\n`;
  });
  const table = `xref\n${firstNumber} ${rows.length}\n${rows.join('')}trailer\n<< /Size ${rows.length} /Root 1 0 R >>`;
  return Buffer.from(`${body}${table}\nstartxref\n${body.length}\n%%EOF\n${tail}`, 'latin1');
}

/** Files that an upload takes, that readers open after a repair of their own, and that cannot be signed. */
export function faultySamples(): readonly FaultySample[] {
  const plain = ['<< /Type /Catalog /Pages 2 0 R >>', PAGES, PAGE];
  const withForm = (...fields: string[]): Uint8Array =>
    handMadePdf(['<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>', PAGES, PAGE, ...fields]);
  return [
    { name: '2,000 NULs behind the end', pdf: handMadePdf(plain, { tail: '\0'.repeat(2_000) }), obstacle: 'damaged' },
    { name: 'a table that is three bytes off', pdf: handMadePdf(plain, { offBy: 3 }), obstacle: 'damaged' },
    { name: 'a table that starts at 1', pdf: handMadePdf(plain, { firstNumber: 1 }), obstacle: 'damaged' },
    {
      name: 'a form that contains itself',
      pdf: withForm('<< /T (a) /Kids [5 0 R] >>', '<< /T (b) /Kids [4 0 R] >>'),
      obstacle: 'damaged',
    },
    {
      name: 'no page',
      pdf: handMadePdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>']),
      obstacle: 'no-page',
    },
  ];
}
