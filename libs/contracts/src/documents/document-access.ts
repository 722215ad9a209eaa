import { z } from 'zod';
import { ACCESS_KINDS, ACCESS_RIGHTS, PRINCIPAL_KINDS } from '../access/rights.ts';
import { defineEvent } from '../event.ts';
import { id, instant, sample } from '../shapes.ts';

/** Who may see or act on one document, for services whose objects hang on it; rights that stand for all are in `STANDING_RIGHTS`. */
export const DocumentAccessChanged = defineEvent({
  type: 'documents.access.changed.v1',
  topic: 'documents.access',
  summary:
    'Who may see or act on a document changed; carries all rows that hold, so that a newer version replaces an older.',
  data: z.object({
    documentId: id,
    kind: z.enum(ACCESS_KINDS),
    /** Counts the changes; an older one never replaces a newer. */
    version: z.int().positive(),
    /** When the document was made or came in. */
    documentAt: instant,
    rows: z.array(
      z.object({
        principalKind: z.enum(PRINCIPAL_KINDS),
        principalId: id,
        /** Only for those of the unit or agency who hold it. */
        permission: z.string().max(60).nullable(),
        right: z.enum(ACCESS_RIGHTS),
        validFrom: instant,
        validUntil: instant.nullable(),
      }),
    ),
    /** From whom a right was withdrawn by hand; work given to them before that is closed to them unless another row holds. */
    withdrawn: z
      .array(z.object({ principalKind: z.enum(PRINCIPAL_KINDS), principalId: id, withdrawnAt: instant }))
      .optional(),
  }),
  key: (data) => data.documentId,
  example: {
    documentId: sample.id(1),
    kind: 'outgoing-document',
    version: 1,
    documentAt: sample.at,
    rows: [
      {
        principalKind: 'post',
        principalId: sample.id(801),
        permission: null,
        right: 'draft',
        validFrom: sample.at,
        validUntil: null,
      },
    ],
    withdrawn: [],
  },
});
