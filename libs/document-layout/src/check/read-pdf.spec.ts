import { deflateSync } from 'node:zlib';
import { faultySamples, handMadePdf, ONE_PAGE, pageVariants, producerShapes } from '@qlvb/pdf-testing';
import { drawDocument } from '../draw/draw-document.ts';
import { sampleDecision } from '../testing/sample-document.ts';
import { layoutFindings } from './check-layout.ts';
import { DEFAULT_LIMITS, readPdfFacts } from './read-pdf.ts';

/** Two pages, the second around a content stream. */
function pdfAround(content: Buffer, dictionary = ''): Uint8Array {
  return handMadePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] >>',
    '<< /Type /Page /Parent 2 0 R /Resources << >> >>',
    '<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << >> >>',
    `<< /Length ${content.length} ${dictionary} >>\nstream\n${content.toString('latin1')}\nendstream`,
  ]);
}

const refused = async (pdf: Uint8Array, limits = DEFAULT_LIMITS): Promise<void> => {
  await expect(readPdfFacts(pdf, limits)).rejects.toMatchObject({ code: 'document-layout.unreadable-pdf' });
};

describe('reading a PDF that comes from outside', () => {
  it('reads chunks as they come', async () => {
    const pdf = await drawDocument(sampleDecision);
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < pdf.length; at += 1000) yield pdf.subarray(at, at + 1000);
    }
    expect((await readPdfFacts(chunks())).pageCount).toBe(1);
  });

  it.each([
    ['is empty', Buffer.alloc(0)],
    ['is no PDF', Buffer.from('MZ this is a program')],
    ['has a header only', Buffer.from('%PDF-1.7\n')],
    [
      'has a page tree that leads back to itself',
      Buffer.from(
        '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj\ntrailer << /Root 1 0 R >>\n',
      ),
    ],
  ])('refuses a file that %s', async (_, pdf) => {
    await refused(pdf);
  });

  it('refuses a file that is larger than the limit before reading it', async () => {
    await refused(Buffer.alloc(101), { ...DEFAULT_LIMITS, sizeBytes: 100 });
  });

  it('survives a file cut off anywhere', async () => {
    const pdf = await drawDocument(sampleDecision);
    for (const share of [0.1, 0.5, 0.9]) {
      const cut = pdf.subarray(0, Math.floor(pdf.length * share));
      await readPdfFacts(cut).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'document-layout.unreadable-pdf' });
      });
    }
  });

  it('F-27 a page that takes too long is named as unread', async () => {
    const endless = Buffer.from('q Q '.repeat(12_000_000));
    const facts = await readPdfFacts(pdfAround(endless), { ...DEFAULT_LIMITS, milliseconds: 8_000 });
    expect(facts).toMatchObject({ pageCount: 2, pages: [], unread: [1, 2] });
    expect(facts.failure).toMatch(/exceeded its limit/);
  });

  it('F-27 a stream that inflates without measure makes its page unread', async () => {
    const bomb = deflateSync(deflateSync(Buffer.alloc(600 * 2 ** 20, ' '), { level: 9 }), { level: 9 });
    expect(bomb.length).toBeLessThan(2 ** 20);
    const limits = { ...DEFAULT_LIMITS, memoryBytes: 256 * 2 ** 20 };
    const before = process.memoryUsage.rss();
    const facts = await readPdfFacts(pdfAround(bomb, '/Filter [/FlateDecode /FlateDecode]'), limits);
    expect(facts).toMatchObject({ pageCount: 2, unread: expect.arrayContaining([2]) });
    expect(process.memoryUsage.rss() - before).toBeLessThan(1.5 * 2 ** 30);
  });

  it.each(faultySamples())('F-09 refuses what no upload takes: $name', async ({ pdf }) => {
    await refused(pdf);
  });

  it.each([...producerShapes(false), ...producerShapes(true), ...pageVariants()])(
    'F-09 reads what producers make: $name',
    async ({ pdf }) => {
      expect(await readPdfFacts(pdf)).toMatchObject({ pageCount: 1, pages: [{ number: 1 }], unread: [] });
    },
  );

  it('F-09 refuses a file whose pages are counted wrong: other readers show another number of them', async () => {
    const objects = [ONE_PAGE[0] ?? '', '<< /Type /Pages /Kids [3 0 R] /Count 7 >>', ...ONE_PAGE.slice(2)];
    await refused(handMadePdf(objects));
  });

  it('F-09 contents that readers show each in their way are refused, those that nobody could look into make their page unread', async () => {
    const damaged = Buffer.from('q 1 0 0 1 0 0 cm BT /F1 (x) Tj [ ET Q');
    await refused(pdfAround(damaged, '/Filter /FlateDecode'));
    const facts = await readPdfFacts(pdfAround(damaged, '/Filter [/ASCII85Decode /FlateDecode]'));
    expect(facts.pages.map(({ number }) => number)).toContain(1);
    expect(facts.pageCount).toBe(2);
    const findings = layoutFindings({ ...facts, pages: [], unread: [1, 2] }, { form: 'named', issuingAgency: 'Sở' });
    expect(findings.map(({ ruleId, page }) => [ruleId, page])).toEqual([
      ['NĐ30-A12-2', 1],
      ['NĐ30-A12-2', 2],
    ]);
  });

  it('reads no more pages than the limit', async () => {
    const body = Array.from({ length: 60 }, () => sampleDecision.body[0]).filter((block) => block !== undefined);
    const facts = await readPdfFacts(await drawDocument({ ...sampleDecision, body }), { ...DEFAULT_LIMITS, pages: 2 });
    expect(facts.pages).toHaveLength(2);
    expect(facts.pageCount).toBeGreaterThan(3);
  });
});
