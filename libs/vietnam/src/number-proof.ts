import { createHash, createHmac, scrypt } from 'node:crypto';

/** About 40 ms and 16 MiB: whoever got hold of the key would still have to try every number for every single person. */
const WORK = { N: 2 ** 14, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
const PROOF_BYTES = 32;

/** The key under which proofs of citizen numbers are made; `id` names it and tells nothing of it. */
export interface NumberProofKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * @param encoded 32 bytes in base64url
 * @throws Error when it has another length
 */
export function numberProofKey(encoded: string): NumberProofKey {
  const bytes = Buffer.from(encoded, 'base64url');
  if (bytes.length !== KEY_BYTES) throw new Error('the key of number proofs must be 32 bytes');
  const id = createHash('sha256').update('number-proof').update(bytes).digest('hex').slice(0, 16);
  return { id, bytes };
}

/**
 * What shows that a citizen number is this person's to somebody who has the number, and without the key tells nobody anything.
 * Proofs of one number for two persons have nothing in common.
 *
 * @param number 12 digits
 * @returns 43 characters of base64url
 * @source CID-20
 */
export function numberProof(key: NumberProofKey, userId: string, number: string): Promise<string> {
  const salt = createHmac('sha256', key.bytes).update(userId).digest();
  return new Promise((resolve, reject) => {
    scrypt(number, salt, PROOF_BYTES, WORK, (error, proof) => {
      if (error) reject(error);
      else resolve(proof.toString('base64url'));
    });
  });
}
