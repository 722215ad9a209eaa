import { ACCESS_GROUNDS, ACCESS_KINDS, ACCESS_RIGHTS, person, PRINCIPAL_KINDS } from '@qlvb/contracts';
import { instant, instantInput, pageQuery } from '@qlvb/platform-http';
import { LIMITS } from '@qlvb/records';
import { z } from 'zod';

export const ACCESS_RIGHT_STATES = ['waiting', 'held', 'ended'] as const;

export const AccessRightView = z
  .object({
    accessRightId: z.uuid(),
    documentKind: z.enum(ACCESS_KINDS),
    documentId: z.uuid(),
    subject: z.string().describe('What the document is about (`trích yếu`)'),
    principalKind: z.enum(PRINCIPAL_KINDS).describe('Whether a person, a post, a unit or an agency holds the right'),
    principalId: z.uuid(),
    principalName: z
      .string()
      .nullable()
      .describe('Name of the person, unit or agency; null when it is no longer known'),
    right: z.enum(ACCESS_RIGHTS).describe('What the holder may do; every right includes reading'),
    ground: z.enum(ACCESS_GROUNDS).describe('Why the right is held'),
    state: z.enum(ACCESS_RIGHT_STATES).describe('Whether the right waits, holds or has ended'),
    reason: z.string().nullable().describe('Why the document is shown'),
    givenBy: person.nullable().describe('Who gave the right by hand; null when a rule or task gave it'),
    startsAt: instant(),
    endsAt: instant().nullable().describe('Until when the right holds; null for ever'),
    confirmedBy: person.nullable(),
    confirmedAt: instant().nullable(),
    endedBy: person.nullable(),
    endedAt: instant().nullable(),
    endReason: z.string().nullable().describe('Why it was refused or taken back'),
  })
  .meta({ id: 'AccessRight' });

const reason = z.string().trim().min(1).max(LIMITS.text.note);

export const AccessRightInput = z
  .object({
    postId: z.uuid().describe('Id of the post that may see the document'),
    reason: reason.describe('Why the document is shown'),
    endsAt: instantInput().optional().describe('Until when the right holds; for ever when left out'),
  })
  .meta({ id: 'AccessRightInput' });

export const AccessRightEndInput = z
  .object({ reason: reason.describe('Why it was refused or taken back') })
  .meta({ id: 'AccessRightEndInput' });

export const AccessRightQuery = z.object(pageQuery);
