import { codesOf, PERMISSION_LABELS } from '@qlvb/contracts';
import { z } from 'zod';
import { role } from '../users/users.dto.ts';

const password = z.string().min(1).max(256);

export const LoginInput = z
  .object({
    cccd: z.string().min(1).max(40).describe('Citizen number (CCCD), 12 digits'),
    password,
    postId: z.uuid().optional().describe('Id of the post to work in; the first one unless named'),
  })
  .meta({ id: 'LoginInput' });

export const RefreshInput = z
  .object({ refreshToken: z.string().min(1).max(200), postId: z.uuid().optional() })
  .meta({ id: 'RefreshInput' });

export const PasswordChangeInput = z
  .object({ cccd: z.string().min(1).max(40), currentPassword: password, newPassword: password })
  .meta({ id: 'PasswordChangeInput' });

export const PostOfSession = z
  .object({
    postId: z.uuid(),
    agencyId: z.uuid(),
    agencyName: z.string(),
    unitId: z.uuid(),
    unitName: z.string(),
    title: z.string(),
    roles: z.array(role),
  })
  .meta({ id: 'PostOfSession' });

export const SessionView = z
  .object({
    accessToken: z.string(),
    tokenType: z.literal('Bearer'),
    expiresInSeconds: z.int(),
    refreshToken: z.string(),
    user: z.object({ userId: z.uuid(), fullName: z.string() }),
    posts: z.array(PostOfSession),
    activePostId: z.uuid(),
  })
  .meta({ id: 'SessionView' });

export const MeView = z
  .object({
    userId: z.uuid(),
    agencyId: z.uuid(),
    unitId: z.uuid().optional(),
    postId: z.uuid().optional(),
    fullName: z.string(),
    cccd: z.string().describe("The caller's own citizen number"),
    permissions: z.array(codesOf(PERMISSION_LABELS)),
  })
  .meta({ id: 'MeView' });

export const JwksView = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) });
