import { ACCESS_GROUNDS, person, PRINCIPAL_KINDS } from '@qlvb/contracts';
import { instant, instantInput } from '@qlvb/platform-http';
import { LIMITS } from '@qlvb/records';
import { z } from 'zod';

export const ACCESS_RIGHT_STATES = ['waiting', 'held', 'ended'] as const;

/** What `accessRightView` says of a right, whatever it is a right to. */
export const accessRightFields = {
  accessRightId: z.uuid(),
  principalKind: z.enum(PRINCIPAL_KINDS).describe('Whether a person, a post, a unit or an agency holds the right'),
  principalId: z.uuid(),
  principalName: z.string().nullable().describe('Name of the person, unit or agency; null when it is no longer known'),
  ground: z.enum(ACCESS_GROUNDS).describe('Why the right is held'),
  state: z.enum(ACCESS_RIGHT_STATES).describe('Whether the right waits, holds or has ended'),
  givenBy: person.nullable().describe('Who gave the right by hand; null when a rule or task gave it'),
  startsAt: instant(),
  endsAt: instant().nullable().describe('Until when the right holds; null for ever'),
  confirmedBy: person.nullable(),
  confirmedAt: instant().nullable(),
  endedBy: person.nullable(),
  endedAt: instant().nullable(),
  endReason: z.string().nullable().describe('Why it was refused or taken back'),
};

const reason = z.string().trim().min(1).max(LIMITS.text.note);

/** What is said to give a right by hand. */
export const accessRightInputFields = (thing: 'document' | 'dossier') => ({
  postId: z.uuid().describe(`Id of the post that may see the ${thing}`),
  reason: reason.describe(`Why the ${thing} is shown`),
  endsAt: instantInput().optional().describe('Until when the right holds; for ever when left out'),
});

/** What is said to refuse a right or take it back. */
export const accessRightEndFields = { reason: reason.describe('Why it was refused or taken back') };
