import { ACCOUNT_STATE_LABELS, codesOf, POST_RANKS, ROLE_LABELS } from '@qlvb/contracts';
import { instant, pageQuery, searchText, secretText } from '@qlvb/platform-http';
import { z } from 'zod';
import { exchangedText } from '../exchanged-text.ts';

export const role = codesOf(ROLE_LABELS);

export const rank = z.enum(POST_RANKS).describe('Standing of the post in its agency, on which the right to sign rests');

export const PostView = z
  .object({
    postId: z.uuid(),
    version: z.int(),
    userId: z.uuid(),
    agencyId: z.uuid(),
    unitId: z.uuid(),
    title: z.string(),
    rank: rank.nullable(),
    roles: z.array(role),
    active: z.boolean(),
  })
  .meta({ id: 'Post' });

export const UserView = z
  .object({
    userId: z.uuid(),
    fullName: z.string(),
    cccdMasked: z.string().describe('Citizen number, all but its last digits hidden'),
    state: codesOf(ACCOUNT_STATE_LABELS),
    posts: z.array(PostView),
  })
  .meta({ id: 'User' });

export const UserQuery = z.object({
  ...pageQuery,
  agencyId: z.uuid().optional().describe('Id of an agency below the own one; for administrators'),
  query: searchText(100).optional().describe('Words of the name, with or without marks'),
});

export const PostInput = z
  .object({
    unitId: z.uuid(),
    title: exchangedText('SignerInfo.Position', 200),
    rank: rank.optional(),
    roles: z.array(role).min(1).max(10),
  })
  .meta({ id: 'PostInput' });

export const reason = z.string().trim().min(1).max(500);

export const CccdEntry = z.object({
  cccd: z.string().min(1).max(40),
  cccdAgain: z.string().min(1).max(40).describe('The citizen number typed a second time'),
  overrideReason: reason.optional().describe('Why a number is right although its structure is unusual'),
});

export const PasswordResetInput = z
  .object({ reason: reason.describe('Why: when and how the person told of it; who confirms reads it') })
  .meta({ id: 'PasswordResetInput' });

export const CccdRevealInput = z.object({ reason }).meta({ id: 'CccdRevealInput' });

export const CccdRevealed = z.object({ cccd: z.string() }).meta({ id: 'CccdRevealed' });

export const InvitationView = z
  .object({
    userId: z.uuid(),
    decidingAgencyId: z.uuid().describe('Id of the agency whose head confirms the invitation'),
    expiresAt: instant(),
    firstPart: secretText(
      'First part of the one-time password, shown once; the invited person types both parts with "-" between',
    ),
  })
  .meta({ id: 'Invitation' });

export const InvitationConfirmationView = z
  .object({
    userId: z.uuid(),
    expiresAt: instant(),
    secondPart: secretText('Second part of the one-time password, shown once'),
  })
  .meta({ id: 'InvitationConfirmation' });
