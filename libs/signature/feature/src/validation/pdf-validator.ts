import { Inject, Injectable } from '@nestjs/common';
import { Semaphore, WorkFailed } from '@qlvb/limited-process';
import { VERIFICATION_LIMITS, verifyPdfSignatures, verifyPdfSignaturesApart } from '@qlvb/pdf-signature';
import type { Integrity, SignerKind, VerificationReport } from '@qlvb/pdf-signature';
import { LOGGER } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';
import { agencyCodeIn } from '@qlvb/signature-domain';
import { OID } from '@qlvb/x509';
import type { TrustStore } from '@qlvb/x509';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import { RevocationClient } from '../authorities/revocation-client.ts';
import { TRUST_STORE } from '../signature.settings.ts';

/** Files from outside that are verified at once, each in a process of up to 512 MiB. @source VER-07 */
const AT_ONCE = 4;
/** More agencies than ever signed one document. */
const MAX_CODES = 100;
/** A name in a certificate; what is longer is cut. */
const MAX_NAME = 300;
/** An agency code has at most 35 characters (AGC-01); what is longer is none. */
const MAX_CODE_LENGTH = 60;
/** For what this service has just made itself, in the process itself. */
const OWN_LIMITS = { milliseconds: 10_000 };

/** Verifies PDFs against the trust store, with the status their authorities give now. */
@Injectable()
export class PdfValidator {
  readonly #semaphore = new Semaphore(AT_ONCE);

  constructor(
    @Inject(TRUST_STORE) private readonly trust: TrustStore,
    @Inject(RevocationClient) private readonly revocation: RevocationClient,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The options under which this service judges a file of its own now. */
  async options(pdf: Uint8Array): Promise<Parameters<typeof verifyPdfSignatures>[1]> {
    const at = this.clock.now();
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
  async verify(pdf: Uint8Array, signal?: AbortSignal): Promise<VerificationReport> {
    try {
      return await this.#semaphore.run(() =>
        verifyPdfSignaturesApart(
          pdf,
          {
            trust: this.trust,
            at: this.clock.now(),
            evidence: (paths) => this.revocation.evidence(paths),
          },
          { ...VERIFICATION_LIMITS, signal },
        ),
      );
    } catch (err) {
      if (!(err instanceof WorkFailed)) throw err;
      this.logger.error({ err }, 'the verifier failed on a file');
      return { legal: 'none', signatures: [], findings: [{ code: 'file-unreadable', detail: String(err) }] };
    }
  }
}

/** What a whole file is known to be: its bytes as signed, or why that cannot be said. */
export type FileIntegrity = Integrity | 'unsigned' | 'unreadable';

/**
 * What was shown of the bytes of a file: intact is what every signature proves, never what nothing speaks against.
 *
 * @source QĐ28-A9-1
 */
export function integrityOf({ signatures, findings }: VerificationReport): FileIntegrity {
  if (findings.some(({ code }) => code === 'file-unreadable' || code === 'limit-exceeded')) return 'unreadable';
  if (signatures.length === 0) return findings.length === 0 ? 'unsigned' : 'unknown';
  if (signatures.some(({ integrity }) => integrity === 'broken')) return 'broken';
  return signatures.every(({ integrity }) => integrity === 'proven') ? 'proven' : 'unknown';
}

/** Name of the person whose signature the agency's completes. @source VN-05 */
export const signerNameOf = ({ completedField, signatures }: VerificationReport): string | undefined =>
  signatures
    .find(({ fieldName }) => fieldName === completedField)
    ?.signer?.subject.get(OID.commonName)
    ?.slice(0, MAX_NAME);

/** The agencies whose signatures are on the file, by the codes in their certificates. @source VN-05 */
export const agencyCodesOf = (report: VerificationReport): string[] =>
  report.signatures
    .filter(({ signerKind }) => signerKind === 'agency')
    .map(({ signer }) => agencyCodeIn(signer?.subject.get(OID.userId)))
    .filter((code): code is string => code !== undefined && code.length <= MAX_CODE_LENGTH)
    .slice(0, MAX_CODES);

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
