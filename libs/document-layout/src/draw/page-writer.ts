import PDFDocument from 'pdfkit';
import { FONT_NAMES } from '../fonts.ts';
import type { FontStyle } from '../fonts.ts';
import { MARGINS, PAGE, TEXT_BOTTOM, toUserSpace } from '../page-geometry.ts';
import type { Box } from '../page-geometry.ts';
import { DocumentTooLong, UnprintableCharacter } from '../document-layout.problems.ts';
import { spacesIn } from './line-breaking.ts';
import type { Line } from './line-breaking.ts';

const PAGE_LIMIT = 500;
/** Content of a text field's appearance without text. */
const EMPTY_TEXT = '/Tx BMC\nEMC\n';
const PAGE_NUMBER_SIZE = 13;
const PAGE_NUMBER_BASELINE = MARGINS.top * 0.65;

/** Parts of a pdfkit document that its types leave out: the catalogue and the font in use. */
interface Internals {
  readonly _root: { readonly data: { AcroForm: { data: object }; PieceInfo?: PDFKit.PDFKitReference } };
  readonly _font: {
    readonly font: { hasGlyphForCodePoint(codePoint: number): boolean };
    ref(): unknown;
  };
}

export interface TextOptions {
  readonly size: number;
  readonly style?: FontStyle;
  readonly colour?: string;
  readonly wordSpacing?: number;
}

export interface PageWriterOptions {
  readonly title: string;
  readonly createdAt: Date;
  readonly size?: { readonly width: number; readonly height: number };
}

/** Draws onto A4 pages with the embedded fonts; y grows downwards, text stands on its baseline. */
export class PageWriter {
  /** Top of the free space on the current page. */
  y: number = MARGINS.top;

  readonly #pdf: PDFKit.PDFDocument;
  readonly #createdAt: Date;
  readonly #chunks: Buffer[] = [];
  readonly #fields: PDFKit.PDFKitReference[] = [];
  #anchors: Record<string, unknown> = {};
  #pages = 0;
  #numbered = 0;

  constructor(fonts: Readonly<Record<FontStyle, Buffer>>, { title, createdAt, size = PAGE }: PageWriterOptions) {
    this.#createdAt = createdAt;
    this.#pdf = new PDFDocument({
      size: [size.width, size.height],
      margin: 0,
      autoFirstPage: false,
      pdfVersion: '1.7',
      lang: 'vi-VN',
      displayTitle: true,
      info: { Title: title, Producer: 'QLVB', Creator: 'QLVB', CreationDate: createdAt, ModDate: createdAt },
    });
    this.#pdf.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    for (const [style, file] of Object.entries(fonts)) {
      this.#pdf.registerFont(FONT_NAMES[style as FontStyle], file);
    }
  }

  /** Begins a page; from the second page of a text on it bears its number. */
  newPage({ restartNumbers = false } = {}): void {
    this.#pages += 1;
    if (this.#pages > PAGE_LIMIT) throw DocumentTooLong({ limit: PAGE_LIMIT });
    this.#pdf.addPage();
    this.#numbered = restartNumbers ? 1 : this.#numbered + 1;
    this.y = MARGINS.top;
    if (this.#numbered > 1) {
      this.centred(String(this.#numbered), PAGE.width / 2, PAGE_NUMBER_BASELINE, { size: PAGE_NUMBER_SIZE });
    }
  }

  get left(): number {
    return TEXT_BOTTOM - this.y;
  }

  width(text: string, { size, style = 'regular' }: TextOptions): number {
    this.#select(style, size);
    return this.#pdf.widthOfString(text);
  }

  /** Draws text at a baseline; returns its width. */
  text(text: string, x: number, baseline: number, options: TextOptions): number {
    const { size, style = 'regular', colour = 'black', wordSpacing = 0 } = options;
    this.#select(style, size);
    this.#assertPrintable(text);
    const width = this.#pdf.widthOfString(text);
    const stretched = wordSpacing === 0 ? {} : { wordSpacing };
    this.#pdf.fillColor(colour).text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic', ...stretched });
    return width;
  }

  centred(text: string, centre: number, baseline: number, options: TextOptions): Box {
    const width = this.width(text, options);
    const x0 = centre - width / 2;
    this.text(text, x0, baseline, options);
    return { x0, y0: baseline - options.size * 0.9, x1: x0 + width, y1: baseline + options.size * 0.25 };
  }

  /** Draws one line of runs, stretched to `width` when it is not the last of its paragraph. */
  line(line: Line, x: number, baseline: number, size: number, width: number): void {
    const wordSpacing = line.last || line.gaps === 0 ? 0 : (width - line.width) / line.gaps;
    let at = x;
    for (const { text, style } of line.runs) {
      at += this.text(text, at, baseline, { size, style, wordSpacing }) + spacesIn(text) * wordSpacing;
    }
  }

  rule(x0: number, x1: number, y: number): void {
    this.#pdf.moveTo(x0, y).lineTo(x1, y).lineWidth(0.75).strokeColor('black').stroke();
  }

  frame({ x0, y0, x1, y1 }: Box, colour: string): void {
    this.#pdf
      .rect(x0, y0, x1 - x0, y1 - y0)
      .lineWidth(1)
      .strokeColor(colour)
      .stroke();
  }

  /**
   * An empty text field that the clerk's revision fills after the signer's signature: text that is drawn into the page
   * then would break that signature.
   *
   * @source PR-22
   */
  field(name: string, x: number, baseline: number, width: number, size: number, style: FontStyle): void {
    const box = { x0: x, y0: baseline - size, x1: x + width, y1: baseline + size * 0.25 };
    const appearance = this.#object({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, width, size * 1.25] }, EMPTY_TEXT);
    const field = this.#object({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Tx',
      T: new String(name),
      Rect: toUserSpace(box),
      F: 4,
      Ff: 0,
      P: this.#pdf.page.dictionary,
      DA: new String(`/${FONT_NAMES[style]} ${size} Tf 0 g`),
      Q: 0,
      AP: { N: appearance },
    });
    this.#pdf.page.annotations.push(field);
    this.#fields.push(field);
  }

  /** Remembers where the signature of a person belongs: between the last line of the title and the name. */
  anchor(name: string, title: Box, signer: Box): void {
    this.#anchors = {
      ...this.#anchors,
      [name]: { Page: this.#pdf.page.dictionary, Title: toUserSpace(title), Name: toUserSpace(signer) },
    };
  }

  /** The finished file. */
  async finish(): Promise<Uint8Array> {
    const catalogue = this.#internals._root.data;
    const fonts = this.#fontReferences();
    this.#pdf.initForm();
    // viewers must not redraw the fields: their appearance belongs to the revision that fills and signs them
    catalogue.AcroForm.data = {
      Fields: this.#fields,
      DR: { Font: fonts },
      DA: new String(`/${FONT_NAMES.regular} 13 Tf 0 g`),
    };
    catalogue.PieceInfo = this.#object({
      QLVB: { LastModified: this.#createdAt, Private: { Anchors: this.#anchors } },
    });
    const ended = new Promise<void>((resolve, reject) => this.#pdf.on('end', resolve).on('error', reject));
    this.#pdf.end();
    await ended;
    return Buffer.concat(this.#chunks);
  }

  /** An indirect object; with content it is a stream. */
  #object(dictionary: object, content?: string): PDFKit.PDFKitReference {
    const reference = this.#pdf.ref(dictionary);
    reference.end(content);
    return reference;
  }

  #select(style: FontStyle, size: number): void {
    this.#pdf.font(FONT_NAMES[style], size);
  }

  #fontReferences(): Record<string, unknown> {
    const references: Record<string, unknown> = {};
    for (const style of ['regular', 'italic'] as const) {
      this.#pdf.font(FONT_NAMES[style]);
      references[FONT_NAMES[style]] = this.#internals._font.ref();
    }
    return references;
  }

  /** Every letter has a glyph in the font in use. */
  #assertPrintable(text: string): void {
    const { font } = this.#internals._font;
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      if (/\p{C}/u.test(character) || !font.hasGlyphForCodePoint(codePoint)) {
        throw UnprintableCharacter({ codePoint: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}` });
      }
    }
  }

  get #internals(): Internals {
    return this.#pdf as unknown as Internals;
  }
}
