import { drawDemoSeal, drawDemoSignature, encodePng } from '@qlvb/demo-pki';
import { AnchorMissing, BadPicture, TextNotDrawable } from '../pdf-signature.problems.ts';
import { samplePdf } from '@qlvb/pdf-testing';
import { PdfDocument } from '@qlvb/pdf';
import { textSize, timesFont } from './appearance.ts';
import { attachmentLines, shownTime } from './corner-text.ts';
import { checkPicture } from './picture-rules.ts';
import { agencyPlacement, cornerPlacement, findSignatureAnchor, MM, personalPlacement } from './placement.ts';

const document = new PdfDocument(samplePdf());

describe('placement', () => {
  const anchor = findSignatureAnchor(document);
  const personal = personalPlacement(anchor, 2);

  it('VN-10: the picture is centred between title and name and keeps its proportions', () => {
    const [x0, y0, x1, y1] = personal.rectangle;
    expect((x1 - x0) / (y1 - y0)).toBeCloseTo(2);
    expect((x0 + x1) / 2).toBeCloseTo(415);
    expect(y1).toBeLessThan(anchor.title[1]);
    expect(y0).toBeGreaterThan(anchor.name[3]);
    expect(y1 - anchor.title[1]).toBeCloseTo(anchor.name[3] - y0);
  });

  it.each([20, 30, 36, 42])('VN-11, VN-17: a seal of %d mm covers the left third in its real size', (diameter) => {
    const [x0, y0, x1, y1] = agencyPlacement(personal, diameter).rectangle;
    const width = personal.rectangle[2] - personal.rectangle[0];
    const covered = (x1 - personal.rectangle[0]) / width;
    expect(covered).toBeGreaterThanOrEqual(0.25);
    expect(covered).toBeLessThanOrEqual(0.42);
    expect((x1 - x0) / MM).toBeCloseTo(diameter);
    expect((y1 - y0) / MM).toBeCloseTo(diameter);
  });

  it('VN-12: texts go to the top right corner of the first page', () => {
    const [x0, y0, x1, y1] = cornerPlacement(document, 150, 26).rectangle;
    expect(x1).toBeLessThan(595.28);
    expect(x1).toBeGreaterThan(550);
    expect(y1).toBeGreaterThan(800);
    expect([x1 - x0, y1 - y0].map(Math.round)).toEqual([150, 26]);
  });

  it('VN-10: a document without the place says so', () => {
    const plain = new PdfDocument(samplePdf({ plain: true }));
    const code = AnchorMissing.declaration.code;
    expect(() => findSignatureAnchor(plain)).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe('texts in the corner', () => {
  const at = new Date('2026-11-22T20:05:09.700Z');

  it('VN-16: the time is Vietnamese, to the second', () => expect(shownTime(at)).toBe('2026-11-23T03:05:09+07:00'));

  it('VN-12: an attachment says the number of its document and the time', () => {
    expect(attachmentLines('12/QĐ-STTTT', at)).toEqual(['12/QĐ-STTTT', '2026-11-23T03:05:09+07:00']);
  });
});

describe('VN-16, VN-22: text', () => {
  it('has a glyph for every Vietnamese letter', () => {
    const marks = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
    const letters = [...'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY'].flatMap((letter) => marks.map((mark) => letter + mark)).join('');
    for (const style of ['Regular', 'Italic'] as const) {
      expect(timesFont(style).glyphs(`${letters}đĐ`)).toHaveLength(146);
    }
  });

  it('has the widths of Times New Roman', () => {
    expect(Math.round((timesFont('Regular').width('A', 2048) * 2048) / 2048)).toBe(1479);
  });

  it('takes decomposed letters as composed ones', () => {
    expect(textSize(['Quảng Bình'.normalize('NFD')])).toEqual(textSize(['Quảng Bình']));
  });

  it('says which character is missing', () => {
    const code = TextNotDrawable.declaration.code;
    expect(() => textSize(['漢'])).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe('VN-18: pictures', () => {
  const solid = (r: number, g: number, b: number, transparentShare: number): Buffer => {
    const pixels = Array.from({ length: 100 }, (_, i) => [r, g, b, i < transparentShare * 100 ? 0 : 255]);
    return encodePng(10, 10, Uint8Array.from(pixels.flat()));
  };
  const signature = drawDemoSignature('Nguyễn Thị Hương');

  it('accepts a blue signature and a red seal on transparent ground', () => {
    expect(checkPicture(signature, 'person').hasAlphaChannel).toBe(true);
    expect(checkPicture(drawDemoSeal('Sở Nội vụ', 20), 'seal').width).toBe(236);
    expect(checkPicture(solid(20, 40, 200, 0.5), 'person').width).toBe(10);
  });

  it.each<[string, Uint8Array, 'person' | 'seal']>([
    ['a seal as signature', drawDemoSeal('Sở Nội vụ', 20), 'person'],
    ['a signature as seal', signature, 'seal'],
    ['too little transparency', solid(20, 40, 200, 0.2), 'person'],
    ['black ink', solid(0, 0, 0, 0.5), 'person'],
    ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), 'person'],
    ['a truncated file', signature.subarray(0, 900), 'person'],
    ['more than 1 MiB', Buffer.concat([signature, Buffer.alloc(2 ** 20)]), 'person'],
    ['a header that lies about the size', Buffer.from(signature).fill(255, 16, 24), 'person'],
  ])('refuses %s', (_, png, kind) => {
    const code = BadPicture.declaration.code;
    expect(() => checkPicture(png, kind)).toThrow(expect.objectContaining({ code }) as Error);
  });
});
