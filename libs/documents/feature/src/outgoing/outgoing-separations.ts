import type { PerformedAct, SeparatedAct } from '@qlvb/contracts';
import type { OutgoingAct } from '@qlvb/documents-domain';
import { isSeparate } from '@qlvb/platform-auth';
import type { OutgoingDocument, ReviewCheckEntity } from './outgoing.entities.ts';

type Passed = Pick<ReviewCheckEntity, 'aspect' | 'outcome' | 'draftVersion' | 'checkedBy'>;

const CHECKS: Partial<Record<OutgoingAct, SeparatedAct>> = {
  approve_content: 'outgoing-document.check-content',
  approve_layout: 'outgoing-document.check-layout',
  decide_replacement: 'attachment-replacement.decide',
  approve_correction: 'correction.decide',
  refuse_correction: 'correction.decide',
};

type Separable = Pick<OutgoingDocument, 'drafter' | 'draftVersion' | 'attachmentReplacement' | 'correction'>;

/**
 * Who wrote the present version, who passed which check of which version, who proposes another attachment or a correction; a draft that was
 * sent back binds nobody.
 */
export const performedOn = (
  { drafter, draftVersion, attachmentReplacement, correction }: Separable,
  checks: readonly Passed[],
): PerformedAct[] => [
  { act: 'outgoing-document.draft', userId: drafter.userId, version: draftVersion },
  ...checks
    .filter(({ outcome }) => outcome === 'passed')
    .map(({ aspect, draftVersion: version, checkedBy }) => ({
      act: `outgoing-document.check-${aspect}` as const,
      userId: checkedBy.userId,
      version,
    })),
  ...(attachmentReplacement?.outcome === 'open'
    ? [{ act: 'attachment-replacement.propose' as const, userId: attachmentReplacement.proposedBy.userId }]
    : []),
  ...(correction?.outcome === 'open'
    ? [{ act: 'correction.propose' as const, userId: correction.proposedBy.userId }]
    : []),
];

/** Of the acts that capacities allow, those that this person has not barred by an earlier act on the present version. */
export const withoutSeparated = (
  acts: readonly OutgoingAct[],
  document: Separable,
  checks: readonly Passed[],
  userId: string,
): OutgoingAct[] =>
  acts.filter((act) => {
    const separated = CHECKS[act];
    const person = { userId, version: document.draftVersion };
    return separated === undefined || isSeparate(separated, performedOn(document, checks), person);
  });
