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
  readonly #lists = new Map<string, { readonly at: number; readonly list: CertificateList }>();

  constructor(
    @Inject(SIGNATURE_SETTINGS) settings: SignatureSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#origins = new Set(settings.revocationOrigins.map((url) => new URL(url).origin));
  }

  /** @param paths from the end entity to the anchor; what cannot be had is left out, and then the status is unknown */
  async evidence(paths: readonly (readonly Certificate[])[]): Promise<RevocationEvidence> {
    const pairs = paths.flatMap((path) =>
      path.slice(0, -1).map((certificate, index) => ({ certificate, issuer: path[index + 1] as Certificate })),
    );
    const subjects = [...new Map(pairs.map((pair) => [pair.certificate.fingerprint, pair])).values()];
    const urls = [...new Set(subjects.flatMap(({ certificate }) => certificate.crlUrls))];
    const [responses, lists] = await Promise.all([
      Promise.all(subjects.map(({ certificate, issuer }) => this.#ocsp(certificate, issuer))),
      Promise.all(urls.map((url) => this.#list(url))),
    ]);
    return {
      ocspResponses: responses.filter((response) => response !== undefined),
      crls: lists.filter((list) => list !== undefined),
    };
  }

  async #ocsp(certificate: Certificate, issuer: Certificate): Promise<OcspResponse | undefined> {
    const url = certificate.ocspUrls.find((candidate) => this.#allowed(candidate));
    if (!url) return undefined;
    try {
      const body = ocspRequest(certificate, issuer, randomBytes(16));
      return OcspResponse.parse(await fetchBytes(url, MAX_ANSWER_BYTES, { type: 'application/ocsp-request', body }));
    } catch (err) {
      this.logger.warn({ err, url }, 'no OCSP answer');
      return undefined;
    }
  }

  async #list(url: string): Promise<CertificateList | undefined> {
    if (!this.#allowed(url)) return undefined;
    const known = this.#lists.get(url);
    if (known && performance.now() - known.at < LIST_FRESH_MS) return known.list;
    try {
      const list = CertificateList.parse(await fetchBytes(url, MAX_ANSWER_BYTES));
      this.#lists.set(url, { at: performance.now(), list });
      return list;
    } catch (err) {
      this.logger.warn({ err, url }, 'no revocation list');
      return undefined;
    }
  }

  #allowed(url: string): boolean {
    return URL.canParse(url) && this.#origins.has(new URL(url).origin);
  }
}
