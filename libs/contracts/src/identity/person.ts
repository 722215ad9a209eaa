import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { id, instant, sample } from '../shapes.ts';

/**
 * By which the service of signatures compares the number in a certificate with the one of the account. Never carries the number:
 * the proof is slow to make and keyed, and the key is no part of any event or database.
 */
export const PersonNumbered = defineEvent({
  type: 'identity.person.numbered.v1',
  topic: 'identity.person',
  summary:
    'An account got its citizen number, or another one, or identity a new key; carries a keyed proof of the number.',
  data: z.object({
    userId: id,
    /** Names the key of the proof; a proof under another key says nothing. */
    keyId: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .describe('Names the key of the proof, and tells nothing of it'),
    proof: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/)
      .describe('Keyed proof of the citizen number, base64url; without the key nothing can be learnt from it'),
    /** The last one told holds. */
    toldAt: instant.describe('When identity told it; the last one holds'),
  }),
  key: (data) => data.userId,
  example: {
    userId: sample.id(800),
    keyId: '0123456789abcdef',
    proof: 'q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k',
    toldAt: sample.at,
  },
});
