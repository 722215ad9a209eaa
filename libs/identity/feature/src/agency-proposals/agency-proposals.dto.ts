import { AGENCY_PROPOSAL_KINDS, PROPOSAL_ACTS, PROPOSAL_STATES } from '@qlvb/identity-domain';
import { instant, pageQuery } from '@qlvb/platform-http';
import { z } from 'zod';
import { PartyView } from '../proposals/party.dto.ts';
import { reason } from '../users/users.dto.ts';

const why = reason.describe('Why it is proposed, for the one who decides');
const codeSource = z.enum(['official', 'derived']).describe('Whether the code stands in a decision or was derived');

export const AgencyProposalInput = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('closure').describe('The agency ends with a day, and its codes with it'),
      agencyId: z.uuid(),
      endsOn: z.iso.date().describe('Last day of the agency, today or later'),
      successorId: z.uuid().optional(),
      reason: why,
    }),
    z.object({
      kind: z.literal('code').describe('The agency gets another code from a day on'),
      agencyId: z.uuid(),
      code: z.string().min(1).max(35).describe('The new code, in either form'),
      startsOn: z.iso.date().describe('First day of the new code, tomorrow or later'),
      source: codeSource,
      reason: why,
    }),
    z.object({
      kind: z.literal('reopening').describe('The agency, which closes or is closed, goes on under its last code'),
      agencyId: z.uuid(),
      reason: why,
    }),
  ])
  .meta({ id: 'AgencyProposalInput' });

export const AgencyProposalView = z
  .object({
    proposalId: z.uuid(),
    version: z.int(),
    kind: z.enum(AGENCY_PROPOSAL_KINDS),
    state: z.enum(PROPOSAL_STATES),
    agencyId: z.uuid().describe('Id of the agency that it is about'),
    decidingAgencyId: z.uuid().describe('Id of the agency whose head decides on the proposal'),
    endsOn: z.iso.date().nullable(),
    successorId: z.uuid().nullable(),
    code: z.string().nullable().describe('The new code; null when it is not about one'),
    source: codeSource.nullable(),
    startsOn: z.iso.date().nullable().describe('First day of the new code; null when it is not about one'),
    reason: z.string(),
    proposedBy: PartyView,
    proposedAt: instant(),
    decidedBy: PartyView.nullable(),
    decidedAt: instant().nullable(),
    decisionReason: z.string().nullable(),
    allowedActs: z.array(z.enum(PROPOSAL_ACTS)).describe('Acts that the caller may do now'),
  })
  .meta({ id: 'AgencyProposal' });

export const AgencyProposalQuery = z.object({
  ...pageQuery,
  state: z.enum(PROPOSAL_STATES).optional(),
  kind: z.enum(AGENCY_PROPOSAL_KINDS).optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
});

export const AgencyProposalRefusal = z
  .object({ reason: reason.describe('Why it is refused, for the one who proposed it') })
  .meta({ id: 'AgencyProposalRefusal' });
