import { person } from '@qlvb/contracts';
import { instant, pageQuery } from '@qlvb/platform-http';
import { LIMITS } from '@qlvb/records';
import { z } from 'zod';
import { documentKindCode, fieldOfWork } from '../shapes.ts';

const form = z
  .enum(['for_head', 'by_order', 'by_authority'])
  .describe('How the grantee signs: for the head in his field (`KT.`), by order (`TL.`), by authority (`TUQ.`)');

export const SigningGrantInput = z
  .object({
    form,
    granteePostId: z.uuid().describe('Id of the post that is to sign'),
    kinds: z.array(documentKindCode).max(29).default([]).describe('Codes of the kinds of documents; empty for all'),
    field: fieldOfWork.optional(),
    startsOn: z.iso.date(),
    endsOn: z.iso.date().optional(),
    document: z
      .string()
      .trim()
      .min(1)
      .max(LIMITS.text.line)
      .optional()
      .describe('Paper on which the right rests: an authorisation or the working rules'),
  })
  .meta({ id: 'SigningGrantInput' });

export const SigningGrantView = z
  .object({
    grantId: z.uuid(),
    form,
    grantee: person,
    grantedBy: person,
    kinds: z.array(documentKindCode),
    field: z.string().nullable(),
    startsOn: z.iso.date(),
    endsOn: z.iso.date().nullable(),
    document: z.string().nullable(),
    revocation: z.object({ reason: z.string(), by: person, at: instant() }).nullable(),
  })
  .meta({ id: 'SigningGrant' });

export const SigningGrantQuery = z.object(pageQuery);

export const RevocationInput = z
  .object({ reason: z.string().trim().min(1).max(LIMITS.text.note).describe('Why it is taken back') })
  .meta({ id: 'SigningGrantRevocationInput' });

export const SigningAuthorityQuery = z.object({
  documentType: documentKindCode.describe('Kind of document by its code'),
  field: fieldOfWork.optional(),
});

export const SigningAuthorityView = z
  .object({
    capacity: z.enum(['own', 'acting', 'for_head', 'by_order', 'by_authority']),
    competence: z.enum(['none', 'TM', 'Q', 'KT', 'TL', 'TUQ']).describe('What a draft has to say as `competence`'),
    lines: z.array(z.string()).describe('Lines that are printed above the signature'),
  })
  .meta({ id: 'SigningAuthority' });
