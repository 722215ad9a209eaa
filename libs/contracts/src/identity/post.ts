import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { id, sample, shortText } from '../shapes.ts';

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
