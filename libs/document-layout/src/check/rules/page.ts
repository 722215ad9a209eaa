import { mm, PAGE } from '../../page-geometry.ts';
import { MARGIN_RANGES_MM } from '../../page-geometry.ts';
import type { CheckedPage, LayoutFinding, RuleGroup } from '../finding.ts';
import { findText, folded } from '../segments.ts';
import { NATIONAL_TITLE } from '../../draw/head.ts';
import type { Segment } from '../segments.ts';

const TOLERANCE = mm(1);
/** How many lines of what part of the page's width show where its margins are meant to be. */
const FULL_LINES = 3;
const FULL_LINE_SHARE = 0.6;
const TIMES = /times|tinos|liberation ?serif|nimbus ?rom|termes|freeserif/i;
const BLACK = new Set(['#000000', '#000']);

/**
 * @source NĐ30-PL1-I.1
 */
export const pageSize: RuleGroup = ({ pages }) =>
  pages.flatMap(({ number, width, height }): LayoutFinding[] => {
    const is = (a: number, b: number): boolean => Math.abs(width - a) <= TOLERANCE && Math.abs(height - b) <= TOLERANCE;
    if (is(PAGE.width, PAGE.height)) return [];
    const landscape = is(PAGE.height, PAGE.width);
    return [
      {
        ruleId: 'NĐ30-PL1-I.1',
        severity: landscape ? 'warning' : 'error',
        message: landscape
          ? 'Trang ngang chỉ dùng khi bảng, biểu không làm thành phụ lục riêng.'
          : 'Khổ giấy phải là A4 (210 mm x 297 mm).',
        page: number,
      },
    ];
  });

/**
 * @source NĐ30-PL1-I.3
 */
export const margins: RuleGroup = ({ pages }) => pages.flatMap(marginFindings);

function marginFindings(page: CheckedPage): LayoutFinding[] {
  const text = page.segments.filter((segment) => !isPageNumber(segment, page));
  if (text.length === 0) return [];
  const edges = {
    left: Math.min(...text.map(({ box }) => box.x0)),
    right: page.width - Math.max(...text.map(({ box }) => box.x1)),
    top: Math.min(...text.map(({ box }) => box.y0)),
    bottom: page.height - Math.max(...text.map(({ baseline }) => baseline)),
  };
  const names = { left: 'trái', right: 'phải', top: 'trên', bottom: 'dưới' } as const;
  const full = text.filter(({ box }) => box.x1 - box.x0 > page.width * FULL_LINE_SHARE).length >= FULL_LINES;
  return (['top', 'bottom', 'left', 'right'] as const).flatMap((side): LayoutFinding[] => {
    const [least, most] = MARGIN_RANGES_MM[side];
    const tooSmall = edges[side] < mm(least) - TOLERANCE;
    // a page that is not full says nothing about how wide its margins are meant to be
    const tooWide = side !== 'bottom' && full && edges[side] > mm(most) + TOLERANCE;
    if (!tooSmall && !tooWide) return [];
    const measured = Math.round((edges[side] * 25.4) / 72);
    return [
      {
        ruleId: 'NĐ30-PL1-I.3',
        severity: 'warning',
        message: `Lề ${names[side]} ${measured} mm, phải từ ${least} mm đến ${most} mm.`,
        page: page.number,
      },
    ];
  });
}

/**
 * @source NĐ30-PL1-I.4
 */
export const fonts: RuleGroup = ({ facts, pages, expectations }) => {
  const findings: LayoutFinding[] = facts.fonts.flatMap(({ name, embedded }): LayoutFinding[] => {
    const about = (message: string, severity: 'error' | 'warning'): LayoutFinding => ({
      ruleId: 'NĐ30-PL1-I.4',
      severity,
      message,
      page: 1,
    });
    return [
      ...(TIMES.test(name) ? [] : [about(`Phông chữ "${name}" không phải Times New Roman.`, 'warning')]),
      ...(embedded ? [] : [about(`Phông chữ "${name}" chưa được nhúng vào tệp.`, 'error')]),
    ];
  });
  const stamped = expectations.urgency !== undefined && expectations.urgency !== 'normal';
  for (const { number, textColours } of pages) {
    const coloured = textColours.filter((colour) => !BLACK.has(colour) && !(stamped && number === 1 && isRed(colour)));
    if (coloured.length > 0) {
      const message = 'Chữ trên văn bản phải màu đen.';
      findings.push({ ruleId: 'NĐ30-PL1-I.4', severity: 'warning', message, page: number });
    }
  }
  return findings;
};

/** Bright red, as stamps are. */
export const isRed = (colour: string): boolean => {
  const [, red = '0', green = 'f', blue = 'f'] = /^#(..)(..)(..)$/.exec(colour) ?? [];
  return parseInt(red, 16) >= 0xc0 && parseInt(green, 16) <= 0x50 && parseInt(blue, 16) <= 0x50;
};

/**
 * @source NĐ30-PL1-I.7
 */
export const pageNumbers: RuleGroup = ({ pages, expectations }) => {
  const findings: LayoutFinding[] = [];
  let expected = 0;
  let before = 0;
  for (const page of pages) {
    const begins = page.number === 1 || beginsAttachedText(page, expectations.attachedHeadings ?? []);
    expected = begins ? 1 : expected + page.number - before;
    before = page.number;
    const number = page.segments.find((segment) => isPageNumber(segment, page));
    const say = (message: string, severity: 'error' | 'warning' = 'warning'): void => {
      findings.push({ ruleId: 'NĐ30-PL1-I.7', severity, message, page: page.number, box: number?.box });
    };
    if (expected === 1) {
      if (number) say('Không đánh số ở trang thứ nhất.');
      continue;
    }
    if (!number) {
      say(`Thiếu số trang ${expected} ở giữa lề trên.`, 'error');
      continue;
    }
    if (number.text !== String(expected)) say(`Số trang là ${number.text}, phải là ${expected}.`);
    const centre = (number.box.x0 + number.box.x1) / 2;
    if (Math.abs(centre - page.width / 2) > mm(10)) say('Số trang phải ở giữa theo chiều ngang.');
    if (number.size < 12.7 || number.size > 14.3 || number.italic) say('Số trang phải là chữ đứng, cỡ 13-14.');
  }
  return findings;
};

function beginsAttachedText({ segments, height }: CheckedPage, headings: readonly string[]): boolean {
  const upper = segments.filter(({ baseline }) => baseline < height / 3);
  if (findText(upper, NATIONAL_TITLE)) return true;
  return upper.some(
    ({ text }) => /^phụ lục( [ivxlc]+)?$/.test(folded(text)) || headings.map(folded).includes(folded(text)),
  );
}

const isPageNumber = ({ text, baseline }: Segment, { height }: CheckedPage): boolean =>
  /^-? ?\d{1,4} ?-?$/.test(text) && baseline < mm(20) && height > 0;
