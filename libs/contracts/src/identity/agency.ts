import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { agencyCode, calendarDate, id, sample, shortText } from '../shapes.ts';

/** The whole present state of one agency of the catalogue; later events replace earlier ones. */
export const AgencyChanged = defineEvent({
  type: 'identity.agency.changed.v1',
  topic: 'identity.agency',
  summary: 'An agency of the catalogue was made or changed; carries its whole present state.',
  data: z.object({
    agencyId: id,
    version: z.int().positive(),
    code: agencyCode,
    legacyCode: agencyCode.nullable(),
    name: shortText,
    shortName: z.string().max(50),
    level: z.string().min(1).max(50),
    parentId: id.nullable(),
    /** First label of its own host name, such as `qlvb-stttt`; null for an agency served under its parent's. */
    subdomain: z.string().max(63).nullable(),
    placeOfIssue: shortText,
    validFrom: calendarDate,
    validTo: calendarDate.nullable(),
    /** Codes it had before or will have, in both forms: whoever writes one of them means this agency. */
    otherCodes: z.array(agencyCode).max(200).optional(),
    /** Every code with its first and last day, the oldest first: one may begin later than this event. */
    codes: z
      .array(
        z.object({
          code: agencyCode,
          legacyCode: agencyCode.nullable(),
          validFrom: calendarDate,
          validTo: calendarDate.nullable(),
        }),
      )
      .max(100)
      .optional(),
  }),
  key: (data) => data.agencyId,
  example: {
    agencyId: sample.id(701),
    version: 1,
    code: 'H46.03',
    legacyCode: '000.00.03.H46',
    name: 'Sở Nội vụ',
    shortName: 'SNV',
    level: 'department',
    parentId: sample.id(700),
    subdomain: 'qlvb-snv',
    placeOfIssue: 'Quảng Bình',
    validFrom: '2020-09-15',
    validTo: null,
  },
});
