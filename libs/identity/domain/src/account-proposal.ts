import { leadsAgency } from '@qlvb/records';
import type { RankedPost } from '@qlvb/records';

export const PROPOSAL_KINDS = ['account', 'post', 'post-change', 'post-end', 'number'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export const PROPOSAL_STATES = ['waiting', 'approved', 'refused', 'withdrawn'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

export const PROPOSAL_ACTS = ['approve', 'refuse', 'withdraw'] as const;
export type ProposalAct = (typeof PROPOSAL_ACTS)[number];

/**
 * Nobody decides in the own agency who leads it: such a proposal goes to the agency above, and so does one about whoever leads it.
 *
 * @param posts the post before and after, as far as there is one
 * @param ofHead the person concerned leads the agency
 * @source IDN-02
 * @source SEC-Z06
 */
export const isDecidedAbove = (posts: readonly (RankedPost | null | undefined)[], ofHead: boolean): boolean =>
  ofHead || posts.some((post) => post && leadsAgency(post));

/** What somebody may do with a proposal, for views: the use case holds it. */
export function proposalActs({
  state,
  isProposer,
  mayDecide,
}: {
  readonly state: ProposalState;
  readonly isProposer: boolean;
  readonly mayDecide: boolean;
}): ProposalAct[] {
  if (state !== 'waiting') return [];
  return [...(mayDecide ? (['approve', 'refuse'] as const) : []), ...(isProposer ? (['withdraw'] as const) : [])];
}
