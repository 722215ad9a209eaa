import { DOSSIER_STATES } from '@qlvb/archive-domain';
import type { RetentionTerm } from '@qlvb/archive-domain';
import { DOCUMENT_KIND_LABELS, person } from '@qlvb/contracts';
import type { Label } from '@qlvb/contracts';
import { pageQuery, say } from '@qlvb/platform-http';
import { documentKindByName } from '@qlvb/records';
import { z } from 'zod';

export const retention = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('permanent') }),
    z.object({ kind: z.literal('years'), years: z.int().min(1).max(70) }),
  ])
  .describe('How long it is kept')
  .meta({ id: 'RetentionTerm' });

export const retentionView = (term: RetentionTerm): z.input<typeof retention> =>
  term.kind === 'years' ? { kind: 'years', years: term.years } : { kind: 'permanent' };

const KIND_LABELS: ReadonlyMap<string, Label> = new Map(Object.entries(DOCUMENT_KIND_LABELS));

/** The kind of a document as it was filed, in Vietnamese; in English where the decree knows it. */
export const kindSaid = (vi: string): string =>
  say({ vi, en: KIND_LABELS.get(documentKindByName(vi)?.code ?? '')?.en ?? vi });

export const DossierInput = z
  .object({
    listId: z.uuid().optional().describe('Id of the list of dossiers; when named, the notation has to be in it'),
    notation: z.string().trim().min(1).max(20).describe('Number and symbol of the dossier'),
    title: z.string().trim().min(1).max(1000),
    retention,
    startedOn: z.iso.date(),
  })
  .meta({ id: 'DossierInput' });

export const DossierView = z
  .object({
    dossierId: z.uuid(),
    version: z.int(),
    dossierCode: z.string(),
    notation: z.string(),
    title: z.string(),
    state: z.enum(DOSSIER_STATES),
    maker: person,
    startedOn: z.iso.date(),
    retention,
    closedOn: z.iso.date().nullable(),
    submissionDueOn: z.iso.date().nullable(),
    documentCount: z.int().describe('How many documents the dossier holds, those included that the caller may not see'),
    documents: z.array(
      z.object({
        documentId: z.uuid(),
        documentOrdinal: z.int(),
        issuedOn: z.iso.date(),
        kindName: z.string(),
        subject: z.string(),
      }),
    ),
  })
  .meta({ id: 'Dossier' });

export const DossierQuery = z.object({ ...pageQuery, state: z.enum(DOSSIER_STATES).optional() });

const direction = z.enum(['outgoing', 'incoming']);

export const FilableQuery = z.object({
  ...pageQuery,
  documentId: z.uuid().optional(),
  direction: direction.optional(),
});

export const FilableView = z
  .object({
    documentId: z.uuid(),
    direction,
    documentCode: z.string(),
    issuedOn: z.iso.date(),
    kindName: z.string(),
    subject: z.string(),
    author: z.string(),
  })
  .meta({ id: 'FilableDocument' });

export const FilingInput = z.object({ documentId: z.uuid() }).meta({ id: 'FilingInput' });
export const ReasonInput = z.object({ reason: z.string().trim().min(1).max(2000) }).meta({ id: 'ReasonInput' });
