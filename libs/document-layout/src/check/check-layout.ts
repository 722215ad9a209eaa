import { warning } from './finding.ts';
import type { CheckContext, CheckedPage, LayoutExpectations, LayoutFinding, RuleGroup } from './finding.ts';
import type { PdfFacts } from './facts.ts';
import { readPdfFacts } from './read-pdf.ts';
import type { CheckLimits } from './read-pdf.ts';
import { addressee, bodyText, legalBases } from './rules/body.ts';
import {
  headSizes,
  issuingAgency,
  motto,
  nationalTitle,
  numberSlot,
  parentAgency,
  placeAndDate,
} from './rules/head.ts';
import { fonts, margins, pageNumbers, pageSize } from './rules/page.ts';
import { recipients, recipientsHeading, signatureBlock } from './rules/signature.ts';
import { kindName, subjectOfLetter, subjectOfNamedKind, urgencyStamp } from './rules/title.ts';
import { segmentsOf } from './segments.ts';

/** Every rule that is checked, in the order of the annex. */
const RULES: readonly RuleGroup[] = [
  pageSize,
  margins,
  fonts,
  pageNumbers,
  nationalTitle,
  motto,
  headSizes,
  parentAgency,
  issuingAgency,
  numberSlot,
  placeAndDate,
  kindName,
  subjectOfNamedKind,
  subjectOfLetter,
  legalBases,
  bodyText,
  signatureBlock,
  addressee,
  recipientsHeading,
  recipients,
  urgencyStamp,
];

export interface LayoutReport {
  readonly findings: readonly LayoutFinding[];
  readonly pageCount: number;
  /** Pages that were looked at: all, or the first ones of a very long document. */
  readonly pagesChecked: number;
  /** Why the program could not look at the pages, for the log. */
  readonly failure?: string;
}

/**
 * Compares what a PDF shows with annex I. It helps the person who answers for the layout and decides nothing itself.
 *
 * @param pdf the file; it may come from anybody
 * @throws UnreadablePdf for a file that cannot be read within the limits
 * @source NĐ30-A12-2
 */
export async function checkLayout(
  pdf: Uint8Array | AsyncIterable<Uint8Array>,
  expectations: LayoutExpectations,
  limits?: Partial<CheckLimits>,
): Promise<LayoutReport> {
  const facts = await readPdfFacts(pdf, limits);
  return {
    findings: layoutFindings(facts, expectations),
    pageCount: facts.pageCount,
    pagesChecked: facts.pages.length,
    ...(facts.failure === undefined ? {} : { failure: facts.failure }),
  };
}

/** What the program cannot read, the person who checks has to look at alone. */
const unreadPage = (page: number): LayoutFinding => warning('NĐ30-A12-2', 'page-unread', { page });

/** The findings about a file whose contents are known. */
export function layoutFindings(facts: PdfFacts, expectations: LayoutExpectations): LayoutFinding[] {
  const pages = facts.pages.map((page): CheckedPage => ({ ...page, segments: segmentsOf(page) }));
  const unread = facts.unread.map(unreadPage);
  const [first] = pages;
  // Most rules are about the first page: without it they would find everything missing.
  if (first?.number !== 1) return unread;
  const last = pages.at(-1)?.number ?? 1;
  const context: CheckContext = { expectations, facts, pages, first, last };
  return [...unread, ...RULES.flatMap((rule) => rule(context))];
}
