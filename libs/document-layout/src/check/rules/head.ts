import { DATE_FIELD, MOTTO, NATIONAL_TITLE, NUMBER_FIELD } from '../../draw/head.ts';
import type { Box } from '../../page-geometry.ts';
import { missing, styleFindings, textMissing, warning } from '../finding.ts';
import type { CheckContext, LayoutFinding, RuleGroup } from '../finding.ts';
import type { LayoutPart } from '../findings.ts';
import { findAgency, findText, isCapitals } from '../segments.ts';
import type { Found, Segment } from '../segments.ts';

/** Part of the page in which the head stands. */
const HEAD_SHARE = 0.35;

const headOf = ({ first }: CheckContext): Segment[] =>
  first.segments.filter(({ baseline }) => baseline < first.height * HEAD_SHARE);

const centreOf = ({ x0, x1 }: Box): number => (x0 + x1) / 2;

/** Length of the rule under a text in parts of its last line; undefined when there is none. */
export function ruleUnder({ rules }: CheckContext['first'], { last }: Found): number | undefined {
  const rule = rules.find(
    ({ x0, x1, y0 }) =>
      y0 > last.baseline && y0 < last.baseline + last.size * 1.2 && x0 < centreOf(last.box) && x1 > centreOf(last.box),
  );
  return rule && (rule.x1 - rule.x0) / (last.box.x1 - last.box.x0);
}

export function shortRuleFindings(
  context: CheckContext,
  ruleId: string,
  part: LayoutPart,
  found: Found,
): LayoutFinding[] {
  const share = ruleUnder(context.first, found);
  // a rule that fits the whole text may be long for its last line
  const whole =
    share === undefined ? 0 : (share * (found.last.box.x1 - found.last.box.x0)) / (found.box.x1 - found.box.x0);
  const fits = (value: number): boolean => value >= 0.3 && value <= 0.55;
  if (share !== undefined && (fits(share) || fits(whole))) return [];
  return [warning(ruleId, 'no-short-rule', { part, box: found.box })];
}

function capitalsFinding(ruleId: string, part: LayoutPart, found: Found): LayoutFinding[] {
  if (isCapitals(found.text)) return [];
  return [warning(ruleId, 'not-capitals', { part, box: found.box })];
}

/**
 * @source NĐ30-PL1-II.1
 */
export const nationalTitle: RuleGroup = (context) => {
  const found = findText(headOf(context), NATIONAL_TITLE);
  if (!found) return [missing('NĐ30-PL1-II.1', 'national-title')];
  const findings = [
    ...capitalsFinding('NĐ30-PL1-II.1', 'national-title', found),
    ...styleFindings('NĐ30-PL1-II.1', 'national-title', found, 1, { bold: true, italic: false, size: [12, 13] }),
  ];
  if (centreOf(found.box) < context.first.width / 2) {
    findings.push(warning('NĐ30-PL1-II.1', 'not-right', { part: 'national-title', box: found.box }));
  }
  return findings;
};

/**
 * @source NĐ30-PL1-II.1b
 */
export const motto: RuleGroup = (context) => {
  const found = findText(headOf(context), MOTTO);
  if (!found) return [missing('NĐ30-PL1-II.1b', 'motto')];
  const findings = styleFindings('NĐ30-PL1-II.1b', 'motto', found, 1, { bold: true, italic: false, size: [13, 14] });
  const share = ruleUnder(context.first, found) ?? 0;
  if (share < 0.9 || share > 1.1) {
    findings.push(warning('NĐ30-PL1-II.1b', 'no-full-rule', { part: 'motto', box: found.box }));
  }
  return findings;
};

/**
 * @source NĐ30-PL1-T3
 */
export const headSizes: RuleGroup = (context) => {
  const head = headOf(context);
  const title = findText(head, NATIONAL_TITLE);
  const line = findText(head, MOTTO);
  if (!title || !line || Math.round(line.lines[0].size) - Math.round(title.lines[0].size) === 1) return [];
  return [warning('NĐ30-PL1-T3', 'title-sizes-differ', { box: line.box })];
};

/**
 * @source NĐ30-PL1-II.2
 */
export const parentAgency: RuleGroup = (context) => {
  const { parentAgency: name } = context.expectations;
  if (name === undefined) return [];
  const found = findAgency(headOf(context), name);
  const part = 'parent-agency';
  if (!found) return [textMissing('NĐ30-PL1-II.2', part, name)];
  return [
    ...capitalsFinding('NĐ30-PL1-II.2', part, found),
    ...styleFindings('NĐ30-PL1-II.2', part, found, 1, { bold: false, italic: false, size: [12, 13] }),
  ];
};

/**
 * @source NĐ30-PL1-II.2b
 */
export const issuingAgency: RuleGroup = (context) => {
  const { issuingAgency: name } = context.expectations;
  const left = headOf(context).filter(({ box }) => centreOf(box) < context.first.width / 2);
  const found = findAgency(left, name);
  const part = 'issuing-agency';
  if (!found) return [textMissing('NĐ30-PL1-II.2b', part, name, 'issuing-agency-missing')];
  return [
    ...capitalsFinding('NĐ30-PL1-II.2b', part, found),
    ...styleFindings('NĐ30-PL1-II.2b', part, found, 1, { bold: true, italic: false, size: [12, 13] }),
    ...shortRuleFindings(context, 'NĐ30-PL1-II.2b', part, found),
  ];
};

/**
 * The word "Số:" and beside it the field that the clerk fills, or a number that is already there.
 *
 * @source NĐ30-PL1-II.3c
 */
export const numberSlot: RuleGroup = (context) => {
  const found = findText(headOf(context), 'Số:');
  const ruleId = 'NĐ30-PL1-II.3c';
  if (!found) return [missing(ruleId, 'number-line')];
  const findings = styleFindings(ruleId, 'number-and-symbol', found, 1, { bold: false, italic: false, size: [13, 13] });
  const field = context.first.fields.find(({ name }) => name === NUMBER_FIELD);
  const code = (field?.value === '' ? undefined : field?.value) ?? found.text.replace(/^Số:\s*/i, '');
  if (!field && !code.includes('/')) {
    findings.push(missing(ruleId, 'number-slot', { box: found.box }));
  }
  if (/^\d\//.test(code)) {
    findings.push(warning(ruleId, 'number-without-zero', { box: found.box }));
  }
  if (code.includes('/') && /\s*[/-]\s+|\s+[/-]/.test(code)) {
    findings.push(warning(ruleId, 'symbol-spaced', { box: found.box }));
  }
  return findings;
};

/**
 * Place of issue in italics and beside it the field of the date, or a date with zeros where they belong.
 *
 * @source NĐ30-PL1-II.4
 * @source NĐ30-PL1-T1
 */
export const placeAndDate: RuleGroup = (context) => {
  const ruleId = 'NĐ30-PL1-II.4';
  const head = headOf(context);
  const { placeOfIssue } = context.expectations;
  const found = placeOfIssue
    ? findText(head, `${placeOfIssue},`)
    : findText(
        head.filter(({ text }) => /, ngày/i.test(text)),
        '',
      );
  const line = found ?? firstOf(head.find(({ text }) => /^.{2,40}, (ngày|$)/iu.test(text)));
  if (!line) return [missing(ruleId, 'place-and-date')];
  const findings = styleFindings(ruleId, 'place-and-date', line, 1, {
    bold: false,
    italic: true,
    size: [13, 14],
  });
  const field = context.first.fields.find(({ name }) => name === DATE_FIELD);
  const date = field?.value ? field.value : line.text;
  const parts = /ngày (\d+) tháng (\d+) năm (\d{4})/i.exec(date);
  if (!field && !/ngày .*tháng .*năm/i.test(date)) {
    findings.push(missing(ruleId, 'date-slot', { box: line.box }));
  }
  if (parts && !(/^\d\d$/.test(parts[1] ?? '') && /^(0[12]|[3-9]|1[0-2])$/.test(parts[2] ?? ''))) {
    findings.push(warning(ruleId, 'date-zeros', { box: line.box }));
  }
  return findings;
};

const firstOf = (line: Segment | undefined): Found | undefined =>
  line && { lines: [line], last: line, text: line.text, box: line.box };
