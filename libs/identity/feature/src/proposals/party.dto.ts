import { z } from 'zod';

export const PartyView = z
  .object({ userId: z.uuid(), postId: z.uuid(), fullName: z.string(), title: z.string() })
  .meta({ id: 'ProposalParty' });
