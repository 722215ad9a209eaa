import { MARGINS, mm, TEXT_WIDTH } from '../page-geometry.ts';
import { breakLines } from './line-breaking.ts';
import type { Run } from './line-breaking.ts';
import type { PageWriter } from './page-writer.ts';

/** Sizes of the text. */
export const BODY_SIZE = 14;
/**
 * Distance of baselines, a little over one line; gap between paragraphs; indent of a first line.
 *
 * @source NĐ30-PL1-II.6e
 */
export const BODY_LEADING = BODY_SIZE * 1.2;
export const PARAGRAPH_GAP = 6;
export const FIRST_LINE_INDENT = mm(12.7);

/** Fewest lines of a paragraph that stand alone at the top or bottom of a page. */
const TOGETHER = 2;

export interface ParagraphOptions {
  readonly centred?: boolean;
  readonly indent?: number;
  /** Space that must follow on the same page: a heading keeps its text, the last paragraph the signature. */
  readonly keepAfter?: number;
}

/** A justified paragraph that flows over pages without leaving single lines behind. */
export function drawParagraph(page: PageWriter, runs: readonly Run[], options: ParagraphOptions = {}): void {
  const { centred = false, indent = centred ? 0 : FIRST_LINE_INDENT, keepAfter = 0 } = options;
  const measure = (text: string, style: Run['style']): number => page.width(text, { size: BODY_SIZE, style });
  let lines = breakLines(runs, TEXT_WIDTH - indent, TEXT_WIDTH, measure);
  let first = true;
  page.y += PARAGRAPH_GAP;
  while (lines.length > 0) {
    const count = linesThatFit(page.left, lines.length, keepAfter);
    for (const line of lines.slice(0, count)) {
      page.y += BODY_LEADING;
      const shift = first ? indent : 0;
      const baseline = page.y - BODY_LEADING * 0.25;
      if (centred) {
        page.line(line, MARGINS.left + (TEXT_WIDTH - line.width) / 2, baseline, BODY_SIZE, line.width);
      } else page.line(line, MARGINS.left + shift, baseline, BODY_SIZE, TEXT_WIDTH - shift);
      first = false;
    }
    lines = lines.slice(count);
    if (lines.length > 0) page.newPage();
  }
}

/** How many of the lines go onto this page. */
function linesThatFit(left: number, lines: number, keepAfter: number): number {
  if (lines * BODY_LEADING + keepAfter <= left) return lines;
  const fit = Math.min(Math.floor(left / BODY_LEADING), lines);
  // what must stay together with the rest takes the last lines along
  const count = Math.min(fit, lines - (keepAfter > 0 || fit < lines ? TOGETHER : 0));
  if (count >= TOGETHER) return count;
  // on an empty page something must be drawn, or the flow would never end
  return left >= EMPTY_PAGE ? Math.max(1, fit) : 0;
}

const EMPTY_PAGE = 600;
