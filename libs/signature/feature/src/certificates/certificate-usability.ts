import { Inject, Injectable } from '@nestjs/common';
import { CERTIFICATE_REASONS } from '@qlvb/contracts';
import type { Label } from '@qlvb/contracts';
import { maySignDocuments, signerKindOf } from '@qlvb/pdf-signature';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import { CertificateUnusable, RevocationUnknown } from '@qlvb/signature-domain';
import { Certificate, validatePath } from '@qlvb/x509';
import type { TrustStore } from '@qlvb/x509';
import { RevocationClient } from '../authorities/revocation-client.ts';
import type { CertificateEntity } from '../entities.ts';
import { TRUST_STORE } from '../signature.settings.ts';

/** Whether a certificate can sign documents now, as its authorities say. */
@Injectable()
export class CertificateUsability {
  constructor(
    @Inject(TRUST_STORE) private readonly trust: TrustStore,
    @Inject(RevocationClient) private readonly revocation: RevocationClient,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Why a certificate cannot sign documents at an instant; undefined when it can. @source VN-30 */
  #unusable(
    certificate: Certificate,
    chain: readonly Certificate[],
    kind: 'person' | 'agency',
    at: Date,
  ): Label | undefined {
    if (certificate.notBefore > at || certificate.notAfter < at) return CERTIFICATE_REASONS['not-valid-now'];
    if (!maySignDocuments(certificate)) return CERTIFICATE_REASONS['not-for-documents'];
    if (signerKindOf(certificate) !== kind)
      return CERTIFICATE_REASONS[kind === 'person' ? 'not-of-a-person' : 'not-of-an-agency'];
    const { path, faults } = validatePath(certificate, {
      trust: this.trust,
      at,
      offered: chain,
      revocation: 'ignore',
    });
    if (path.length === 0 || faults.length > 0) return CERTIFICATE_REASONS['not-trusted'];
    return undefined;
  }

  /**
   * Asked before every preparation and again before embedding: a revocation in between stops the signature.
   *
   * @throws CertificateUnusable, RevocationUnknown
   * @source VN-30
   * @source VN-51
   */
  async assertUsable(holder: Pick<CertificateEntity, 'der' | 'chain' | 'subjectKind'>): Promise<void> {
    const certificate = Certificate.parse(holder.der);
    const chain = holder.chain.map((der) => Certificate.parse(der));
    const at = this.clock.now();
    const reason = this.#unusable(certificate, chain, holder.subjectKind, at);
    if (reason) throw CertificateUnusable({ reason });
    const options = { trust: this.trust, at, offered: chain };
    const { path } = validatePath(certificate, { ...options, revocation: 'ignore' });
    const evidence = await this.revocation.evidence([path]);
    const { revocation } = validatePath(certificate, { ...options, evidence, revocation: 'require' });
    if (revocation.some(({ status }) => status === 'revoked')) {
      throw CertificateUnusable({ reason: CERTIFICATE_REASONS.revoked });
    }
    if (revocation.some(({ status }) => status === 'unknown')) throw RevocationUnknown();
  }
}
