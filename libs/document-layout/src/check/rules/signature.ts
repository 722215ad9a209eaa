import { missing, styleFindings, textMissing, warning } from '../finding.ts';
import type { About, CheckContext, CheckedPage, LayoutFinding, RuleGroup } from '../finding.ts';
import type { LayoutFindingCode, LayoutPart } from '../findings.ts';
import { findText, isCapitals } from '../segments.ts';
import type { Found, Segment } from '../segments.ts';

/** Academic titles and honours are not printed before the name. */
const HONOURS = /(^|\s)(GS|PGS|TS|ThS|BS|KS|CN|NGND|NGƯT)\./u;
const RIGHT_HALF = 0.45;

/** The last page on which a text stands. */
function onLastPage(context: CheckContext, wanted: string, keep: (line: Segment, page: CheckedPage) => boolean) {
  for (const page of context.pages.toReversed()) {
    const found = findText(
      page.segments.filter((line) => keep(line, page)),
      wanted,
    );
    if (found) return { page, found };
  }
  return undefined;
}

const isRight = ({ box }: Segment, { width }: CheckedPage): boolean => (box.x0 + box.x1) / 2 > width * RIGHT_HALF;

/**
 * Authority and post in bold capitals, the name below in bold small letters, without titles of honour.
 *
 * @source NĐ30-PL1-II.7
 */
export const signatureBlock: RuleGroup = (context) => {
  const ruleId = 'NĐ30-PL1-II.7';
  const { signerName, authorityLines = [] } = context.expectations;
  const findings: LayoutFinding[] = [];
  const say = (page: number, { box }: Found, code: LayoutFindingCode, part: LayoutPart): void => {
    findings.push(warning(ruleId, code, { part, page, box }));
  };
  for (const wanted of authorityLines) {
    const line = onLastPage(
      context,
      wanted,
      (candidate, page) => isRight(candidate, page) && candidate.text.length <= wanted.length + 2,
    );
    if (!line) {
      findings.push(textMissing(ruleId, 'authority', wanted, 'authority-missing', context.last));
      continue;
    }
    const { page, found } = line;
    findings.push(
      ...styleFindings(ruleId, 'authority', found, page.number, { bold: true, italic: false, size: [13, 14] }),
    );
    if (!isCapitals(found.text)) say(page.number, found, 'not-capitals', 'authority');
  }
  if (signerName === undefined) return findings;
  const name = onLastPage(context, signerName, isRight);
  const titled = context.pages
    .flatMap(({ segments }) => segments)
    .find(({ text }) => text.endsWith(signerName) && HONOURS.test(text));
  if (!name && !titled) {
    findings.push(textMissing(ruleId, 'signer', signerName, 'text-missing', context.last));
  } else if (titled) {
    findings.push(warning(ruleId, 'signer-honours', { page: context.last, box: titled.box }));
  }
  if (name) {
    const { page, found } = name;
    findings.push(
      ...styleFindings(ruleId, 'signer', found, page.number, { bold: true, italic: false, size: [13, 14] }),
    );
    if (isCapitals(found.text)) say(page.number, found, 'capitals', 'signer');
  }
  return findings;
};

const recipientsHeadingOf = (context: CheckContext) => onLastPage(context, 'Nơi nhận:', () => true);

/**
 * @source NĐ30-PL1-II.9b
 */
export const recipientsHeading: RuleGroup = (context) => {
  const ruleId = 'NĐ30-PL1-II.9b';
  const heading = recipientsHeadingOf(context);
  if (!heading) return [missing(ruleId, 'recipients-heading', { page: context.last })];
  const { page, found } = heading;
  return styleFindings(ruleId, 'recipients-heading', found, page.number, { bold: true, italic: true, size: [12, 12] });
};

/**
 * Lines with a hyphen, ended by semicolons; the last one says who keeps the file copy. A letter's first line refers to
 * its addressees.
 *
 * @source NĐ30-PL1-II.9c
 */
export const recipients: RuleGroup = (context) => {
  const ruleId = 'NĐ30-PL1-II.9c';
  const heading = recipientsHeadingOf(context);
  if (!heading) return [];
  const { page, found } = heading;
  const lines = page.segments.filter(
    ({ box, baseline }) =>
      baseline > found.last.baseline && box.x0 < page.width * RIGHT_HALF && box.x0 < found.box.x0 + 30,
  );
  const findings: LayoutFinding[] = [];
  const say = (code: LayoutFindingCode, line?: Segment, about: About = {}): void => {
    findings.push(warning(ruleId, code, { ...about, page: page.number, box: line?.box ?? found.box }));
  };
  const kept = lines.findIndex(({ text }) => /^- ?Lưu: ?\S/.test(text));
  if (kept < 0) {
    findings.push(missing(ruleId, 'file-copy', { page: page.number, box: found.box }));
    return findings;
  }
  const list = lines.slice(0, kept + 1);
  const wrongSize = list.find(({ size }) => size < 10.7 || size > 11.3);
  if (wrongSize) {
    const values = { found: String(wrongSize.size), wanted: '11' };
    say('size-differs', wrongSize, { part: 'recipients', values });
  }
  if (list.some(({ bold, italic }) => bold || italic)) say('recipients-style');
  const unended = list.find(
    ({ text }, index) => index < kept && /^-/.test(list[index + 1]?.text ?? '') && !text.endsWith(';'),
  );
  if (unended) say('recipient-unended', unended);
  const last = lines.slice(kept).find(({ text }) => text.endsWith('.'));
  if (!last) say('file-copy-unended', lines[kept]);
  const addressed = findText(context.first.segments, 'Kính gửi:') !== undefined;
  if (addressed && !/^- ?Như trên;/.test(list[0]?.text ?? '')) say('first-recipient-differs', list[0]);
  return findings;
};
