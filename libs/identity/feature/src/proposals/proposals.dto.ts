import { PROPOSAL_ACTS, PROPOSAL_KINDS, PROPOSAL_STATES } from '@qlvb/identity-domain';
import { instant, pageQuery } from '@qlvb/platform-http';
import { z } from 'zod';
import { exchangedText } from '../exchanged-text.ts';
import { CccdEntry, PostInput, rank, reason, role } from '../users/users.dto.ts';
import { PartyView } from './party.dto.ts';

const why = reason.describe('Why it is proposed, for the one who decides');

/** One form for somebody new and for somebody whose account another agency made: who proposes need not know which. */
const account = z.object({
  kind: z.literal('account').describe('An account and a post for a person'),
  ...CccdEntry.shape,
  fullName: exchangedText('StaffInfo.Staff', 100),
  post: PostInput,
  reason: why,
});

export const ProposalInput = z
  .discriminatedUnion('kind', [
    account,
    z.object({
      kind: z.literal('post').describe('One more post for somebody of the agency'),
      userId: z.uuid(),
      post: PostInput,
      reason: why,
    }),
    z.object({
      kind: z.literal('post-change').describe('Another unit, position, rank or other roles'),
      postId: z.uuid(),
      post: PostInput,
      reason: why,
    }),
    z.object({
      kind: z.literal('post-end').describe('The post ends and its rights with it'),
      postId: z.uuid(),
      urgent: z.boolean().default(false).describe('Whether it holds at once and is confirmed later'),
      reason: why,
    }),
    z.object({
      kind: z.literal('number').describe('Another citizen number for the account'),
      userId: z.uuid(),
      ...CccdEntry.shape,
      reason: why,
    }),
  ])
  .meta({ id: 'AccountProposalInput' });

const ProposedPostView = z
  .object({
    unitId: z.uuid(),
    unitName: z.string(),
    title: z.string(),
    rank: rank.nullable(),
    roles: z.array(role),
  })
  .meta({ id: 'ProposedPost' });

export const ProposalView = z
  .object({
    proposalId: z.uuid(),
    version: z.int(),
    kind: z.enum(PROPOSAL_KINDS),
    state: z.enum(PROPOSAL_STATES),
    inEffect: z.boolean().describe('Whether the change holds now; an urgent end holds before it is approved'),
    standIn: z
      .boolean()
      .describe('No agency has a head who may decide: another administrator of the top agency decides instead'),
    agencyId: z.uuid().describe('Id of the agency that the post belongs to'),
    decidingAgencyId: z.uuid().describe('Id of the agency whose head decides on the proposal'),
    userId: z.uuid().nullable().describe('Id of the person; null while a new account is not approved'),
    fullName: z.string(),
    cccdMasked: z.string().nullable().describe('Citizen number, all but its last digits hidden'),
    postId: z.uuid().nullable(),
    postBefore: ProposedPostView.nullable(),
    postAfter: ProposedPostView.nullable(),
    reason: z.string(),
    proposedBy: PartyView,
    proposedAt: instant(),
    decidedBy: PartyView.nullable(),
    decidedAt: instant().nullable(),
    decisionReason: z.string().nullable(),
    allowedActs: z.array(z.enum(PROPOSAL_ACTS)).describe('Acts that the caller may do now'),
  })
  .meta({ id: 'AccountProposal' });

export const ProposalQuery = z.object({
  ...pageQuery,
  state: z.enum(PROPOSAL_STATES).optional(),
  kind: z.enum(PROPOSAL_KINDS).optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
});

export const ProposalRefusal = z
  .object({ reason: reason.describe('Why it is refused, for the one who proposed it') })
  .meta({ id: 'AccountProposalRefusal' });
