import PDFDocument from 'pdfkit';
import { readPdfFacts } from '../check/read-pdf.ts';
import type { PdfFacts } from '../check/facts.ts';
import { segmentsOf } from '../check/segments.ts';
import { loadFonts } from '../fonts.ts';
import { VIETNAMESE_LETTERS } from '../testing/vietnamese-letters.ts';
import { mm } from '../page-geometry.ts';
import { longDecision, sampleDecision, sampleLetter } from '../testing/sample-document.ts';
import { drawDocument } from './draw-document.ts';
import { PageWriter } from './page-writer.ts';

const textOf = (facts: PdfFacts): string =>
  facts.pages
    .flatMap((page) => segmentsOf(page))
    .map(({ text }) => text)
    .join(' ');

const numbersAfter = (pdf: Uint8Array, key: string): number[] => {
  const at = Buffer.from(pdf).toString('latin1').split(key)[1] ?? '';
  return (/\[([^\]]*)\]/.exec(at)?.[1] ?? '').trim().split(/\s+/).map(Number);
};

describe('drawing a document', () => {
  it('NĐ30-PL1-I.1: draws upright A4 pages of PDF 1.7', async () => {
    const pdf = await drawDocument(longDecision);
    expect(Buffer.from(pdf.subarray(0, 8)).toString()).toBe('%PDF-1.7');
    const { pages } = await readPdfFacts(pdf);
    for (const { width, height } of pages) {
      expect(width).toBeCloseTo(595.28, 1);
      expect(height).toBeCloseTo(841.89, 1);
    }
  });

  it('NĐ30-PL1-I.4: every Vietnamese letter is drawn and read back in all four styles', async () => {
    expect(new Set(VIETNAMESE_LETTERS).size).toBe(134);
    const page = new PageWriter(await loadFonts(), { title: 'Chữ', createdAt: new Date(0) });
    page.newPage();
    (['regular', 'bold', 'italic', 'boldItalic'] as const).forEach((style, row) => {
      VIETNAMESE_LETTERS.forEach((letter, index) => {
        page.text(letter, 60 + (index % 23) * 20, 100 + row * 150 + Math.floor(index / 23) * 20, { size: 13, style });
      });
    });
    const facts = await readPdfFacts(await page.finish());
    const drawn = [...textOf(facts)].filter((letter) => letter !== ' ');
    expect(drawn).toEqual([...VIETNAMESE_LETTERS, ...VIETNAMESE_LETTERS, ...VIETNAMESE_LETTERS, ...VIETNAMESE_LETTERS]);
    expect(facts.fonts.every(({ embedded }) => embedded)).toBe(true);
  });

  it('LIB-30: the fonts have the widths of Times', async () => {
    const pdf = new PDFDocument();
    const latin = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,;:-/()';
    const fonts = await loadFonts();
    for (const [style, times] of [
      ['regular', 'Times-Roman'],
      ['bold', 'Times-Bold'],
      ['italic', 'Times-Italic'],
      ['boldItalic', 'Times-BoldItalic'],
    ] as const) {
      const widths = [fonts[style], times].map((font) =>
        [...latin].map((letter) => pdf.font(font, 1000).widthOfString(letter)),
      );
      const differ = (widths[0] ?? []).filter((width, index) => Math.abs(width - (widths[1]?.[index] ?? 0)) > 2);
      expect(differ).toEqual([]);
    }
  });

  it('VN-22: a reader gets the text that went in, decomposed letters composed', async () => {
    const [article] = sampleDecision.body;
    const text = 'Phân công trách nhiệm quản lý đường truyền, bảo đảm an toàn thông tin'.normalize('NFD');
    const pdf = await drawDocument({ ...sampleDecision, body: [{ ...article, text } as typeof article & object] });
    expect(textOf(await readPdfFacts(pdf))).toContain(text.normalize('NFC'));
  });

  it('NĐ30-PL1-I.4: refuses a character that has no glyph', async () => {
    await expect(drawDocument({ ...sampleDecision, subject: 'Về 漢 字' })).rejects.toThrow('unprintable-character');
    await expect(drawDocument({ ...sampleDecision, subject: 'a\u0007b' })).rejects.toThrow('unprintable-character');
  });

  it('draws the same bytes for the same document', async () => {
    const [first, second] = [await drawDocument(sampleLetter), await drawDocument(sampleLetter)];
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('PR-22: number and date are empty form fields whose baselines follow the line they stand on', async () => {
    const pdf = await drawDocument(sampleDecision);
    const file = Buffer.from(pdf).toString('latin1');
    expect(file).not.toContain('NeedAppearances');
    expect(file).toMatch(/\/ID \[</);
    const [page] = (await readPdfFacts(pdf)).pages;
    const label = page?.texts.find(({ text }) => text === 'Số:');
    const place = page?.texts.find(({ text }) => text.startsWith('Quảng Bình'));
    const [number, date] = ['SoVanBan', 'NgayBanHanh'].map((name) => page?.fields.find((field) => field.name === name));
    expect([number?.value, date?.value]).toEqual(['', '']);
    for (const [field, text] of [
      [number, label],
      [date, place],
    ] as const) {
      expect(field?.box.y1).toBeCloseTo((text?.baseline ?? 0) + 13 * 0.25, 1);
      expect((field?.box.y1 ?? 0) - (field?.box.y0 ?? 0)).toBeGreaterThanOrEqual(13 * 1.2);
      expect(field?.box.x0).toBeGreaterThan((text?.x ?? 0) + (text?.width ?? 0));
    }
    expect(file).toContain('/DA (/Tinos-Italic 13 Tf 0 g)');
  });

  it('VN-10: the anchor of the signature leaves room between title and name', async () => {
    const pdf = await drawDocument(sampleDecision);
    const title = numbersAfter(pdf, '/NguoiKy <<');
    const name = numbersAfter(pdf, '/Name ');
    expect((title[1] ?? 0) - (name[3] ?? 0)).toBeGreaterThanOrEqual(70);
  });

  it('NĐ30-PL1-II.6e: text is justified and its first lines are indented', async () => {
    const text = 'Các\u00a0cơ quan, đơn vị có trách nhiệm thực hiện nghiêm túc quy định về văn\u00a0thư. '.repeat(6);
    const body = [{ block: 'paragraph', text }, ...sampleDecision.body] as const;
    const [page] = (await readPdfFacts(await drawDocument({ ...sampleDecision, body }))).pages;
    const lines = page ? segmentsOf(page).filter(({ text: line }) => /nghiêm túc|trách nhiệm thực/.test(line)) : [];
    expect(lines.length).toBeGreaterThan(3);
    const [first, ...others] = lines;
    expect(first?.box.x0).toBeCloseTo(mm(30) + mm(12.7), 0);
    for (const { box } of others) expect(box.x0).toBeCloseTo(mm(30), 0);
    for (const { box } of lines.slice(0, -1)) expect(box.x1).toBeCloseTo(595.28 - mm(15), 0);
  });

  it('NĐ30-PL1-I.7: pages are numbered from the second on, texts in the same file anew', async () => {
    const { pages } = await readPdfFacts(await drawDocument(longDecision));
    const numbers = pages.map((page) => segmentsOf(page).find(({ baseline }) => baseline < 50)?.text);
    expect(numbers).toEqual([undefined, '2', undefined, undefined]);
  });

  it('NĐ30-PL1-III.1: an annex begins a page with its heading, its title, and a reference left unfilled', async () => {
    const pages = (await readPdfFacts(await drawDocument(longDecision))).pages.map(segmentsOf);
    const [heading, title, reference] = pages.at(-1) ?? [];
    expect(heading).toMatchObject({ text: 'Phụ lục I', bold: true, size: 14 });
    expect(title).toMatchObject({ text: 'DANH MỤC ĐỊNH DẠNG TỆP', bold: true, size: 14 });
    expect(reference).toMatchObject({ text: '(Kèm theo Quyết định số', italic: true });
    expect(
      pages
        .at(-1)
        ?.map(({ text }) => text)
        .join(' '),
    ).not.toMatch(/số \d/);
  });

  it('NĐ30-PL1-II.7: the signature block keeps the end of the text with it', async () => {
    for (let extra = 0; extra < 6; extra += 1) {
      const filler = { block: 'paragraph', text: 'Một dòng ngắn.' } as const;
      const body = [...sampleDecision.body.slice(0, -1), ...Array<typeof filler>(extra).fill(filler)];
      const document = { ...sampleDecision, body: [...body, ...sampleDecision.body.slice(-1)] };
      const { pages } = await readPdfFacts(await drawDocument(document));
      const last = pages.at(-1);
      const lines = last ? segmentsOf(last).map(({ text }) => text) : [];
      expect(lines).toContain('GIÁM ĐỐC');
      expect(lines).toContain('Nguyễn Hoàng Dương');
      expect(lines.some((line) => line.endsWith('./.'))).toBe(true);
      expect(lines.filter((line) => line.length > 60).length + (pages.length === 1 ? 2 : 0)).toBeGreaterThanOrEqual(2);
    }
  });
});
