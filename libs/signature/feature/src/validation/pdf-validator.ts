import { Inject, Injectable } from '@nestjs/common';
import { FINDINGS, verifyPdfSignatures } from '@qlvb/pdf-signature';
import type { VerificationReport } from '@qlvb/pdf-signature';
import { formatInstant } from '@qlvb/platform-http';
import type { TrustStore } from '@qlvb/x509';
import { nameOf } from '../certificates/certificates.service.ts';
import { RevocationClient } from '../outside/revocation-client.ts';
import { TRUST_STORE } from '../signature.settings.ts';

/** Verifies PDFs against the trust store, with the status their authorities give now. */
@Injectable()
export class PdfValidator {
  readonly #trust: TrustStore;
  readonly #revocation: RevocationClient;

  constructor(@Inject(TRUST_STORE) trust: TrustStore, @Inject(RevocationClient) revocation: RevocationClient) {
    this.#trust = trust;
    this.#revocation = revocation;
  }

  /** The options under which this service judges a file now. */
  async options(pdf: Uint8Array): Promise<Parameters<typeof verifyPdfSignatures>[1]> {
    const at = new Date();
    const first = verifyPdfSignatures(pdf, { trust: this.#trust, at, policy: { revocation: 'ignore' } });
    const evidence = await this.#revocation.evidence(first.signatures.map((signature) => signature.path));
    return { trust: this.#trust, at, evidence };
  }

  async verify(pdf: Uint8Array): Promise<VerificationReport> {
    return verifyPdfSignatures(pdf, await this.options(pdf));
  }
}

/** A report as people read it, with everything VN-47 asks for. @source VN-47 */
export function reportView(report: VerificationReport) {
  return {
    legalEffect: report.legal,
    findings: report.findings.map(({ code }) => ({ code, detail: FINDINGS[code].vi })),
    signatures: report.signatures.map((signature) => ({
      field: signature.fieldName,
      verdict: signature.verdict,
      indication: signature.indication,
      level: signature.level ?? null,
      signer: signature.signer ? nameOf(signature.signer) : null,
      signerKind: signature.signerKind,
      issuer: signature.path[1] ? nameOf(signature.path[1]) : null,
      certificateSerial: signature.signer?.serialHex ?? null,
      certificateValidFrom: signature.signer ? formatInstant(signature.signer.notBefore) : null,
      certificateValidTo: signature.signer ? formatInstant(signature.signer.notAfter) : null,
      signingTime: signature.signingTime ? formatInstant(signature.signingTime) : null,
      timeStampTime: signature.timeStampTime ? formatInstant(signature.timeStampTime) : null,
      coversWholeFile: signature.coversWholeFile,
      digestSigned: signature.digests?.signed ?? null,
      digestComputed: signature.digests?.computed ?? null,
      findings: signature.findings.map(({ code }) => ({ code, detail: FINDINGS[code].vi })),
    })),
  };
}

/** Whether all of the file's signatures hold and nothing but what is permitted came after them. */
export const isIntact = (report: VerificationReport): boolean =>
  !report.findings.some(({ code }) => FINDINGS[code].indication === 'FAILED') &&
  report.signatures.every((signature) => signature.indication !== 'FAILED');

export const isAuthentic = (report: VerificationReport): boolean =>
  report.signatures.length > 0 && report.signatures.every((signature) => signature.indication === 'PASSED');
