import { accessRightEndFields, accessRightFields, accessRightInputFields } from '@qlvb/access-by-hand';
import { DOSSIER_RIGHTS } from '@qlvb/contracts';
import { pageQuery } from '@qlvb/platform-http';
import { z } from 'zod';

export const DossierRightView = z
  .object({
    ...accessRightFields,
    dossierId: z.uuid(),
    title: z.string(),
    right: z.enum(DOSSIER_RIGHTS).describe('What the holder may do; every right includes reading'),
    reason: z.string().nullable().describe('Why the dossier is shown'),
  })
  .meta({ id: 'DossierAccessRight' });

export const DossierRightInput = z.object(accessRightInputFields('dossier')).meta({ id: 'DossierAccessRightInput' });

export const DossierRightEndInput = z.object(accessRightEndFields).meta({ id: 'DossierAccessRightEndInput' });

export const DossierRightQuery = z.object(pageQuery);
