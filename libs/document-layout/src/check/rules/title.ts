import { mm } from '../../page-geometry.ts';
import { error, missing, styleFindings, textMissing, warning } from '../finding.ts';
import type { CheckContext, LayoutFinding, RuleGroup } from '../finding.ts';
import type { LayoutPart } from '../findings.ts';
import { findText, folded, isCapitals } from '../segments.ts';
import type { Found } from '../segments.ts';
import { isRed } from './page.ts';
import { shortRuleFindings } from './head.ts';

const STAMP_TEXTS = { urgent: 'KHẨN', veryUrgent: 'THƯỢNG KHẨN', flash: 'HỎA TỐC' } as const;
/** Half the difference of the two side margins, and a little. */
const OFF_CENTRE = mm(14);

function centredFindings(context: CheckContext, ruleId: string, part: LayoutPart, found: Found): LayoutFinding[] {
  const centre = (found.box.x0 + found.box.x1) / 2;
  if (Math.abs(centre - context.first.width / 2) <= OFF_CENTRE) return [];
  return [warning(ruleId, 'off-centre', { part, box: found.box })];
}

/**
 * @source NĐ30-PL1-II.5
 */
export const kindName: RuleGroup = (context) => {
  const { form, kindName: name } = context.expectations;
  if (form === 'letter' || name === undefined) return [];
  const ruleId = 'NĐ30-PL1-II.5';
  // the word that begins a decision, "QUYẾT ĐỊNH:", is another line
  const exact = context.first.segments.filter(({ text }) => folded(text) === folded(name));
  const found = findText(exact, name);
  if (!found) return [textMissing(ruleId, 'kind-name', name)];
  const findings = styleFindings(ruleId, 'kind-name', found, 1, { bold: true, italic: false, size: [13, 14] });
  if (!isCapitals(found.text)) {
    findings.push(warning(ruleId, 'not-capitals', { part: 'kind-name', box: found.box }));
  }
  return [...findings, ...centredFindings(context, ruleId, 'kind-name', found)];
};

/**
 * @source NĐ30-PL1-II.5b
 */
export const subjectOfNamedKind: RuleGroup = (context) => {
  const { form, subject } = context.expectations;
  if (form === 'letter' || subject === undefined) return [];
  const ruleId = 'NĐ30-PL1-II.5b';
  const found = findText(context.first.segments, subject) ?? findText(context.first.segments, `Về việc ${subject}`);
  if (!found) return [missing(ruleId, 'subject')];
  return [
    ...styleFindings(ruleId, 'subject', found, 1, { bold: true, italic: false, size: [13, 14] }),
    ...centredFindings(context, ruleId, 'subject', found),
    ...shortRuleFindings(context, ruleId, 'subject', found),
  ];
};

/**
 * @source NĐ30-PL1-II.5c
 */
export const subjectOfLetter: RuleGroup = (context) => {
  const { form, subject } = context.expectations;
  if (form !== 'letter' || subject === undefined) return [];
  const ruleId = 'NĐ30-PL1-II.5c';
  const found = findText(context.first.segments, `V/v ${subject.replace(/^(V\/v|Về việc)\s+/i, '')}`);
  if (!found) return [error(ruleId, 'letter-subject-missing', { part: 'subject' })];
  const findings = styleFindings(ruleId, 'subject', found, 1, { bold: false, italic: false, size: [12, 13] });
  if (found.box.x0 > context.first.width / 2) {
    findings.push(warning(ruleId, 'letter-subject-misplaced', { box: found.box }));
  }
  return findings;
};

/**
 * @source NĐ30-PL1-III.2b
 */
export const urgencyStamp: RuleGroup = (context) => {
  const { urgency = 'normal' } = context.expectations;
  const ruleId = 'NĐ30-PL1-III.2b';
  const stamp = (text: string): Found | undefined =>
    findText(
      context.first.segments.filter((segment) => segment.text.toLocaleUpperCase('vi') === text),
      text,
    );
  if (urgency === 'normal') {
    const found = Object.values(STAMP_TEXTS).map(stamp).find(Boolean);
    if (!found) return [];
    return [error(ruleId, 'stamp-unexpected', { values: { text: found.text }, box: found.box })];
  }
  const found = stamp(STAMP_TEXTS[urgency]);
  if (!found) return [textMissing(ruleId, 'urgency-stamp', STAMP_TEXTS[urgency])];
  const findings = styleFindings(ruleId, 'urgency-stamp', found, 1, { bold: true });
  if (!context.first.textColours.some(isRed)) {
    findings.push(warning(ruleId, 'stamp-not-red', { box: found.box }));
  }
  return findings;
};
