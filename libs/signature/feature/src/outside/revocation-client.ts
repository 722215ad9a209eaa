import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';
import { CertificateList, OcspResponse, ocspRequest } from '@qlvb/x509';
import type { Certificate, RevocationEvidence } from '@qlvb/x509';
import { SIGNATURE_SETTINGS } from '../signature.settings.ts';
import type { SignatureSettings } from '../signature.settings.ts';
import { fetchBytes } from './fetch-bytes.ts';

const LIST_FRESH_MS = 60_000;
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Gets the status of certificates from their authorities. An address in a certificate is followed only to origins that
 * the operator named: a file from outside must not make this service call somebody.
 *
 * @source ATT-40
 */
@Injectable()
export class RevocationClient {
  readonly #origins: ReadonlySet<string>;
  readonly #logger: Logger;
  readonly #lists = new Map<string, { readonly at: number; readonly list: CertificateList }>();

  constructor(@Inject(SIGNATURE_SETTINGS) settings: SignatureSettings, @Inject(LOGGER) logger: Logger) {
    this.#origins = new Set(settings.revocationOrigins.map((url) => new URL(url).origin));
    this.#logger = logger;
  }

  /** @param paths from the end entity to the anchor; what cannot be had is left out, and then the status is unknown */
  async evidence(paths: readonly (readonly Certificate[])[]): Promise<RevocationEvidence> {
    const ocspResponses: OcspResponse[] = [];
    const lists = new Map<string, CertificateList>();
    for (const path of paths) {
      for (const [index, certificate] of path.entries()) {
        const issuer = path[index + 1];
        if (!issuer) continue;
        const answer = await this.#ocsp(certificate, issuer);
        if (answer) ocspResponses.push(answer);
        for (const url of certificate.crlUrls) {
          const list = lists.get(url) ?? (await this.#list(url));
          if (list) lists.set(url, list);
        }
      }
    }
    return { ocspResponses, crls: [...lists.values()] };
  }

  async #ocsp(certificate: Certificate, issuer: Certificate): Promise<OcspResponse | undefined> {
    const url = certificate.ocspUrls.find((candidate) => this.#allowed(candidate));
    if (!url) return undefined;
    try {
      const body = ocspRequest(certificate, issuer, randomBytes(16));
      return OcspResponse.parse(await fetchBytes(url, MAX_ANSWER_BYTES, { type: 'application/ocsp-request', body }));
    } catch (err) {
      this.#logger.warn({ err, url }, 'no OCSP answer');
      return undefined;
    }
  }

  async #list(url: string): Promise<CertificateList | undefined> {
    if (!this.#allowed(url)) return undefined;
    const known = this.#lists.get(url);
    if (known && Date.now() - known.at < LIST_FRESH_MS) return known.list;
    try {
      const list = CertificateList.parse(await fetchBytes(url, MAX_ANSWER_BYTES));
      this.#lists.set(url, { at: Date.now(), list });
      return list;
    } catch (err) {
      this.#logger.warn({ err, url }, 'no revocation list');
      return undefined;
    }
  }

  #allowed(url: string): boolean {
    return URL.canParse(url) && this.#origins.has(new URL(url).origin);
  }
}
