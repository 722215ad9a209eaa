import type { Box } from '../page-geometry.ts';
import type { PageFacts, TextPiece } from './facts.ts';

/** Text that stands together on one line, with the style that most of its letters have. */
export interface Segment {
  readonly text: string;
  readonly box: Box;
  readonly baseline: number;
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
}

/** Largest gap inside a segment and largest difference of baselines, in parts of the size and in points. */
const GAP = 0.6;
const SAME_LINE = 1.5;

const isBold = (font: string): boolean => /bold|black|heavy|demi/i.test(font);
const isItalic = (font: string): boolean => /italic|oblique/i.test(font);

/** The segments of a page from top to bottom, left to right. */
export function segmentsOf({ texts }: PageFacts): Segment[] {
  const lines: TextPiece[][] = [];
  for (const piece of [...texts].sort((a, b) => a.baseline - b.baseline)) {
    const line = lines.at(-1);
    if (line?.[0] && piece.baseline - line[0].baseline <= SAME_LINE) line.push(piece);
    else lines.push([piece]);
  }
  return lines.flatMap((line) => splitAtGaps(line.sort((a, b) => a.x - b.x)).map(segment));
}

function splitAtGaps(line: readonly TextPiece[]): TextPiece[][] {
  const groups: TextPiece[][] = [];
  for (const piece of line) {
    const previous = groups.at(-1)?.at(-1);
    const gap = previous ? piece.x - (previous.x + previous.width) : Infinity;
    if (gap <= GAP * piece.size) groups.at(-1)?.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

function segment(pieces: readonly TextPiece[]): Segment {
  const letters = pieces.reduce((sum, { text }) => sum + text.length, 0);
  const share = (test: (font: string) => boolean): boolean =>
    pieces.filter(({ font }) => test(font)).reduce((sum, { text }) => sum + text.length, 0) * 2 > letters;
  const longest = [...pieces].sort((a, b) => b.text.length - a.text.length)[0];
  const size = longest?.size ?? 0;
  const baseline = longest?.baseline ?? 0;
  let text = '';
  let end: number | undefined;
  for (const piece of pieces) {
    const apart = end !== undefined && piece.x - end > 0.1 * piece.size;
    text += (apart && !text.endsWith(' ') ? ' ' : '') + piece.text;
    end = piece.x + piece.width;
  }
  return {
    text: text.replace(/\s+/g, ' ').trim(),
    box: {
      x0: Math.min(...pieces.map(({ x }) => x)),
      x1: Math.max(...pieces.map(({ x, width }) => x + width)),
      y0: baseline - size,
      y1: baseline + size * 0.25,
    },
    baseline,
    size: Math.round(size * 10) / 10,
    bold: share(isBold),
    italic: share(isItalic),
  };
}

/** Text that was looked for: its lines from first to last. */
export interface Found {
  readonly lines: readonly [Segment, ...Segment[]];
  readonly last: Segment;
  /** As printed, letter case included. */
  readonly text: string;
  readonly box: Box;
}

/** Finds a text whatever its letter case, also when it is broken over lines below each other. */
export function findText(segments: readonly Segment[], wanted: string): Found | undefined {
  const key = folded(wanted);
  if (key === '') return undefined;
  for (const first of segments) {
    const lines = continued(first, key, segments);
    if (lines) {
      const all = [first, ...lines];
      return {
        lines: [first, ...lines],
        last: lines.at(-1) ?? first,
        text: all.map(({ text }) => text).join(' '),
        box: unite(all.map(({ box }) => box)),
      };
    }
  }
  return undefined;
}

/** The lines that follow `first` until `key` is complete; undefined when it is another text. */
function continued(first: Segment, key: string, segments: readonly Segment[]): Segment[] | undefined {
  const text = folded(first.text);
  if (text.startsWith(key)) return [];
  if (text === '' || !key.startsWith(text)) return undefined;
  const rest = key.slice(text.length).trim();
  for (const next of segments) {
    const below = next.baseline - first.baseline;
    const near = below > SAME_LINE && below < first.size * 2.2;
    const overlaps = next.box.x0 < first.box.x1 && next.box.x1 > first.box.x0;
    const lines = near && overlaps ? continued(next, rest, segments) : undefined;
    if (lines) return [next, ...lines];
  }
  return undefined;
}

/** Letters in one case, spaces and dashes of one kind, and one of the two ways to place a tone (hoà and hòa, uỷ and ủy). */
export const folded = (text: string): string =>
  text
    .normalize('NFC')
    .toLocaleLowerCase('vi')
    .replace(/[–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFD')
    .replace(/([ou])([aey])([\u0300\u0301\u0303\u0309\u0323])/g, '$1$3$2')
    .normalize('NFC');

const ABBREVIATIONS = [
  ['ubnd', 'ủy ban nhân dân'],
  ['hđnd', 'hội đồng nhân dân'],
] as const;

/** Finds an agency's name, with its body written out or abbreviated. */
export function findAgency(segments: readonly Segment[], name: string): Found | undefined {
  const key = folded(name);
  const names = ABBREVIATIONS.flatMap(([short, long]) => [key.replace(short, long), key.replace(long, short)]);
  for (const candidate of new Set([key, ...names])) {
    const found = findText(segments, candidate);
    if (found) return found;
  }
  return undefined;
}

export const isCapitals = (text: string): boolean => text === text.toLocaleUpperCase('vi');

export const unite = (boxes: readonly Box[]): Box => ({
  x0: Math.min(...boxes.map(({ x0 }) => x0)),
  y0: Math.min(...boxes.map(({ y0 }) => y0)),
  x1: Math.max(...boxes.map(({ x1 }) => x1)),
  y1: Math.max(...boxes.map(({ y1 }) => y1)),
});
