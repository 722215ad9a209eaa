import { DomainError } from '@qlvb/shared-domain';
import { decodeStream } from './filters.ts';
import type { PdfDocument } from './document.ts';
import type { Rectangle } from './form.ts';
import { Lexer } from './lexer.ts';
import { PdfName, PdfRef, PdfStream, PdfString } from './objects.ts';
import type { PdfDict, PdfObject } from './objects.ts';

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const MAX_FORMS = 8;
const MAX_BOXES = 50_000;
/** Of the font's size: how far letters go below and above the line, and how wide one is on average, rather too wide. */
const [BELOW, ABOVE, WIDTH] = [0.2, 0.75, 0.6];

/** What a page shows: lines of text where they stand, and pictures. */
export interface PageContent {
  readonly texts: readonly Rectangle[];
  readonly pictures: readonly Rectangle[];
}

/**
 * Roughly where the text and the pictures of a page stand, in user space. Widths of letters are estimated, lines and
 * backgrounds left out: enough to tell whether something is laid over the words.
 *
 * @returns undefined when the page's content cannot be read, for instance because of a filter this reader does not know
 * @throws PdfTooComplex
 */
export function pageContent(document: PdfDocument, page: PdfDict): PageContent | undefined {
  try {
    return new ContentReader(document).read(page);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'pdf-signature.malformed-pdf') return undefined;
    throw error;
  }
}

interface TextState {
  readonly ctm: Matrix;
  readonly size: number;
  readonly scale: number;
  readonly leading: number;
  readonly bytesPerLetter: number;
}

class ContentReader {
  readonly #document: PdfDocument;
  readonly #texts: Rectangle[] = [];
  readonly #pictures: Rectangle[] = [];
  #state: TextState = { ctm: IDENTITY, size: 0, scale: 1, leading: 0, bytesPerLetter: 1 };
  #text: Matrix = IDENTITY;
  #line: Matrix = IDENTITY;

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  read(page: PdfDict): PageContent {
    const contents = this.#document.resolve(page.get('Contents'));
    const streams = Array.isArray(contents) ? contents : [contents];
    const parts = streams.map((item) => {
      const stream = this.#document.resolve(item);
      return stream instanceof PdfStream ? this.#decoded(stream) : Buffer.of();
    });
    this.#run(Buffer.concat(parts.flatMap((part) => [part, Buffer.from('\n')])), this.#inherited(page, 'Resources'), 0);
    return { texts: this.#texts, pictures: this.#pictures };
  }

  #decoded(stream: PdfStream): Uint8Array {
    return decodeStream(stream.dict, stream.raw, this.#document.budget);
  }

  #inherited(page: PdfDict, key: string): PdfDict {
    let dict: PdfDict | undefined = page;
    for (let depth = 0; dict && depth < this.#document.budget.limits.depth; depth += 1) {
      if (dict.has(key)) return this.#document.dict(dict.get(key)) ?? new Map();
      dict = this.#document.dict(dict.get('Parent'));
    }
    return new Map();
  }

  #run(content: Uint8Array, resources: PdfDict, depth: number): void {
    const { budget } = this.#document;
    const lexer = new Lexer(content, 0, budget, false);
    const saved: TextState[] = [];
    let operands: PdfObject[] = [];
    for (lexer.skipWhite(); lexer.position < content.length; lexer.skipWhite()) {
      budget.step();
      const start = lexer.position;
      const word = lexer.word();
      if (word === '' || /^[+\-.\d]/.test(word) || ['true', 'false', 'null'].includes(word)) {
        lexer.position = start;
        operands.push(lexer.object());
        continue;
      }
      if (word === 'q') saved.push(this.#state);
      else if (word === 'Q') this.#state = saved.pop() ?? this.#state;
      else if (word === 'BI') this.#inlinePicture(lexer);
      else if (word === 'Do') this.#draw(operands[0], resources, depth);
      else this.#operate(word, operands, resources);
      operands = [];
    }
  }

  /** The bytes of the picture are skipped up to the EI after them. */
  #inlinePicture(lexer: Lexer): void {
    const rest = Buffer.from(lexer.bytes.buffer, lexer.bytes.byteOffset, lexer.bytes.byteLength);
    const end = /\sEI(?=\s|$)/g;
    end.lastIndex = lexer.position;
    const found = end.exec(rest.toString('latin1'));
    lexer.position = found ? found.index + found[0].length : lexer.bytes.length;
    this.#add(this.#pictures, this.#state.ctm, [0, 0, 1, 1]);
  }

  #draw(operand: PdfObject | undefined, resources: PdfDict, depth: number): void {
    const named = operand instanceof PdfName ? operand.value : '';
    const stream = this.#document.resolve(this.#document.dict(resources.get('XObject'))?.get(named));
    if (!(stream instanceof PdfStream)) return;
    const kind = this.#document.resolve(stream.dict.get('Subtype'));
    if (kind instanceof PdfName && kind.value === 'Image')
      return this.#add(this.#pictures, this.#state.ctm, [0, 0, 1, 1]);
    if (depth >= MAX_FORMS) return;
    const before = this.#state;
    const matrix = numbersOf(this.#document, stream.dict.get('Matrix'));
    if (matrix.length === 6) this.#state = { ...before, ctm: multiply(before.ctm, matrix as unknown as Matrix) };
    this.#run(this.#decoded(stream), this.#document.dict(stream.dict.get('Resources')) ?? resources, depth + 1);
    this.#state = before;
  }

  #operate(operator: string, operands: readonly PdfObject[], resources: PdfDict): void {
    const at = (index: number): number => {
      const value = operands[index];
      return typeof value === 'number' ? value : 0;
    };
    const matrix = (): Matrix => [at(0), at(1), at(2), at(3), at(4), at(5)];
    if (operator === 'cm') this.#state = { ...this.#state, ctm: multiply(this.#state.ctm, matrix()) };
    else if (operator === 'BT') this.#text = this.#line = IDENTITY;
    else if (operator === 'Tm') this.#text = this.#line = matrix();
    else if (operator === 'TL') this.#state = { ...this.#state, leading: at(0) };
    else if (operator === 'Tz') this.#state = { ...this.#state, scale: at(0) / 100 };
    else if (operator === 'Tf') this.#font(operands, resources);
    else if (operator === 'Td') this.#move(at(0), at(1));
    else if (operator === 'TD') {
      this.#state = { ...this.#state, leading: -at(1) };
      this.#move(at(0), at(1));
    } else if (operator === 'T*') this.#move(0, -this.#state.leading);
    else if (operator === 'Tj') this.#show(operands[0]);
    else if (operator === 'TJ') for (const item of this.#document.array(operands[0])) this.#show(item);
    else if (operator === "'" || operator === '"') {
      this.#move(0, -this.#state.leading);
      this.#show(operands[operands.length - 1]);
    }
  }

  #font([named, size]: readonly PdfObject[], resources: PdfDict): void {
    const fonts = this.#document.dict(resources.get('Font'));
    const font = this.#document.dict(named instanceof PdfName ? fonts?.get(named.value) : undefined);
    const kind = this.#document.resolve(font?.get('Subtype'));
    const bytesPerLetter = kind instanceof PdfName && kind.value === 'Type0' ? 2 : 1;
    this.#state = { ...this.#state, size: typeof size === 'number' ? size : 0, bytesPerLetter };
  }

  #move(x: number, y: number): void {
    this.#line = this.#text = multiply(this.#line, [1, 0, 0, 1, x, y]);
  }

  #show(item: PdfObject | undefined): void {
    const { size, scale, bytesPerLetter, ctm } = this.#state;
    if (typeof item === 'number') {
      this.#text = multiply(this.#text, [1, 0, 0, 1, (-item / 1000) * size * scale, 0]);
      return;
    }
    if (!(item instanceof PdfString)) return;
    const width = (item.bytes.length / bytesPerLetter) * size * scale * WIDTH;
    const matrix = multiply(ctm, this.#text);
    if (!item.bytes.every((byte) => byte === 0x20)) {
      this.#add(this.#texts, matrix, [0, -BELOW * size, width, ABOVE * size]);
    }
    this.#text = multiply(this.#text, [1, 0, 0, 1, width, 0]);
  }

  #add(list: Rectangle[], matrix: Matrix, [x0, y0, x1, y1]: Rectangle): void {
    if (list.length >= MAX_BOXES) return;
    const corners = [
      [x0, y0],
      [x1, y0],
      [x0, y1],
      [x1, y1],
    ].map(([x = 0, y = 0]) => [matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]]);
    const xs = corners.map(([x = 0]) => x);
    const ys = corners.map(([, y = 0]) => y);
    list.push([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
  }
}

const numbersOf = (document: PdfDocument, object: PdfObject | undefined): readonly number[] =>
  document.array(object).flatMap((item) => {
    const value = item instanceof PdfRef ? document.resolve(item) : item;
    return typeof value === 'number' ? [value] : [];
  });

/** `inner` first, then `outer`. */
const multiply = (outer: Matrix, inner: Matrix): Matrix => [
  outer[0] * inner[0] + outer[2] * inner[1],
  outer[1] * inner[0] + outer[3] * inner[1],
  outer[0] * inner[2] + outer[2] * inner[3],
  outer[1] * inner[2] + outer[3] * inner[3],
  outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
  outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
];
