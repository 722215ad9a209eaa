import { proposalActs } from '@qlvb/identity-domain';
import type { Actor } from '@qlvb/platform-context';
import type { z } from 'zod';
import type { AccountProposal } from './account-proposal.entity.ts';
import type { Head } from './deciders.ts';
import type { ProposalView } from './proposals.dto.ts';

/** @param heads of the caller's agency */
export function proposalView(row: AccountProposal, actor: Actor, heads: readonly Head[]): z.input<typeof ProposalView> {
  const isProposer = row.proposedBy.userId === actor.userId;
  const isHead = heads.some(({ postId }) => postId === actor.postId);
  const mayDecide = isHead && row.decidingAgencyId === actor.agencyId && !isProposer && row.userId !== actor.userId;
  return {
    proposalId: row.id,
    version: row.version,
    kind: row.kind,
    state: row.state,
    inEffect: row.inEffect,
    agencyId: row.agencyId,
    decidingAgencyId: row.decidingAgencyId,
    userId: row.userId,
    fullName: row.fullName,
    cccdMasked: row.cccdMasked,
    postId: row.postId,
    postBefore: row.postBefore,
    postAfter: row.postAfter,
    reason: row.reason,
    proposedBy: row.proposedBy,
    proposedAt: row.createdAt,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt,
    decisionReason: row.decisionReason,
    allowedActs: proposalActs({ state: row.state, isProposer, mayDecide }),
  };
}
