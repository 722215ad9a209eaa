import { DOCUMENT_KIND_LABELS, fillLabel, NUMBERING_PLAN_REASONS } from '@qlvb/contracts';
import { NORMATIVE_KINDS } from '@qlvb/records';
import type { DocumentKindCode } from '@qlvb/records';
import { KindNotInNumberingPlan, NormativeNotIssuable, NumberingPlanInvalid } from './numbering-plan.problems.ts';

/** A group of kinds that the agency's head gave one common sequence. */
export interface SequenceGroup {
  /** Short stable name, for example "chung" or "decision". */
  readonly sequence: string;
  /** Kinds that draw from it; `'*'` for every kind that no other group names. */
  readonly kinds: readonly DocumentKindCode[] | '*';
}

/** How an agency numbers its administrative documents in one calendar year. */
export interface NumberingPlan {
  readonly year: number;
  readonly groups: readonly SequenceGroup[];
}

/** What decides the sequence of a document. */
export interface NumberingSubject {
  readonly kind: DocumentKindCode;
  /** Văn bản quy phạm pháp luật. */
  readonly isNormative?: boolean;
  /** Sequence that the head of the sector prescribes for a specialised document (văn bản chuyên ngành). */
  readonly sectorSequence?: string;
  /** Council, board or team (Hội đồng, Ban, Tổ) named as issuer that uses the agency's signature. */
  readonly advisoryBodyId?: string;
}

/** The plan of an agency that decided nothing else: one common sequence for all administrative documents. */
export const commonPlan = (year: number): NumberingPlan => ({ year, groups: [{ sequence: 'common', kinds: '*' }] });

/**
 * Key of the sequence from which a document takes its number, the same for paper and electronic documents. Together
 * with agency and year it names one run of numbers from 1.
 *
 * @throws KindNotInNumberingPlan
 * @source NĐ30-A15-4 normative documents: one sequence per kind
 * @source NĐ30-A15-5 specialised documents: as the sector prescribes
 * @source NĐ30-A15-6 administrative documents: as the agency's head decides
 * @source NĐ30-PL1-II.3a an advisory body has its own sequence
 */
export function sequenceKey(plan: NumberingPlan, subject: NumberingSubject): string {
  const own = subject.advisoryBodyId ? `body:${subject.advisoryBodyId}:` : '';
  if (subject.isNormative) return `${own}normative:${subject.kind}`;
  if (subject.sectorSequence) return `${own}sector:${subject.sectorSequence}`;
  const named = plan.groups.find(({ kinds }) => kinds !== '*' && kinds.includes(subject.kind));
  const group = named ?? plan.groups.find(({ kinds }) => kinds === '*');
  if (!group) throw KindNotInNumberingPlan({ kind: DOCUMENT_KIND_LABELS[subject.kind], year: plan.year });
  return `${own}administrative:${group.sequence}`;
}

/**
 * A plan names no kind twice and begins with a year that has not begun: numbering does not change within a year.
 *
 * @param currentYear calendar year in Vietnam
 * @param hasNumbers whether a number of the plan's year is already taken
 * @throws NumberingPlanInvalid
 * @source NĐ30-A15-6
 */
export function assertPlanAcceptable(plan: NumberingPlan, currentYear: number, hasNumbers: boolean): void {
  const kinds = plan.groups.flatMap((group) => (group.kinds === '*' ? (['*'] as const) : [...group.kinds]));
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  if (twice === '*') throw NumberingPlanInvalid({ reason: NUMBERING_PLAN_REASONS['other-kinds-twice'] });
  if (twice) {
    const kind = DOCUMENT_KIND_LABELS[twice];
    throw NumberingPlanInvalid({ reason: fillLabel(NUMBERING_PLAN_REASONS['kind-twice'], { kind }) });
  }
  const names = plan.groups.map(({ sequence }) => sequence);
  if (names.length === 0) throw NumberingPlanInvalid({ reason: NUMBERING_PLAN_REASONS['no-sequence'] });
  if (new Set(names).size !== names.length)
    throw NumberingPlanInvalid({ reason: NUMBERING_PLAN_REASONS['name-twice'] });
  if (plan.year < currentYear || (plan.year === currentYear && hasNumbers)) {
    throw NumberingPlanInvalid({ reason: NUMBERING_PLAN_REASONS['year-begun'] });
  }
}

/** Abbreviations of the bodies that issue legal normative documents. */
const NORMATIVE_ISSUERS: ReadonlySet<string> = new Set(['HĐND', 'UBND']);

/**
 * A legal normative document is a resolution, decision or directive of a People's Council or Committee.
 *
 * @param issuer abbreviation of the issuing agency, as in its symbols
 * @throws NormativeNotIssuable
 * @source NĐ30-A15-4
 * @source EX-NUM-2
 */
export function assertNormativeIssuable(kind: DocumentKindCode, issuer: string): void {
  if (!NORMATIVE_KINDS.has(kind) || !NORMATIVE_ISSUERS.has(issuer)) {
    throw NormativeNotIssuable({ kind: DOCUMENT_KIND_LABELS[kind], issuer });
  }
}
