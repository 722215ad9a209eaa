import { z } from 'zod';
import { ACCESS_KINDS, ACCESS_RIGHTS, PRINCIPAL_KINDS, REGISTER_KINDS } from '../access/rights.ts';
import { defineEvent } from '../event.ts';
import { id, instant, sample } from '../shapes.ts';

const row = z.object({
  principalKind: z.enum(PRINCIPAL_KINDS),
  principalId: id,
  /** Only for those of the unit or agency who hold it. */
  permission: z.string().max(60).nullable(),
  right: z.enum(ACCESS_RIGHTS),
  validFrom: instant,
  validUntil: instant.nullable(),
});

/** Who may see or act on one document, for services whose objects hang on it; who may on all registered ones is told of the register. */
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
    /** Entered in the agency's register, so that it is there for whom the register is open; not so when left out. */
    registered: z.boolean().optional(),
    rows: z.array(row),
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
    registered: false,
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

/** To whom one of an agency's registers of documents is open, for services whose objects hang on documents. */
export const RegisterAccessChanged = defineEvent({
  type: 'documents.register-access.changed.v1',
  topic: 'documents.access',
  summary:
    'Who may see or act on everything entered in a register changed; carries all rows that hold, so that a newer version replaces an older.',
  data: z.object({
    agencyId: id,
    register: z.enum(REGISTER_KINDS).exclude(['dossier-register']),
    /** Counts the changes; an older one never replaces a newer. */
    version: z.int().positive(),
    rows: z.array(row),
  }),
  key: (data) => data.agencyId,
  example: {
    agencyId: sample.id(900),
    register: 'outgoing-register',
    version: 1,
    rows: [
      {
        principalKind: 'agency',
        principalId: sample.id(900),
        permission: 'outgoing-documents.register',
        right: 'register',
        validFrom: sample.at,
        validUntil: null,
      },
    ],
  },
});
