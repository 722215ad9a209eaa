import { deflateSync } from 'node:zlib';
import { drawDocument } from '../draw/draw-document.ts';
import { sampleDecision } from '../testing/sample-document.ts';
import { DEFAULT_LIMITS, readPdfFacts } from './read-pdf.ts';

/** A one-page PDF around a content stream. */
function pdfAround(content: Buffer, dictionary = ''): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>',
  ].map((body, index) => Buffer.from(`${index + 1} 0 obj\n${body}\nendobj\n`));
  const stream = Buffer.concat([
    Buffer.from(`4 0 obj\n<< /Length ${content.length} ${dictionary} >>\nstream\n`),
    content,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
  const trailer = Buffer.from('trailer << /Root 1 0 R /Size 5 >>\n%%EOF\n');
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...objects, stream, trailer]);
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

  it('ends the reading of a page that takes too long', async () => {
    const endless = Buffer.from('q Q '.repeat(4_000_000));
    const started = Date.now();
    await refused(pdfAround(endless), { ...DEFAULT_LIMITS, milliseconds: 700 });
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('ends the reading of a stream that inflates without measure', async () => {
    const bomb = deflateSync(deflateSync(Buffer.alloc(600 * 2 ** 20, ' '), { level: 9 }), { level: 9 });
    expect(bomb.length).toBeLessThan(2 ** 20);
    const limits = { ...DEFAULT_LIMITS, memoryBytes: 256 * 2 ** 20 };
    const before = process.memoryUsage.rss();
    await readPdfFacts(pdfAround(bomb, '/Filter [/FlateDecode /FlateDecode]'), limits).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'document-layout.unreadable-pdf' });
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(1.5 * 2 ** 30);
  });

  it('reads no more pages than the limit', async () => {
    const body = Array.from({ length: 60 }, () => sampleDecision.body[0]).filter((block) => block !== undefined);
    const facts = await readPdfFacts(await drawDocument({ ...sampleDecision, body }), { ...DEFAULT_LIMITS, pages: 2 });
    expect(facts.pages).toHaveLength(2);
    expect(facts.pageCount).toBeGreaterThan(3);
  });
});
