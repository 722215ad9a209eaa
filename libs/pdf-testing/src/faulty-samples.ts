export interface FaultySample {
  readonly name: string;
  readonly pdf: Uint8Array;
  /** What the reader says of it. */
  readonly fault: 'damaged' | 'encrypted' | 'no-page';
}

interface Faults {
  /** Number of the first object that the cross-reference table claims. */
  readonly firstNumber?: number;
  /** Bytes by which the table is wrong about object 2. */
  readonly offBy?: number;
  readonly tail?: string;
  /** More entries of the trailer. */
  readonly trailer?: string;
  readonly version?: string;
}

const PAGES = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>';
/** Of a file with one empty page. */
export const ONE_PAGE: readonly string[] = ['<< /Type /Catalog /Pages 2 0 R >>', PAGES, PAGE];

/** A file of the given objects, from 1, with one table. */
export function handMadePdf(
  objects: readonly string[],
  { firstNumber = 0, offBy = 0, tail = '', trailer = '', version = '1.7' }: Faults = {},
): Uint8Array {
  let body = `%PDF-${version}\n`;
  const rows = ['0000000000 65535 f \n'];
  objects.forEach((text, index) => {
    const offset = body.length + (index === 1 ? offBy : 0);
    rows.push(`${String(offset).padStart(10, '0')} 00000 n \n`);
    body += `${index + 1} 0 obj\n${text}\nendobj\n`;
  });
  const table = `xref\n${firstNumber} ${rows.length}\n${rows.join('')}trailer\n<< /Size ${rows.length} /Root 1 0 R ${trailer}>>`;
  return Buffer.from(`${body}${table}\nstartxref\n${body.length}\n%%EOF\n${tail}`, 'latin1');
}

/** Files that other programs open after a repair of their own, each in its way. */
export function faultySamples(): readonly FaultySample[] {
  const withForm = (...fields: string[]): Uint8Array =>
    handMadePdf(['<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>', PAGES, PAGE, ...fields]);
  const onePage = (page: string): Uint8Array => handMadePdf([ONE_PAGE[0] ?? '', PAGES, page]);
  return [
    { name: '2,000 NULs behind the end', pdf: handMadePdf(ONE_PAGE, { tail: '\0'.repeat(2_000) }), fault: 'damaged' },
    {
      name: 'a comment behind the end',
      pdf: handMadePdf(ONE_PAGE, { tail: '% saved by a scanner\n' }),
      fault: 'damaged',
    },
    { name: 'a table that is three bytes off', pdf: handMadePdf(ONE_PAGE, { offBy: 3 }), fault: 'damaged' },
    { name: 'a table that starts at 1', pdf: handMadePdf(ONE_PAGE, { firstNumber: 1 }), fault: 'damaged' },
    {
      name: 'a form that contains itself',
      pdf: withForm('<< /T (a) /Kids [5 0 R] >>', '<< /T (b) /Kids [4 0 R] >>'),
      fault: 'damaged',
    },
    { name: 'a page without a size', pdf: onePage('<< /Type /Page /Parent 2 0 R >>'), fault: 'damaged' },
    {
      name: 'a page whose keys come twice',
      pdf: onePage(PAGE.replace('/Type', '/Type /Page /Type')),
      fault: 'damaged',
    },
    { name: 'a password', pdf: handMadePdf(ONE_PAGE, { trailer: '/Encrypt << /V 1 >> ' }), fault: 'encrypted' },
    {
      name: 'no page',
      pdf: handMadePdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>']),
      fault: 'no-page',
    },
  ];
}
