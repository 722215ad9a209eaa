import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { id, instant, sample, shortText } from '../shapes.ts';

const topic = 'archive.dossier';
const key = (data: { dossierId: string }): string => data.dossierId;
const base = { dossierId: id, dossierCode: shortText };
const baseExample = { dossierId: sample.id(10), dossierCode: 'H46.05.2026.01.CNTT' };

export const DocumentFiled = defineEvent({
  type: 'archive.dossier.document-filed.v1',
  topic,
  summary: 'A document was put into a dossier.',
  data: z.object({ ...base, documentId: id, documentOrdinal: z.int().positive() }),
  key,
  example: { ...baseExample, documentId: sample.id(1), documentOrdinal: 1 },
});

export const DossierStateChanged = defineEvent({
  type: 'archive.dossier.state-changed.v1',
  topic,
  summary: 'A dossier was opened, closed, reopened, submitted, returned or accepted by the agency archive.',
  data: z.object({
    ...base,
    state: z.enum(['open', 'closed', 'submitted', 'returned', 'accepted']),
    at: instant,
    submissionDueOn: z.iso.date().nullable(),
  }),
  key,
  example: { ...baseExample, state: 'closed', at: sample.at, submissionDueOn: '2027-11-23' },
});
