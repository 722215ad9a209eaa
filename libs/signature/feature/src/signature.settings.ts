import { readFileSync } from 'node:fs';
import { secret } from '@qlvb/platform-config';
import { Certificate } from '@qlvb/x509';
import type { TrustStore } from '@qlvb/x509';
import { z } from 'zod';

export const signatureSettings = {
  /** 32 bytes in base64url, the same as identity's: proofs of citizen numbers. @source VN-05 */
  holderKey: secret({ minLength: 43 }),
  /** PEM file of the roots that are trusted. @source VN-34 */
  trustStoreFile: z.string().min(1),
  /** RFC 3161 time-stamping authority; without it signatures are of level B-B. @source VN-35 */
  tsaUrl: z.url().optional(),
  /** Origins from which revocation status may be fetched; an address in a certificate is not believed by itself. */
  revocationOrigins: z.array(z.url()).readonly().default([]),
  sealDiameterMm: z.number().min(20).max(50).default(36),
};
export type SignatureSettings = Readonly<z.output<z.ZodObject<typeof signatureSettings>>>;
export const SIGNATURE_SETTINGS = Symbol('signature settings');
export const TRUST_STORE = Symbol('trust store');

/** @throws Error when the file holds no certificate */
export function loadTrustStore(file: string): TrustStore {
  const anchors = Certificate.parsePem(readFileSync(file, 'utf8'));
  if (anchors.length === 0) throw new Error(`no certificate in the trust store ${file}`);
  return { anchors, intermediates: [] };
}
