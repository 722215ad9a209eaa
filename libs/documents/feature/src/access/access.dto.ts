import { accessRightEndFields, accessRightFields, accessRightInputFields } from '@qlvb/access-by-hand';
import { ACCESS_KINDS, ACCESS_RIGHTS } from '@qlvb/contracts';
import { pageQuery } from '@qlvb/platform-http';
import { z } from 'zod';

export const AccessRightView = z
  .object({
    ...accessRightFields,
    documentKind: z.enum(ACCESS_KINDS),
    documentId: z.uuid(),
    subject: z.string().describe('What the document is about (`trích yếu`)'),
    right: z.enum(ACCESS_RIGHTS).describe('What the holder may do; every right includes reading'),
    reason: z.string().nullable().describe('Why the document is shown'),
  })
  .meta({ id: 'AccessRight' });

export const AccessRightInput = z.object(accessRightInputFields('document')).meta({ id: 'AccessRightInput' });

export const AccessRightEndInput = z.object(accessRightEndFields).meta({ id: 'AccessRightEndInput' });

export const AccessRightQuery = z.object(pageQuery);
