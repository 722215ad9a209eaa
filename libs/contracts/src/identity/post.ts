import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { id, sample, shortText } from '../shapes.ts';

/** Standing of a post in its agency, on which the right to sign rests. */
export const POST_RANKS = [
  'head',
  'acting_head',
  'deputy_in_charge',
  'deputy_head',
  'unit_head',
  'unit_deputy',
  'other',
] as const;
export type PostRank = (typeof POST_RANKS)[number];

/** The whole present state of one post: a person's place in one unit of one agency. Never carries the citizen number. */
export const PostChanged = defineEvent({
  type: 'identity.post.changed.v1',
  topic: 'identity.post',
  summary: 'A post was given, changed or ended; carries its whole present state.',
  data: z.object({
    postId: id,
    version: z.int().positive(),
    userId: id,
    agencyId: id,
    unitId: id,
    unitName: shortText,
    /** Abbreviation in symbols of official letters. */
    unitSymbol: z.string().max(30),
    fullName: shortText,
    title: shortText,
    roles: z.array(z.string().max(50)),
    permissions: z.array(z.string().max(80)),
    active: z.boolean(),
    /** Tokens of this person with an older permission version are no longer good. */
    permissionVersion: z.int().nonnegative().optional(),
    /** NĐ30-A13-1; absent where nobody has stated it. */
    rank: z.enum(POST_RANKS).optional(),
  }),
  key: (data) => data.postId,
  example: {
    postId: sample.id(801),
    version: 1,
    userId: sample.id(800),
    agencyId: sample.id(701),
    unitId: sample.id(702),
    unitName: 'Phòng Công nghệ thông tin',
    unitSymbol: 'CNTT',
    fullName: 'Nguyễn Văn An',
    title: 'Chuyên viên',
    roles: ['officer'],
    permissions: ['outgoing-documents.draft'],
    active: true,
  },
});
