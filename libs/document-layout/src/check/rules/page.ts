import { mm, PAGE } from '../../page-geometry.ts';
import { MARGIN_RANGES_MM } from '../../page-geometry.ts';
import { error, warning } from '../finding.ts';
import type { About, CheckedPage, LayoutFinding, RuleGroup } from '../finding.ts';
import type { LayoutFindingCode } from '../findings.ts';
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
      landscape
        ? warning('NĐ30-PL1-I.1', 'page-landscape', { page: number })
        : error('NĐ30-PL1-I.1', 'page-not-a4', { page: number }),
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
  const full = text.filter(({ box }) => box.x1 - box.x0 > page.width * FULL_LINE_SHARE).length >= FULL_LINES;
  return (['top', 'bottom', 'left', 'right'] as const).flatMap((side): LayoutFinding[] => {
    const [least, most] = MARGIN_RANGES_MM[side];
    const tooSmall = edges[side] < mm(least) - TOLERANCE;
    // a page that is not full says nothing about how wide its margins are meant to be
    const tooWide = side !== 'bottom' && full && edges[side] > mm(most) + TOLERANCE;
    if (!tooSmall && !tooWide) return [];
    const found = String(Math.round((edges[side] * 25.4) / 72));
    const values = { found, least: String(least), most: String(most) };
    return [warning('NĐ30-PL1-I.3', 'margin-differs', { part: `${side}-margin`, values, page: page.number })];
  });
}

/**
 * @source NĐ30-PL1-I.4
 */
export const fonts: RuleGroup = ({ facts, pages, expectations }) => {
  const findings: LayoutFinding[] = facts.fonts.flatMap(({ name: font, embedded }): LayoutFinding[] => [
    ...(TIMES.test(font) ? [] : [warning('NĐ30-PL1-I.4', 'font-not-times', { values: { font } })]),
    ...(embedded ? [] : [error('NĐ30-PL1-I.4', 'font-not-embedded', { values: { font } })]),
  ]);
  const stamped = expectations.urgency !== undefined && expectations.urgency !== 'normal';
  for (const { number, textColours } of pages) {
    const coloured = textColours.filter((colour) => !BLACK.has(colour) && !(stamped && number === 1 && isRed(colour)));
    if (coloured.length > 0) findings.push(warning('NĐ30-PL1-I.4', 'text-not-black', { page: number }));
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
    const wanted = String(expected);
    const say = (code: LayoutFindingCode, values?: About['values']): void => {
      findings.push(warning('NĐ30-PL1-I.7', code, { values, page: page.number, box: number?.box }));
    };
    if (expected === 1) {
      if (number) say('first-page-numbered');
      continue;
    }
    if (!number) {
      findings.push(error('NĐ30-PL1-I.7', 'page-number-missing', { values: { wanted }, page: page.number }));
      continue;
    }
    if (number.text !== wanted) say('page-number-differs', { found: number.text, wanted });
    const centre = (number.box.x0 + number.box.x1) / 2;
    if (Math.abs(centre - page.width / 2) > mm(10)) say('page-number-off-centre');
    if (number.size < 12.7 || number.size > 14.3 || number.italic) say('page-number-style');
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
