import { instant } from '@qlvb/platform-http';
import { shownState } from '@qlvb/signature-domain';
import { z } from 'zod';
import type { SignableDocument, SigningSession } from '../entities.ts';

export const SessionInput = z
  .object({ documentId: z.uuid(), signatureKind: z.enum(['personal', 'agency']), certificateId: z.uuid() })
  .meta({ id: 'SigningSessionInput' });

export const SessionView = z
  .object({
    sessionId: z.uuid(),
    documentId: z.uuid(),
    signatureKind: z.enum(['personal', 'agency']),
    state: z.enum(['open', 'expired', 'completed', 'replaced']),
    expiresAt: instant(),
    documentSubject: z.string(),
    documentCode: z.string().nullable(),
    toSign: z.array(
      z.object({
        fileId: z.uuid(),
        fileName: z.string(),
        algorithm: z.literal('SHA-256'),
        signedAttributes: z.string().describe('Signed attributes, DER in base64: what the device signs'),
        digest: z.string().describe('SHA-256 of the signed attributes, base64'),
      }),
    ),
    files: z
      .array(z.object({ fileId: z.uuid(), name: z.string(), sizeBytes: z.int(), sha256: z.string() }))
      .describe('Files of the document after signing; empty until all are signed'),
    level: z
      .enum(['B-B', 'B-T'])
      .nullable()
      .describe('B-T with a time stamp, B-B where none could be had; null until all are signed'),
    completedAt: instant().nullable(),
  })
  .meta({ id: 'SigningSession' });
export type SessionAnswer = z.input<typeof SessionView>;

const base64 = z
  .string()
  .min(4)
  .max(2000)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/);

export const SignaturesInput = z
  .object({
    values: z
      .array(z.object({ fileId: z.uuid(), signature: base64 }))
      .min(1)
      .max(60),
  })
  .meta({ id: 'SignatureValues' });

export const sessionView = (session: SigningSession, document: SignableDocument, now: Date): SessionAnswer => ({
  sessionId: session.id,
  documentId: session.documentId,
  signatureKind: session.signatureKind,
  state: shownState(session, now),
  expiresAt: session.expiresAt,
  documentSubject: document.subject,
  documentCode: document.documentCode,
  toSign: session.files.map(({ fileId, name, signedAttributes, digest }) => ({
    fileId,
    fileName: name,
    algorithm: 'SHA-256' as const,
    signedAttributes,
    digest,
  })),
  files: (session.signedFiles ?? []).map(({ fileId, name, sizeBytes, sha256 }) => ({
    fileId,
    name,
    sizeBytes,
    sha256,
  })),
  level: session.level,
  completedAt: session.completedAt,
});
