import { person } from '@qlvb/contracts';
import { instant, pageQuery } from '@qlvb/platform-http';
import { z } from 'zod';
import { retention, retentionView } from '../dossiers/dossiers.dto.ts';
import type { DossierListEntity } from '../entities.ts';

export const DossierListInput = z
  .object({
    year: z.int().min(2000).max(2100),
    headings: z
      .array(
        z.object({
          abbreviation: z.string().trim().min(1).max(15).describe('Abbreviation of the heading'),
          title: z.string().trim().min(1).max(300),
          entries: z
            .array(
              z.object({
                title: z.string().trim().min(1).max(1000),
                retention,
                responsible: z.string().trim().min(1).max(200).describe('Who makes the dossier'),
              }),
            )
            .min(1)
            .max(500),
        }),
      )
      .min(1)
      .max(100),
  })
  .meta({ id: 'DossierListInput' });

const state = z.enum(['draft', 'approved']);

export const DossierListQuery = z.object({
  ...pageQuery,
  year: z.int().min(2000).max(2100).optional(),
  state: state.optional(),
});

export const DossierListView = z
  .object({
    listId: z.uuid(),
    version: z.int(),
    year: z.int(),
    state,
    entries: z.array(
      z.object({
        notation: z.string(),
        heading: z.string(),
        title: z.string(),
        retention,
        responsible: z.string(),
      }),
    ),
    madeBy: person.nullable().describe('Who made the list; null in lists made before this was kept'),
    approvedBy: person.nullable(),
    approvedAt: instant().nullable(),
  })
  .meta({ id: 'DossierList' });

export const dossierListView = (row: DossierListEntity): z.input<typeof DossierListView> => ({
  listId: row.id,
  version: row.version,
  year: row.year,
  state: row.state,
  entries: row.entries.map((entry) => ({ ...entry, retention: retentionView(entry.retention) })),
  madeBy: row.madeBy,
  approvedBy: row.approvedBy,
  approvedAt: row.approvedAt,
});
