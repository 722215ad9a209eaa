import { z } from 'zod';
import { defineEvent } from '../event.ts';
import { fileRef, id, instant, sample, shortText } from '../shapes.ts';

const topic = 'signature.document';
const key = (data: { documentId: string }): string => data.documentId;

export const DocumentSigned = defineEvent({
  type: 'signature.document.signed.v1',
  topic,
  summary: 'A signature was embedded into a file of an outgoing document and verified after embedding.',
  data: z.object({
    documentId: id,
    sessionId: id,
    signatureKind: z.enum(['personal', 'agency']),
    signerUserId: id,
    /** Every file as it now is; the signed ones have new bytes. */
    files: z.array(fileRef).min(1),
    level: z.enum(['B-B', 'B-T']),
    certificateSerial: z.string().max(80),
    certificateSubject: shortText,
    signedAt: instant,
    /** Version of the draft that was signed, as `checked` told it. */
    draftVersion: z.int().positive().optional(),
    /** Of the files that were signed, the ids they had before. */
    signedFileIds: z.array(id).optional(),
    /** Pages of the main file. */
    pageCount: z.int().positive().optional(),
  }),
  key,
  example: {
    documentId: sample.id(1),
    sessionId: sample.id(6),
    signatureKind: 'personal',
    signerUserId: sample.id(800),
    files: [sample.file],
    level: 'B-T',
    certificateSerial: '4f2a',
    certificateSubject: 'CN=Nguyễn Văn An',
    signedAt: sample.at,
  },
});

export const ValidationCompleted = defineEvent({
  type: 'signature.validation.completed.v1',
  topic,
  summary: 'The signatures of an arrived document were validated.',
  data: z.object({
    documentId: id,
    validationId: id,
    validatedAt: instant,
    files: z.array(
      z.object({
        fileId: id,
        /** The report of this file; the event's own is that of the main file. */
        validationId: id.optional(),
        /** VN-01. */
        legalEffect: z.enum(['complete', 'person_only', 'agency_only', 'none']),
        intact: z.boolean(),
        /** What was shown of the bytes; `proven` only where every signature's digest was compared and its value verified. */
        integrity: z.enum(['proven', 'broken', 'unknown', 'unsigned', 'unreadable']).optional(),
        /** Name in the certificate of the person whose signature, with the agency's over it, makes the original (VN-05). */
        signerName: z.string().max(300).optional(),
        /** Whether that person is the one of the sending agency, by citizen number; `not_kept`: it keeps no accounts here (VN-05). */
        signerIdentity: z
          .enum(['confirmed', 'another', 'unproven', 'not_kept'])
          .optional()
          .describe('Whether the signer is the person of the sending agency, by citizen number'),
        authentic: z.boolean(),
        /** What the signature of a person, of an agency is worth; absent when there is none. */
        personal: z.enum(['valid', 'invalid', 'indeterminate']).optional(),
        agency: z.enum(['valid', 'invalid', 'indeterminate']).optional(),
        /** Codes of the agencies whose signatures these are, as their certificates name them (VN-05). */
        agencyCodes: z.array(z.string().max(60)).max(100).optional(),
        findings: z.array(z.string().max(200)),
      }),
    ),
  }),
  key,
  example: {
    documentId: sample.id(2),
    validationId: sample.id(7),
    validatedAt: sample.at,
    files: [{ fileId: sample.id(900), legalEffect: 'complete', intact: true, authentic: true, findings: [] }],
  },
});
