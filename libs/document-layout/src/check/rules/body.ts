import { missing, warning } from '../finding.ts';
import type { CheckContext, LayoutFinding, RuleGroup } from '../finding.ts';
import type { LayoutFindingCode } from '../findings.ts';
import { findText, folded } from '../segments.ts';
import type { Segment } from '../segments.ts';

/** Part of a page's width from which on a line counts as text of the body. */
const BODY_LINE_SHARE = 0.5;
const LEGAL_BASE = /^(căn cứ|theo đề nghị|xét đề nghị) /u;

/** Lines between the title and the signature, with the page on which they stand. */
function bodyLines({ pages }: CheckContext): { readonly line: Segment; readonly page: number }[] {
  return pages.flatMap(({ segments, width, height, number }) =>
    segments
      .filter(({ box }) => box.x1 - box.x0 > width * BODY_LINE_SHARE)
      .filter(({ baseline }) => number > 1 || baseline > height * 0.25)
      .map((line) => ({ line, page: number })),
  );
}

/**
 * The legal bases stand in italics, each ended by a semicolon, the last by a full stop.
 *
 * @source NĐ30-PL1-II.6a
 */
export const legalBases: RuleGroup = (context) => {
  const ruleId = 'NĐ30-PL1-II.6a';
  const { segments } = context.first;
  const findings: LayoutFinding[] = [];
  const starts = segments.flatMap(({ text, size }, index) =>
    LEGAL_BASE.test(folded(text)) && size > 0 ? [index] : [],
  );
  starts.forEach((start, nth) => {
    const first = segments[start];
    const next = starts[nth + 1];
    if (!first) return;
    const about = (code: LayoutFindingCode): void => {
      findings.push(warning(ruleId, code, { box: first.box }));
    };
    if (!first.italic) about('legal-base-not-italic');
    const end = next === undefined ? lastOfBase(segments, start) : segments[next - 1];
    const last = next === undefined;
    if (end && !(last ? /[.;]$/ : /;$/).test(end.text)) {
      about(last ? 'last-legal-base-unended' : 'legal-base-unended');
    }
    if (end && last && end.text.endsWith(';')) about('last-legal-base-unended');
  });
  return findings;
};

/** The italic lines that go on from the first line of the last base. */
function lastOfBase(segments: readonly Segment[], start: number): Segment | undefined {
  let end = start;
  while (segments[end + 1]?.italic === segments[start]?.italic && !segments[end]?.text.endsWith('.')) {
    if (!segments[end + 1] || segments[end + 1]?.bold) break;
    end += 1;
  }
  return segments[end];
}

/**
 * The text itself: size 13 or 14, upright, ended by "./.".
 *
 * @source NĐ30-PL1-II.6e
 */
export const bodyText: RuleGroup = (context) => {
  const ruleId = 'NĐ30-PL1-II.6e';
  const findings: LayoutFinding[] = [];
  const wrong = bodyLines(context).find(({ line }) => line.size < 12.7 || line.size > 14.3);
  if (wrong) {
    const values = { found: String(wrong.line.size), wanted: '13-14' };
    findings.push(warning(ruleId, 'size-differs', { part: 'body', values, page: wrong.page, box: wrong.line.box }));
  }
  if (!context.pages.some(({ segments }) => segments.some(({ text }) => /\.\/\.$/.test(text)))) {
    findings.push(warning(ruleId, 'part-missing', { part: 'end-mark', page: context.last }));
  }
  return findings;
};

/**
 * A letter says to whom it goes.
 *
 * @source NĐ30-PL1-II.9a
 */
export const addressee: RuleGroup = (context) => {
  const ruleId = 'NĐ30-PL1-II.9a';
  const found = findText(context.first.segments, 'Kính gửi:');
  if (!found) return context.expectations.form === 'letter' ? [missing(ruleId, 'addressee')] : [];
  const [line] = found.lines;
  if (line.bold || line.italic || line.size < 12.7 || line.size > 14.3) {
    return [warning(ruleId, 'addressee-style', { box: found.box })];
  }
  return [];
};
