import { mayGrant } from '@qlvb/contracts';
import { proposalActs } from '@qlvb/identity-domain';
import type { Actor } from '@qlvb/platform-context';
import type { z } from 'zod';
import type { AccountProposal } from './account-proposal.entity.ts';
import type { Head } from './deciders.ts';
import type { ProposalView } from './proposals.dto.ts';

/** @param deciders of the caller's agency */
export function proposalView(
  row: AccountProposal,
  actor: Actor,
  deciders: readonly Head[],
): z.input<typeof ProposalView> {
  const isProposer = row.proposedBy.userId === actor.userId;
  const grants = row.standIn ? (['approve', 'standIn'] as const) : (['approve'] as const);
  const decides = deciders.some(
    ({ postId, roles }) => postId === actor.postId && grants.some((grant) => mayGrant(grant, roles, ['officer'])),
  );
  const mayDecide = decides && row.decidingAgencyId === actor.agencyId && !isProposer && row.userId !== actor.userId;
  return {
    proposalId: row.id,
    version: row.version,
    kind: row.kind,
    state: row.state,
    inEffect: row.inEffect,
    standIn: row.standIn,
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
