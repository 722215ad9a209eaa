import { asks, instant, pageQuery } from '@qlvb/platform-http';
import { HOLDER_DIFFERENCES } from '@qlvb/signature-domain';
import { z } from 'zod';

export const CertificateInput = z
  .object({
    subjectKind: z.enum(['person', 'agency']),
    userId: z.uuid().optional().describe('Id of the holder, for a certificate of a person'),
    certificatePem: z.string().min(100).max(20_000),
    chainPem: z.string().max(60_000).optional(),
    pictureFile: z
      .string()
      .min(1)
      .max(1_450_000)
      .regex(/^[A-Za-z0-9+/]+={0,2}$/)
      .describe('Picture of the signature (blue) or the seal (red), PNG with a transparent ground, base64'),
  })
  .refine((input) => (input.subjectKind === 'person') === (input.userId !== undefined), {
    ...asks({
      vi: 'Chứng thư cá nhân cần người sở hữu, chứng thư cơ quan thì không.',
      en: 'A certificate of a person needs its holder, one of an agency has none.',
    }),
    path: ['userId'],
  })
  .meta({ id: 'CertificateInput' });

export const CertificateView = z
  .object({
    certificateId: z.uuid(),
    subjectKind: z.enum(['person', 'agency']),
    userId: z.uuid().nullable(),
    subject: z.string(),
    issuer: z.string(),
    serial: z.string(),
    fingerprint: z.string(),
    startsAt: instant(),
    endsAt: instant(),
    state: z
      .enum(['not_yet_valid', 'in_use', 'renewal_due', 'expired'])
      .describe('By its period; to be renewed from 60 days before its end'),
    warnings: z
      .array(z.enum(HOLDER_DIFFERENCES))
      .describe('Differences between the certificate and the directory as it is now; with any, it signs no more'),
  })
  .meta({ id: 'Certificate' });

export const CertificateQuery = z.object({ ...pageQuery, subjectKind: z.enum(['person', 'agency']).optional() });
