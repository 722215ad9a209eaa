import type { Urgency } from '@qlvb/records';
import type { DocumentForm } from '../official-document.ts';
import type { Box } from '../page-geometry.ts';
import type { PageFacts, PdfFacts } from './facts.ts';
import type { LayoutFindingCode, LayoutPart } from './findings.ts';
import type { Found, Segment } from './segments.ts';

/** One departure from the prescribed layout; `findingText` says it in words. */
export interface LayoutFinding {
  readonly code: LayoutFindingCode;
  /** The part of annex I that is not met, "NĐ30-PL1-II.1". */
  readonly ruleId: string;
  /** `error`: a mandatory part is missing or cannot be right; `warning`: size, style or place differ. */
  readonly severity: 'error' | 'warning';
  readonly part?: LayoutPart | undefined;
  /** What was found and what is wanted, by the names in the text. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** From 1. */
  readonly page: number;
  /** Where on the page, in points from its top left corner; undefined for something that is missing. */
  readonly box?: Box | undefined;
}

/** What the document has to show; a part that is left out is not looked for. */
export interface LayoutExpectations {
  readonly form: DocumentForm;
  readonly issuingAgency: string;
  readonly parentAgency?: string | undefined;
  readonly placeOfIssue?: string | undefined;
  readonly kindName?: string | undefined;
  readonly subject?: string | undefined;
  readonly authorityLines?: readonly string[] | undefined;
  readonly signerName?: string | undefined;
  readonly urgency?: Urgency | undefined;
  /** Headings of texts in the same file that number their pages anew. */
  readonly attachedHeadings?: readonly string[] | undefined;
}

/** A page with its lines. */
export interface CheckedPage extends PageFacts {
  readonly segments: readonly Segment[];
}

export interface CheckContext {
  readonly expectations: LayoutExpectations;
  readonly facts: PdfFacts;
  readonly pages: readonly CheckedPage[];
  readonly first: CheckedPage;
  /** Number of the last page that was looked at. */
  readonly last: number;
}

/** A group of rules; each looks at the whole document and says what is wrong. */
export type RuleGroup = (context: CheckContext) => LayoutFinding[];

type StyleWanted = { readonly bold?: boolean; readonly italic?: boolean; readonly size?: readonly [number, number] };

const SIZE_TOLERANCE = 0.3;

/** What may be said of a finding, on the first page unless it says another. */
export type About = Partial<Pick<LayoutFinding, 'part' | 'values' | 'page' | 'box'>>;

export const warning = (ruleId: string, code: LayoutFindingCode, about: About = {}): LayoutFinding => ({
  code,
  ruleId,
  severity: 'warning',
  page: 1,
  ...about,
});

export const error = (ruleId: string, code: LayoutFindingCode, about: About = {}): LayoutFinding => ({
  ...warning(ruleId, code, about),
  severity: 'error',
});

/** The finding that a part is not there. */
export const missing = (ruleId: string, part: LayoutPart, about: About = {}): LayoutFinding =>
  error(ruleId, 'part-missing', { ...about, part });

/** The finding that a text is not there. */
export const textMissing = (
  ruleId: string,
  part: LayoutPart,
  text: string,
  code: LayoutFindingCode = 'text-missing',
  page = 1,
): LayoutFinding => error(ruleId, code, { part, values: { text }, page });

/** Findings about the style of a text that is there. */
export function styleFindings(
  ruleId: string,
  part: LayoutPart,
  found: Found,
  page: number,
  wanted: StyleWanted,
): LayoutFinding[] {
  const findings: LayoutFinding[] = [];
  const say = (code: LayoutFindingCode, values?: About['values']): void => {
    findings.push(warning(ruleId, code, { part, values, page, box: found.box }));
  };
  const { bold, italic, size } = wanted;
  const wrong = (is: (line: Segment) => boolean, should: boolean): boolean =>
    found.lines.some((line) => is(line) !== should);
  if (bold !== undefined && wrong((line) => line.bold, bold)) say(bold ? 'not-bold' : 'bold');
  if (italic !== undefined && wrong((line) => line.italic, italic)) say(italic ? 'not-italic' : 'italic');
  if (size) {
    const [least, most] = size;
    const line = found.lines.find(
      (candidate) => candidate.size < least - SIZE_TOLERANCE || candidate.size > most + SIZE_TOLERANCE,
    );
    if (line) {
      say('size-differs', { found: String(line.size), wanted: least === most ? String(least) : `${least}-${most}` });
    }
  }
  return findings;
}
