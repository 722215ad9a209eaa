import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_SETTINGS } from './identity.settings.ts';
import type { IdentitySettings } from './identity.settings.ts';

/**
 * Keeps citizen numbers and private keys unreadable in the database: AES-256-GCM with a key from outside it, and a keyed
 * index by another key for look-up.
 *
 * @source CID-20
 * @source CID-23
 */
@Injectable()
export class Vault {
  readonly #key: Buffer;
  readonly #indexKey: Buffer;

  constructor(@Inject(IDENTITY_SETTINGS) settings: IdentitySettings) {
    this.#key = Buffer.from(settings.cccdKey.reveal(), 'base64url');
    this.#indexKey = Buffer.from(settings.cccdIndexKey.reveal(), 'base64url');
    if (this.#key.length !== 32 || this.#indexKey.length !== 32) throw new Error('identity keys must be 32 bytes each');
  }

  /** @param bound what the sealed text belongs to: it opens nowhere else */
  seal(text: string, bound: string): Buffer {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(bound));
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  }

  open(sealed: Buffer, bound: string): string {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, 12))
      .setAAD(Buffer.from(bound))
      .setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8');
  }

  /** What logs may say of a number: it groups lines and cannot be tried out without the key. @source CID-24 */
  shortIndex(index: Buffer): string {
    return index.toString('hex').slice(0, 16);
  }

  /** Bodies hold numbers: their digests are stored keyed, too. @source CID-24 */
  get fingerprintKey(): Buffer {
    return createHmac('sha256', this.#indexKey).update('fingerprint').digest();
  }

  index(number: string): Buffer {
    return createHmac('sha256', this.#indexKey).update(number).digest();
  }
}
