import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';
import { timeStampRequest, tokenOfResponse } from '@qlvb/x509';
import { SIGNATURE_SETTINGS } from '../signature.settings.ts';
import type { SignatureSettings } from '../signature.settings.ts';
import { fetchBytes } from './fetch-bytes.ts';

const MAX_ANSWER_BYTES = 64 * 1024;

/** RFC 3161 time stamps over signature values. @source PR-10 */
@Injectable()
export class TimeStampClient {
  readonly #url: string | undefined;
  readonly #logger: Logger;

  constructor(@Inject(SIGNATURE_SETTINGS) settings: SignatureSettings, @Inject(LOGGER) logger: Logger) {
    this.#url = settings.tsaUrl;
    this.#logger = logger;
  }

  /** @returns undefined when no authority is configured or it does not answer: the level is then B-B, and shown */
  async stamp(signatureValue: Uint8Array): Promise<Uint8Array | undefined> {
    if (!this.#url) return undefined;
    try {
      const nonce = BigInt(`0x${randomBytes(8).toString('hex')}`);
      const body = timeStampRequest(signatureValue, nonce);
      const answer = await fetchBytes(this.#url, MAX_ANSWER_BYTES, { type: 'application/timestamp-query', body });
      return tokenOfResponse(answer, signatureValue, nonce);
    } catch (err) {
      this.#logger.warn({ err }, 'no time stamp');
      return undefined;
    }
  }
}
