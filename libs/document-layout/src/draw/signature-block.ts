import type { OfficialDocument } from '../official-document.ts';
import { MARGINS, PAGE, TEXT_WIDTH } from '../page-geometry.ts';
import { BODY_SIZE } from './flow.ts';
import { drawColumn } from './head.ts';
import { breakLines } from './line-breaking.ts';
import type { PageWriter } from './page-writer.ts';

/** Name under which the anchor of the competent person's signature is found. */
export const SIGNER_ANCHOR = 'NguoiKy';

const HEADING_SIZE = 12;
const RECIPIENT_SIZE = 11;
const LEFT_WIDTH = TEXT_WIDTH * 0.46;
const RIGHT_WIDTH = TEXT_WIDTH - LEFT_WIDTH;
const RIGHT_CENTRE = PAGE.width - MARGINS.right - RIGHT_WIDTH / 2;
const LEADING = 1.2;
/** Room for picture and seal between title and name. */
const SIGNATURE_HEIGHT = 80;
const SPACE_BEFORE = 16;

/**
 * Lines under "Nơi nhận:".
 *
 * @source NĐ30-PL1-II.9c
 */
export function recipientLines(document: Pick<OfficialDocument, 'addressees' | 'recipients' | 'fileCopy'>): string[] {
  const first = document.addressees && document.addressees.length > 0 ? ['Như trên'] : [];
  return [
    ...[...first, ...document.recipients].map((name) => `- ${name.replace(/[;.\s]+$/, '')};`),
    `- Lưu: ${document.fileCopy.replace(/[;.\s]+$/, '')}.`,
  ];
}

/** Height of the block, which is never torn apart. */
export function signatureBlockHeight(page: PageWriter, document: OfficialDocument): number {
  const right = document.authorityLines.length * BODY_SIZE * LEADING + SIGNATURE_HEIGHT + BODY_SIZE * LEADING;
  const lines = brokenRecipients(page, document).length;
  const left = HEADING_SIZE * LEADING + lines * RECIPIENT_SIZE * LEADING;
  return SPACE_BEFORE + Math.max(left, right) + 6;
}

/**
 * Recipients on the left; authority, post and name on the right, with room for the signature between them.
 *
 * @source NĐ30-PL1-II.7
 * @source NĐ30-PL1-II.9b
 * @source NĐ30-PL1-II.9c
 */
export function drawSignatureBlock(page: PageWriter, document: OfficialDocument): void {
  const top = page.y + SPACE_BEFORE;
  const bold = { size: BODY_SIZE, style: 'bold', leading: LEADING } as const;

  let baseline = top + BODY_SIZE;
  let titleBaseline = baseline;
  let titleText = '';
  for (const line of document.authorityLines) {
    const drawn = drawColumn(page, line, RIGHT_CENTRE, RIGHT_WIDTH, baseline, bold);
    titleBaseline = drawn.lastBaseline;
    titleText = line;
    baseline = drawn.next;
  }
  const titleWidth = Math.min(page.width(titleText, bold), RIGHT_WIDTH);
  const title = {
    x0: RIGHT_CENTRE - titleWidth / 2,
    y0: titleBaseline - BODY_SIZE * 0.9,
    x1: RIGHT_CENTRE + titleWidth / 2,
    y1: titleBaseline + BODY_SIZE * 0.25,
  };
  const nameBaseline = titleBaseline + SIGNATURE_HEIGHT + BODY_SIZE;
  const name = page.centred(document.signerName, RIGHT_CENTRE, nameBaseline, bold);
  page.anchor(SIGNER_ANCHOR, title, name);

  let left = top + HEADING_SIZE;
  page.text('Nơi nhận:', MARGINS.left, left, { size: HEADING_SIZE, style: 'boldItalic' });
  for (const line of brokenRecipients(page, document)) {
    left += RECIPIENT_SIZE * LEADING;
    page.text(line, MARGINS.left, left, { size: RECIPIENT_SIZE });
  }
  page.y = Math.max(nameBaseline, left) + 4;
}

function brokenRecipients(page: PageWriter, document: OfficialDocument): string[] {
  const measure = (text: string): number => page.width(text, { size: RECIPIENT_SIZE });
  return recipientLines(document)
    .flatMap((text) => breakLines([{ text, style: 'regular' }], LEFT_WIDTH, LEFT_WIDTH, measure))
    .map(({ runs }) => runs.map((run) => run.text).join(''));
}
