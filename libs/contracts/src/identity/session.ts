import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { id, instant, sample } from '../shapes.ts';

/** Sessions of one person that ended before their tokens expire: nobody believes those tokens any more. */
export const SessionsEnded = defineEvent({
  type: 'identity.session.ended.v1',
  topic: 'identity.session',
  summary: 'Sessions of a person ended; their access tokens are refused from now on.',
  data: z.object({
    userId: id,
    sessionIds: z.array(id).min(1).max(1000),
    /** When the last of their access tokens has expired by itself, and this need not be remembered any more. */
    until: instant,
  }),
  key: (data) => data.userId,
  example: { userId: sample.id(800), sessionIds: [sample.id(950)], until: '2026-11-23T08:10:00+07:00' },
  // A stolen token does not wait behind other news.
  urgent: () => true,
});
