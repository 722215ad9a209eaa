import { deflateSync } from 'node:zlib';
import { dict, name, PdfStream, PdfString } from '@qlvb/pdf';
import type { IncrementalUpdate, PdfRef } from '@qlvb/pdf';
import { TextNotDrawable } from '../pdf-signature.problems.ts';

/**
 * A TrueType font read just far enough to measure text and to cut out the glyphs that are used. Glyph numbers stay as they
 * are in the cut font, so text is written as glyph numbers and nothing has to be renumbered.
 */
export class TrueTypeFont {
  readonly #data: Buffer;
  readonly #tables: ReadonlyMap<string, Buffer>;
  readonly #cmap: (code: number) => number;
  readonly unitsPerEm: number;

  constructor(bytes: Uint8Array) {
    this.#data = Buffer.from(bytes);
    this.#tables = new Map(
      Array.from({ length: this.#data.readUInt16BE(4) }, (_, index) => {
        const at = 12 + index * 16;
        const offset = this.#data.readUInt32BE(at + 8);
        return [
          this.#data.toString('latin1', at, at + 4),
          this.#data.subarray(offset, offset + this.#data.readUInt32BE(at + 12)),
        ];
      }),
    );
    this.unitsPerEm = this.#table('head').readUInt16BE(18);
    this.#cmap = readCmap(this.#table('cmap'));
  }

  #table(tag: string): Buffer {
    const table = this.#tables.get(tag);
    if (!table) throw new Error(`the font has no ${tag} table`);
    return table;
  }

  /** Glyph numbers of a text in NFC. @throws TextNotDrawable @source VN-22 */
  glyphs(text: string): readonly number[] {
    return [...text.normalize('NFC')].map((character) => {
      const glyph = this.#cmap(character.codePointAt(0) as number);
      if (glyph === 0) throw TextNotDrawable({ character });
      return glyph;
    });
  }

  /** Width in thousandths of the font size. */
  advance(glyph: number): number {
    const metrics = this.#table('hhea').readUInt16BE(34);
    return (this.#table('hmtx').readUInt16BE(Math.min(glyph, metrics - 1) * 4) * 1000) / this.unitsPerEm;
  }

  width(text: string, size: number): number {
    return (this.glyphs(text).reduce((sum, glyph) => sum + this.advance(glyph), 0) * size) / 1000;
  }

  /** Ascent, descent, box and slant for a font descriptor, in thousandths. */
  get metrics(): { ascent: number; descent: number; box: number[]; italicAngle: number } {
    const scale = (value: number): number => Math.round((value * 1000) / this.unitsPerEm);
    const [head, hhea] = [this.#table('head'), this.#table('hhea')];
    return {
      ascent: scale(hhea.readInt16BE(4)),
      descent: scale(hhea.readInt16BE(6)),
      box: [36, 38, 40, 42].map((at) => scale(head.readInt16BE(at))),
      italicAngle: this.#table('post').readInt32BE(4) / 65536,
    };
  }

  /** The font with only the outlines of `glyphs` (and what they are composed of) left in it. */
  subset(glyphs: ReadonlySet<number>): Buffer {
    const [loca, glyf] = [this.#table('loca'), this.#table('glyf')];
    const isLong = this.#table('head').readInt16BE(50) === 1;
    const start = (glyph: number): number => (isLong ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2);
    const wanted = new Set([0, ...glyphs]);
    for (const glyph of wanted)
      for (const part of components(glyf.subarray(start(glyph), start(glyph + 1)))) wanted.add(part);
    const count = this.#table('maxp').readUInt16BE(4);
    const newLoca = Buffer.alloc((count + 1) * 4);
    const outlines: Buffer[] = [];
    let at = 0;
    for (let glyph = 0; glyph < count; glyph += 1) {
      newLoca.writeUInt32BE(at, glyph * 4);
      if (!wanted.has(glyph)) continue;
      const outline = glyf.subarray(start(glyph), start(glyph + 1));
      outlines.push(outline, Buffer.alloc(-outline.length & 3));
      at += (outline.length + 3) & ~3;
    }
    newLoca.writeUInt32BE(at, count * 4);
    const head = Buffer.from(this.#table('head'));
    head.writeInt16BE(1, 50);
    const kept = ['cvt ', 'fpgm', 'hhea', 'hmtx', 'maxp', 'prep'].filter((tag) => this.#tables.has(tag));
    const tables = new Map(kept.map((tag) => [tag, this.#table(tag)]));
    return assemble(tables.set('head', head).set('loca', newLoca).set('glyf', Buffer.concat(outlines)));
  }
}

/** Glyphs a composite glyph is made of. */
function components(outline: Buffer): readonly number[] {
  if (outline.length < 10 || outline.readInt16BE(0) >= 0) return [];
  const parts: number[] = [];
  for (let at = 10; ;) {
    const flags = outline.readUInt16BE(at);
    parts.push(outline.readUInt16BE(at + 2));
    at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
    if (!(flags & 0x20)) return parts;
  }
}

/** Reads the format 4 subtable for Unicode, which covers everything Vietnamese needs. */
function readCmap(cmap: Buffer): (code: number) => number {
  const offsets = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) => cmap.readUInt32BE(4 + index * 8 + 4));
  const offset = offsets.find((at) => cmap.readUInt16BE(at) === 4);
  if (offset === undefined) throw new Error('the font has no character map of format 4');
  const table = cmap.subarray(offset);
  const segments = table.readUInt16BE(6) / 2;
  return (code) => {
    for (let segment = 0; segment < segments; segment += 1) {
      if (code > table.readUInt16BE(14 + segment * 2)) continue;
      const first = table.readUInt16BE(16 + segments * 2 + segment * 2);
      if (code < first || code > 0xffff) return 0;
      const delta = table.readUInt16BE(16 + segments * 4 + segment * 2);
      const rangeAt = 16 + segments * 6 + segment * 2;
      const range = table.readUInt16BE(rangeAt);
      const glyph = range === 0 ? code : table.readUInt16BE(rangeAt + range + (code - first) * 2);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

function assemble(tables: ReadonlyMap<string, Buffer>): Buffer {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  const header = Buffer.alloc(12 + sorted.length * 16);
  header.writeUInt32BE(0x00010000, 0);
  [sorted.length, power * 16, Math.log2(power), (sorted.length - power) * 16].forEach((value, i) =>
    header.writeUInt16BE(value, 4 + i * 2),
  );
  let at = header.length;
  const bodies = sorted.map(([tag, table], index) => {
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    let sum = 0;
    for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
    header.write(tag, 12 + index * 16, 'latin1');
    [sum, at, table.length].forEach((value, i) => header.writeUInt32BE(value, 16 + index * 16 + i * 4));
    at += padded.length;
    return padded;
  });
  return Buffer.concat([header, ...bodies]);
}

/** Adds the subset of a font that `texts` need to a revision; text is then shown as hexadecimal glyph numbers. */
export function embedFont(
  update: IncrementalUpdate,
  font: TrueTypeFont,
  baseName: string,
  texts: readonly string[],
): PdfRef {
  const characters = [...new Set([...texts.join('').normalize('NFC')])].sort();
  const pairs = characters.map((character) => [font.glyphs(character)[0] as number, character] as const);
  const { ascent, descent, box, italicAngle } = font.metrics;
  const tagged = `${subsetTag(characters)}+${baseName}`;
  const file = font.subset(new Set(pairs.map(([glyph]) => glyph)));
  const fontFile = new PdfStream(dict({ Filter: name('FlateDecode'), Length1: file.length }), deflateSync(file));
  const descriptor = update.add(
    dict({
      Type: name('FontDescriptor'),
      FontName: name(tagged),
      Flags: italicAngle === 0 ? 6 : 70,
      FontBBox: box,
      ItalicAngle: italicAngle,
      Ascent: ascent,
      Descent: descent,
      CapHeight: 662,
      StemV: 84,
      FontFile2: update.add(fontFile),
    }),
  );
  const sorted = [...pairs].sort(([a], [b]) => a - b);
  const descendant = update.add(
    dict({
      Type: name('Font'),
      Subtype: name('CIDFontType2'),
      BaseFont: name(tagged),
      CIDSystemInfo: dict({
        Registry: new PdfString(Buffer.from('Adobe')),
        Ordering: new PdfString(Buffer.from('Identity')),
        Supplement: 0,
      }),
      FontDescriptor: descriptor,
      CIDToGIDMap: name('Identity'),
      W: sorted.flatMap(([glyph]) => [glyph, [font.advance(glyph)]]),
    }),
  );
  return update.add(
    dict({
      Type: name('Font'),
      Subtype: name('Type0'),
      BaseFont: name(tagged),
      Encoding: name('Identity-H'),
      DescendantFonts: [descendant],
      ToUnicode: update.add(new PdfStream(dict({}), toUnicode(sorted))),
    }),
  );
}

/** Six capital letters that depend on the characters alone, so that the same input gives the same file (PR-04). */
function subsetTag(characters: readonly string[]): string {
  let state = 17;
  for (const character of characters.join('')) state = (state * 31 + (character.codePointAt(0) as number)) % 26 ** 6;
  return Array.from({ length: 6 }, (_, i) => String.fromCharCode(65 + (Math.floor(state / 26 ** i) % 26))).join('');
}

function toUnicode(pairs: readonly (readonly [number, string])[]): Buffer {
  const hex = (value: number): string => value.toString(16).padStart(4, '0');
  const lines = pairs.map(([glyph, character]) => `<${hex(glyph)}> <${hex(character.codePointAt(0) as number)}>`);
  const blocks: string[] = [];
  for (let i = 0; i < lines.length; i += 100) {
    const block = lines.slice(i, i + 100);
    blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar');
  }
  return Buffer.from(
    [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
      '1 begincodespacerange <0000> <ffff> endcodespacerange',
      ...blocks,
      'endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n'),
  );
}
