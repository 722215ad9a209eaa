import type { Block, OfficialDocument } from '../official-document.ts';
import { MARGINS, TEXT_WIDTH } from '../page-geometry.ts';
import { BODY_LEADING, BODY_SIZE, drawParagraph, PARAGRAPH_GAP } from './flow.ts';
import { drawColumn, drawShortRule } from './head.ts';
import type { Run } from './line-breaking.ts';
import type { PageWriter } from './page-writer.ts';

const CENTRE = MARGINS.left + TEXT_WIDTH / 2;
/** Space that a heading keeps for the first two lines of its text. */
const WITH_NEXT = 2 * BODY_LEADING + PARAGRAPH_GAP;

/**
 * Kind and abstract of a named kind, with the rule below.
 *
 * @source NĐ30-PL1-II.5
 * @source NĐ30-PL1-II.5b
 */
export function drawKindAndSubject(page: PageWriter, kindName: string, subject: string): void {
  const bold = { size: BODY_SIZE, style: 'bold' } as const;
  const kind = drawColumn(page, kindName, CENTRE, TEXT_WIDTH, page.y + BODY_LEADING + PARAGRAPH_GAP, bold);
  const lines = drawColumn(page, subject, CENTRE, TEXT_WIDTH * 0.88, kind.next, bold);
  const y = lines.lastBaseline + 6;
  drawShortRule(page, CENTRE, lines.lastWidth, y);
  page.y = y + 4;
}

/**
 * Who decides, on what legal bases, and the word that begins the decision.
 *
 * @source NĐ30-PL1-II.6a
 */
export function drawDecisionPreamble(page: PageWriter, document: OfficialDocument): void {
  const bold = { size: BODY_SIZE, style: 'bold' } as const;
  if (document.decider) {
    page.y = drawColumn(page, document.decider, CENTRE, TEXT_WIDTH, page.y + BODY_LEADING + 2, bold).lastBaseline + 4;
  }
  drawLegalBases(page, document);
  drawParagraph(page, [{ text: `${document.kindName ?? ''}:`, style: 'bold' }], {
    centred: true,
    keepAfter: WITH_NEXT,
  });
}

/** Each base ends with a semicolon, the last with a full stop. */
export function drawLegalBases(page: PageWriter, { legalBases = [] }: OfficialDocument): void {
  legalBases.forEach((base, index) => {
    const end = index === legalBases.length - 1 ? '.' : ';';
    drawParagraph(page, [{ text: base.replace(/[;.\s]+$/, '') + end, style: 'italic' }]);
  });
}

/**
 * To whom a letter goes: one addressee on the same line, several below each other.
 *
 * @source NĐ30-PL1-II.9a
 */
export function drawAddressees(page: PageWriter, addressees: readonly string[]): void {
  if (addressees.length === 0) return;
  const size = { size: BODY_SIZE } as const;
  const [only] = addressees;
  const baseline = page.y + BODY_LEADING + 2 * PARAGRAPH_GAP;
  if (addressees.length === 1 && only !== undefined) {
    const line = drawColumn(page, `Kính gửi: ${only}`, CENTRE, TEXT_WIDTH * 0.85, baseline, size);
    page.y = line.lastBaseline + PARAGRAPH_GAP;
    return;
  }
  const lines = addressees.map((name, index) => `- ${name}${index === addressees.length - 1 ? '.' : ';'}`);
  const label = 'Kính gửi: ';
  const labelWidth = page.width(label, size);
  const widest = Math.max(...lines.map((line) => page.width(line, size)));
  const x = Math.max(MARGINS.left, CENTRE - (labelWidth + widest) / 2);
  page.text(label, x, baseline, size);
  lines.forEach((line, index) => {
    page.text(line, x + labelWidth, baseline + (index + 1) * BODY_LEADING, size);
  });
  page.y = baseline + lines.length * BODY_LEADING + PARAGRAPH_GAP;
}

/**
 * The text itself; the last paragraph ends with "./." and stays together with what follows.
 *
 * @param keepAfter height of the signature block
 * @source NĐ30-PL1-II.6e
 */
export function drawBlocks(page: PageWriter, blocks: readonly Block[], keepAfter: number): void {
  blocks.forEach((block, index) => {
    const last = index === blocks.length - 1;
    drawBlock(page, last ? finished(block) : block, last ? keepAfter : 0);
  });
}

function drawBlock(page: PageWriter, block: Block, keepAfter: number): void {
  switch (block.block) {
    case 'chapter': {
      const bold = (text: string): Run[] => [{ text, style: 'bold' }];
      drawParagraph(page, bold(`Chương ${block.number}`), { centred: true, keepAfter: BODY_LEADING + WITH_NEXT });
      page.y -= PARAGRAPH_GAP;
      drawParagraph(page, bold(block.title), { centred: true, keepAfter: WITH_NEXT });
      return;
    }
    case 'heading':
      drawParagraph(page, [{ text: block.text, style: 'bold' }], { keepAfter: WITH_NEXT });
      return;
    case 'article': {
      const title = block.title === undefined ? '' : ` ${block.title}`;
      const runs: Run[] = [{ text: `Điều ${block.number}.${title}`, style: 'bold' }];
      if (block.text !== undefined) runs.push({ text: block.text, style: 'regular' });
      drawParagraph(page, runs, { keepAfter: block.text === undefined ? WITH_NEXT : keepAfter });
      return;
    }
    case 'paragraph':
      drawParagraph(page, [{ text: block.text, style: 'regular' }], { keepAfter });
  }
}

const finished = (block: Block): Block =>
  'text' in block && block.text !== undefined ? { ...block, text: `${block.text.replace(/[./\s]+$/, '')}./.` } : block;
