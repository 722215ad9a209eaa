import { AGENCY_LEVEL_LABELS, codesOf } from '@qlvb/contracts';
import { pageQuery, searchText } from '@qlvb/platform-http';
import { z } from 'zod';
import { exchangedText } from '../exchanged-text.ts';

export const AgencyView = z
  .object({
    agencyId: z.uuid(),
    version: z.int(),
    code: z.string(),
    legacyCode: z.string().nullable(),
    name: z.string(),
    shortName: z.string(),
    level: codesOf(AGENCY_LEVEL_LABELS),
    parentId: z.uuid().nullable(),
    subdomain: z.string().nullable(),
    placeOfIssue: z.string(),
    startsOn: z.iso.date(),
    endsOn: z.iso.date().nullable(),
    successorId: z.uuid().nullable(),
  })
  .meta({ id: 'Agency' });

export const AgencyQuery = z.object({
  ...pageQuery,
  query: searchText(100).optional().describe('Words of the name, with or without marks'),
  code: z.string().max(35).optional().describe('Identification code, in either form'),
  parentId: z.uuid().optional(),
  on: z.iso.date().optional().describe('Only agencies that exist on this day'),
});

export const AgencyInput = z
  .object({
    code: z.string().min(1).max(35),
    name: exchangedText('Party.OrganName', 200),
    shortName: z.string().min(1).max(50),
    level: z.enum(['department', 'district', 'commune', 'unit']),
    parentId: z.uuid(),
    placeOfIssue: exchangedText('PromulgationInfo.Place', 100),
    startsOn: z.iso.date(),
  })
  .meta({ id: 'AgencyInput' });

export const AgencyCodesView = z
  .object({
    items: z.array(
      z.object({
        code: z.string(),
        legacyCode: z.string().nullable(),
        startsOn: z.iso.date(),
        endsOn: z.iso.date().nullable(),
      }),
    ),
  })
  .meta({ id: 'AgencyCodes' });

export const UnitView = z
  .object({ unitId: z.uuid(), agencyId: z.uuid(), version: z.int(), name: z.string(), symbol: z.string() })
  .meta({ id: 'Unit' });

export const UnitQuery = z.object({
  ...pageQuery,
  query: searchText(100).optional().describe('Words of the name, with or without marks'),
});

export const UnitInput = z
  .object({ name: z.string().min(1).max(200), symbol: z.string().min(1).max(30) })
  .meta({ id: 'UnitInput' });

export const HostsView = z
  .object({
    items: z.array(
      z.object({
        label: z.string().nullable().describe('Part of the host name after "qlvb-"; null for the shared host'),
        agencyIds: z.array(z.uuid()),
      }),
    ),
  })
  .meta({ id: 'Hosts' });
