import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';
import { readTimeStamp, timeStampRequest, tokenOfResponse, validateTimeStamp } from '@qlvb/x509';
import type { TrustStore } from '@qlvb/x509';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import { SIGNATURE_SETTINGS, TRUST_STORE } from '../signature.settings.ts';
import type { SignatureSettings } from '../signature.settings.ts';
import { fetchBytes } from './fetch-bytes.ts';
import { RevocationClient } from './revocation-client.ts';

const MAX_ANSWER_BYTES = 64 * 1024;

/** RFC 3161 time stamps over signature values. @source PR-10 */
@Injectable()
export class TimeStampClient {
  readonly #url: string | undefined;

  constructor(
    @Inject(SIGNATURE_SETTINGS) settings: SignatureSettings,
    @Inject(TRUST_STORE) private readonly trust: TrustStore,
    @Inject(RevocationClient) private readonly revocation: RevocationClient,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#url = settings.tsaUrl;
  }

  /**
   * @returns undefined when no authority is configured, it does not answer, or its stamp proves nothing: the level is then
   *   B-B, and shown
   */
  async stamp(signatureValue: Uint8Array): Promise<Uint8Array | undefined> {
    if (!this.#url) return undefined;
    try {
      const nonce = BigInt(`0x${randomBytes(8).toString('hex')}`);
      const body = timeStampRequest(signatureValue, nonce);
      const answer = await fetchBytes(this.#url, MAX_ANSWER_BYTES, { type: 'application/timestamp-query', body });
      const token = tokenOfResponse(answer, signatureValue, nonce);
      const doubt = await this.#doubt(token);
      if (!doubt) return token;
      this.logger.warn({ doubt }, 'a time stamp that proves nothing');
      return undefined;
    } catch (err) {
      this.logger.warn({ err }, 'no time stamp');
      return undefined;
    }
  }
  /** Why the stamp would not count at verification. @source VN-44 */
  async #doubt(token: Uint8Array): Promise<string | undefined> {
    const stamp = readTimeStamp(token);
    if (!stamp.isIntact) return 'not intact';
    const options = { trust: this.trust, now: this.clock.now() };
    const { path } = validateTimeStamp(stamp, { ...options, revocation: 'ignore' });
    const evidence = await this.revocation.evidence([path]);
    const { faults } = validateTimeStamp(stamp, { ...options, evidence, revocation: 'require' });
    return stamp.weakness ?? (faults.map(({ code }) => code).join(', ') || undefined);
  }
}
