import { proposalActs } from '@qlvb/identity-domain';
import type { Actor } from '@qlvb/platform-context';
import type { z } from 'zod';
import type { Head } from '../proposals/deciders.ts';
import type { AgencyProposal } from './agency-proposal.entity.ts';
import type { AgencyProposalView } from './agency-proposals.dto.ts';

/** @param heads of the caller's agency */
export function agencyProposalView(
  row: AgencyProposal,
  actor: Actor,
  heads: readonly Head[],
): z.input<typeof AgencyProposalView> {
  const isProposer = row.proposedBy.userId === actor.userId;
  const leads = heads.some(({ postId }) => postId === actor.postId);
  const mayDecide = leads && row.decidingAgencyId === actor.agencyId && !isProposer;
  return {
    proposalId: row.id,
    version: row.version,
    kind: row.kind,
    state: row.state,
    agencyId: row.agencyId,
    decidingAgencyId: row.decidingAgencyId,
    endsOn: row.endsOn,
    successorId: row.successorId,
    code: row.code,
    source: row.codeSource,
    startsOn: row.startsOn,
    reason: row.reason,
    proposedBy: row.proposedBy,
    proposedAt: row.createdAt,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt,
    decisionReason: row.decisionReason,
    allowedActs: proposalActs({ state: row.state, isProposer, mayDecide }),
  };
}
