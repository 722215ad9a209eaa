import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import { dict, name, PdfStream } from '@qlvb/pdf';
import type { IncrementalUpdate, PdfRef } from '@qlvb/pdf';
import { embedFont, TrueTypeFont } from './font.ts';
import type { Picture } from './png.ts';

/** Black text of 10 points, one line per entry (VN-16), or a picture, or nothing to be seen. */
export type Appearance =
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | { readonly kind: 'invisible' };

export const TEXT_SIZE = 10;
const LEADING = 1.2;

type FontStyle = 'Regular' | 'Italic';

const FONTS: Readonly<Record<FontStyle, { readonly name: string; readonly file: string }>> = {
  Regular: { name: 'Tinos', file: '400Regular/Tinos_400Regular.ttf' },
  Italic: { name: 'Tinos-Italic', file: '400Regular_Italic/Tinos_400Regular_Italic.ttf' },
};

const loaded = new Map<FontStyle, TrueTypeFont>();

/** Tinos: the widths of Times New Roman and every Vietnamese letter (LIB-30), the font documents are drawn with. */
export function timesFont(style: FontStyle): TrueTypeFont {
  const known = loaded.get(style);
  if (known) return known;
  const path = createRequire(import.meta.url).resolve(`@expo-google-fonts/tinos/${FONTS[style].file}`);
  const font = new TrueTypeFont(readFileSync(path));
  loaded.set(style, font);
  return font;
}

/** Size that the lines of a text appearance need. */
export function textSize(lines: readonly string[]): { width: number; height: number } {
  const font = timesFont('Regular');
  return {
    width: Math.max(...lines.map((line) => font.width(line, TEXT_SIZE))) + 2,
    height: lines.length * TEXT_SIZE * LEADING + 2,
  };
}

const round = (value: number): number => Number(value.toFixed(3));

/** Adds a form XObject of `width` × `height` points to the revision (@source VN-21). */
export function addAppearance(
  update: IncrementalUpdate,
  appearance: Appearance,
  width: number,
  height: number,
): PdfRef {
  if (appearance.kind === 'picture') return addPicture(update, appearance.picture, width, height);
  if (appearance.kind === 'text') return addLines(update, appearance.lines, width, height);
  return addForm(update, '', {}, 0, 0);
}

function addForm(
  update: IncrementalUpdate,
  content: string,
  resources: Readonly<Record<string, PdfRef>>,
  width: number,
  height: number,
): PdfRef {
  const kind = resources['Im'] ? 'XObject' : 'Font';
  const form = dict({
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: [0, 0, round(width), round(height)],
    Resources: Object.keys(resources).length > 0 ? dict({ [kind]: dict(resources) }) : dict({}),
  });
  return update.add(new PdfStream(form, Buffer.from(content)));
}

function addPicture(update: IncrementalUpdate, picture: Picture, width: number, height: number): PdfRef {
  const base = {
    Type: name('XObject'),
    Subtype: name('Image'),
    Width: picture.width,
    Height: picture.height,
    BitsPerComponent: 8,
    Filter: name('FlateDecode'),
  };
  const mask = update.add(new PdfStream(dict({ ...base, ColorSpace: name('DeviceGray') }), deflateSync(picture.alpha)));
  const image = dict({ ...base, ColorSpace: name('DeviceRGB'), SMask: mask });
  const content = `q ${round(width)} 0 0 ${round(height)} 0 0 cm /Im Do Q`;
  return addForm(update, content, { Im: update.add(new PdfStream(image, deflateSync(picture.rgb))) }, width, height);
}

function addLines(update: IncrementalUpdate, lines: readonly string[], width: number, height: number): PdfRef {
  const font = timesFont('Regular');
  const shown = lines.map((line) => `<${glyphHex(font, line)}> Tj T*`).join(' ');
  const first = height - 1 - TEXT_SIZE * 0.9;
  const content = `BT /F ${TEXT_SIZE} Tf ${TEXT_SIZE * LEADING} TL 0 g 1 ${round(first)} Td ${shown} ET`;
  return addForm(update, content, { F: embedFont(update, font, FONTS.Regular.name, lines) }, width, height);
}

const glyphHex = (font: TrueTypeFont, text: string): string =>
  font
    .glyphs(text)
    .map((glyph) => glyph.toString(16).padStart(4, '0'))
    .join('');

/** Appearance of a filled text field: one line, size and style from the field, narrowed when too long, never cut. */
export function addFieldText(
  update: IncrementalUpdate,
  field: { text: string; width: number; height: number; size: number; style: FontStyle; quadding: number },
): PdfRef {
  const { text, width, height, size, style, quadding } = field;
  const font = timesFont(style);
  const natural = font.width(text, size);
  const scale = Math.min(1, width / natural);
  const x = ((width - natural * scale) * quadding) / 2;
  const content = `/Tx BMC q BT /F ${size} Tf ${round(scale * 100)} Tz 0 g ${round(x)} ${round(size * 0.25)} Td <${glyphHex(font, text)}> Tj ET Q EMC`;
  return addForm(update, content, { F: embedFont(update, font, FONTS[style].name, [text]) }, width, height);
}
