import { Inject, Injectable } from '@nestjs/common';
import { WorkFailed } from '@qlvb/limited-process';
import { FINDINGS, verifyPdfSignatures, verifyPdfSignaturesApart } from '@qlvb/pdf-signature';
import type { Finding, FindingCode, SignerKind, VerificationReport } from '@qlvb/pdf-signature';
import { formatInstant, LOGGER } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';
import { agencyCodeIn } from '@qlvb/signature-domain';
import { OID } from '@qlvb/x509';
import type { TrustStore } from '@qlvb/x509';
import { nameOf } from '../certificates/certificates.service.ts';
import { RevocationClient } from '../outside/revocation-client.ts';
import { TRUST_STORE } from '../signature.settings.ts';
import { Slots } from './slots.ts';

/** Files from outside that are verified at once, each in a process of up to 512 MiB. @source VER-07 */
const AT_ONCE = 4;
/** More agencies than ever signed one document. */
const MOST_CODES = 100;
/** An agency code has at most 35 characters (AGC-01); what is longer is none. */
const LONGEST_CODE = 60;
/** For what this service has just made itself, in the process itself. */
const OWN_LIMITS = { milliseconds: 10_000 };

/** Verifies PDFs against the trust store, with the status their authorities give now. */
@Injectable()
export class PdfValidator {
  readonly #slots = new Slots(AT_ONCE);

  constructor(
    @Inject(TRUST_STORE) private readonly trust: TrustStore,
    @Inject(RevocationClient) private readonly revocation: RevocationClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The options under which this service judges a file of its own now. */
  async options(pdf: Uint8Array): Promise<Parameters<typeof verifyPdfSignatures>[1]> {
    const at = new Date();
    const first = verifyPdfSignatures(pdf, {
      trust: this.trust,
      at,
      limits: OWN_LIMITS,
      policy: { revocation: 'ignore' },
    });
    const paths = first.signatures.flatMap(({ path, timeStampPath = [] }) => [path, timeStampPath]);
    return { trust: this.trust, at, evidence: await this.revocation.evidence(paths), limits: OWN_LIMITS };
  }

  /**
   * Every file has a result: one that asks for too much has one that says so, and one that makes even the verifier stumble
   * cannot be read, and the fault is logged. Whatever the file is, the service goes on meanwhile.
   *
   * @throws Error when no verification can be had at the moment
   * @source VER-07
   */
  async verify(pdf: Uint8Array): Promise<VerificationReport> {
    try {
      return await this.#slots.run(() =>
        verifyPdfSignaturesApart(pdf, {
          trust: this.trust,
          at: new Date(),
          evidence: (paths) => this.revocation.evidence(paths),
        }),
      );
    } catch (err) {
      if (!(err instanceof WorkFailed)) throw err;
      this.logger.error({ err }, 'the verifier failed on a file');
      return { legal: 'none', signatures: [], findings: [{ code: 'file-unreadable', detail: String(err) }] };
    }
  }
}

const textOf = ({ code }: Finding): { code: string; detail: string } => ({ code, detail: FINDINGS[code].vi });

/** A report as people read it, with everything VN-47 asks for. @source VN-47 */
export function reportView(report: VerificationReport) {
  return {
    legalEffect: report.legal,
    findings: report.findings.map(textOf),
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
      findings: signature.findings.map(textOf),
    })),
  };
}

/** What says that the bytes are not those that were signed, or cannot be read; who signed them is another question. */
const DAMAGE: ReadonlySet<string> = new Set<FindingCode>([
  'byte-range-gap',
  'byte-range-invalid',
  'dictionary-replaced',
  'digest-mismatch',
  'file-unreadable',
  'hidden-objects',
  'limit-exceeded',
  'modified-after-signing',
  'not-end-of-revision',
  'trailing-bytes',
]);

/** Whether the file can be read and is as it was signed. @source QĐ28-A9-1 */
export const isIntact = (report: VerificationReport): boolean =>
  ![...report.findings, ...report.signatures.flatMap(({ findings }) => findings)].some(({ code }) => DAMAGE.has(code));

/** The agencies whose signatures are on the file, by the codes in their certificates. @source VN-05 */
export const agencyCodesOf = (report: VerificationReport): string[] =>
  report.signatures
    .filter(({ signerKind }) => signerKind === 'agency')
    .map(({ signer }) => agencyCodeIn(signer?.subject.get(OID.userId)))
    .filter((code): code is string => code !== undefined && code.length <= LONGEST_CODE)
    .slice(0, MOST_CODES);

/** What the signatures of persons, or of agencies, are worth; undefined when there is none. @source VN-01 */
export function verdictOn(
  kind: SignerKind,
  report: VerificationReport,
): 'valid' | 'invalid' | 'indeterminate' | undefined {
  const found = report.signatures
    .filter((signature) => signature.signerKind === kind)
    .map(({ indication }) => indication);
  if (found.length === 0) return undefined;
  if (found.includes('FAILED')) return 'invalid';
  return found.every((indication) => indication === 'PASSED') ? 'valid' : 'indeterminate';
}

export const isAuthentic = (report: VerificationReport): boolean =>
  report.signatures.length > 0 && report.signatures.every((signature) => signature.indication === 'PASSED');
