import { MARGINS, mm, PAGE, TEXT_WIDTH } from '../page-geometry.ts';
import type { OfficialDocument } from '../official-document.ts';
import { balancedLines } from './line-breaking.ts';
import type { PageWriter, TextOptions } from './page-writer.ts';

export const NATIONAL_TITLE = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
export const MOTTO = 'Độc lập - Tự do - Hạnh phúc';

/** Names of the form fields that the clerk's revision fills. */
export const NUMBER_FIELD = 'SoVanBan';
export const DATE_FIELD = 'NgayBanHanh';

/**
 * Sizes of the head, which move together.
 *
 * @source NĐ30-PL1-T3
 */
const SIZE = { title: 12, motto: 13, agency: 12, number: 13, date: 13, letterSubject: 12, stamp: 13 } as const;

const LINE = 1.25;
const GAP = 6;
const WIDEST_NUMBER = '12345';
const WIDEST_DATE = 'ngày 22 tháng 12 năm 2026';

const STAMPS = {
  urgent: { text: 'KHẨN', widthMm: 20 },
  veryUrgent: { text: 'THƯỢNG KHẨN', widthMm: 40 },
  flash: { text: 'HỎA TỐC', widthMm: 30 },
} as const;
const STAMP_RED = '#ff0000';

interface Columns {
  readonly leftWidth: number;
  readonly leftCentre: number;
  readonly rightCentre: number;
}

/** Two columns: the right one as wide as the national title, the left one takes the rest. */
function columns(page: PageWriter): Columns {
  const rightWidth = page.width(NATIONAL_TITLE, { size: SIZE.title, style: 'bold' });
  const leftWidth = TEXT_WIDTH - rightWidth - mm(3);
  return {
    leftWidth,
    leftCentre: MARGINS.left + leftWidth / 2,
    rightCentre: PAGE.width - MARGINS.right - rightWidth / 2,
  };
}

/**
 * National title and motto on the right, the agencies on the left, each with its rule.
 *
 * @returns bottom of both columns
 * @source NĐ30-PL1-II.1
 * @source NĐ30-PL1-II.1b
 * @source NĐ30-PL1-II.2
 * @source NĐ30-PL1-II.2b
 */
export function drawAgenciesAndTitle(page: PageWriter, document: OfficialDocument): number {
  const { leftWidth, leftCentre, rightCentre } = columns(page);
  const top = page.y;
  const title = { size: SIZE.title, style: 'bold' } as const;
  const motto = { size: SIZE.motto, style: 'bold' } as const;
  page.centred(NATIONAL_TITLE, rightCentre, top + SIZE.title, title);
  const mottoBaseline = top + SIZE.title * LINE + SIZE.motto;
  const { x0, x1 } = page.centred(MOTTO, rightCentre, mottoBaseline, motto);
  page.rule(x0, x1, mottoBaseline + 5);

  let baseline = top + SIZE.agency;
  if (document.parentAgency) {
    const upright = { size: SIZE.agency } as const;
    baseline = drawColumn(page, document.parentAgency, leftCentre, leftWidth, baseline, upright).next;
  }
  const bold = { size: SIZE.agency, style: 'bold' } as const;
  const agency = drawColumn(page, document.issuingAgency, leftCentre, leftWidth, baseline, bold);
  drawShortRule(page, leftCentre, agency.lastWidth, agency.lastBaseline + 5);
  return Math.max(mottoBaseline, agency.lastBaseline) + 5;
}

/**
 * The row of number and date: the words that never change are drawn, the values are fields; then, for a letter, its
 * subject, and the stamp of urgency.
 *
 * @source NĐ30-PL1-II.3c
 * @source NĐ30-PL1-II.4
 * @source NĐ30-PL1-II.5c
 * @source NĐ30-PL1-III.2b
 */
export function drawNumberAndDate(page: PageWriter, document: OfficialDocument): void {
  const { leftWidth, leftCentre, rightCentre } = columns(page);
  const baseline = page.y + SIZE.number;
  const upright = { size: SIZE.number } as const;
  const italic = { size: SIZE.date, style: 'italic' } as const;

  const label = 'Số: ';
  const fieldWidth = page.width(`${WIDEST_NUMBER}/${document.symbol}`, upright);
  const typical = page.width(`${label}123/${document.symbol}`, upright);
  const numberX = Math.max(MARGINS.left, leftCentre - typical / 2);
  const numberEnd = numberX + page.text(label, numberX, baseline, upright);
  page.field(NUMBER_FIELD, numberEnd, baseline, fieldWidth, SIZE.number, 'regular');

  const place = `${document.placeOfIssue}, `;
  const dateWidth = page.width(WIDEST_DATE, italic);
  const placeX = rightCentre - (page.width(place, italic) + dateWidth) / 2;
  const placeEnd = placeX + page.text(place, placeX, baseline, italic);
  page.field(DATE_FIELD, placeEnd, baseline, dateWidth + 2, SIZE.date, 'italic');

  let bottom = baseline + SIZE.number * 0.3;
  if (document.form === 'letter') {
    const subject = `V/v ${document.subject}`;
    const size = { size: SIZE.letterSubject } as const;
    const first = bottom + GAP + SIZE.letterSubject;
    bottom = drawColumn(page, subject, leftCentre, leftWidth * 0.9, first, size).lastBaseline + 4;
  }
  page.y = drawStamp(page, document, leftCentre, bottom);
}

function drawStamp(page: PageWriter, { urgency }: OfficialDocument, centre: number, top: number): number {
  if (urgency === undefined || urgency === 'normal') return top;
  const { text, widthMm } = STAMPS[urgency];
  const width = mm(widthMm);
  const box = { x0: centre - width / 2, y0: top + GAP, x1: centre + width / 2, y1: top + GAP + mm(8) };
  page.frame(box, STAMP_RED);
  const size = page.width(text, { size: SIZE.stamp, style: 'bold' }) > width - 4 ? 11 : SIZE.stamp;
  const baseline = (box.y0 + box.y1) / 2 + size * 0.34;
  page.centred(text, centre, baseline, { size, style: 'bold', colour: STAMP_RED });
  return box.y1;
}

/** A rule of 5/12 of the text, between the third and the half that are allowed. */
export function drawShortRule(page: PageWriter, centre: number, textWidth: number, y: number): void {
  const half = (textWidth * 5) / 24;
  page.rule(centre - half, centre + half, y);
}

/** Centred lines of one text in a column. */
export function drawColumn(
  page: PageWriter,
  text: string,
  centre: number,
  width: number,
  baseline: number,
  options: TextOptions & { readonly leading?: number },
): { readonly lastBaseline: number; readonly lastWidth: number; readonly next: number } {
  const { size, style = 'regular', leading = LINE } = options;
  const measure = (word: string): number => page.width(word, { size, style });
  const lines = balancedLines([{ text, style }], width, measure);
  lines.forEach(({ runs }, index) => {
    const line = runs.map((run) => run.text).join('');
    page.centred(line, centre, baseline + index * size * leading, { size, style });
  });
  const lastBaseline = baseline + (lines.length - 1) * size * leading;
  return { lastBaseline, lastWidth: lines.at(-1)?.width ?? 0, next: lastBaseline + size * leading };
}
