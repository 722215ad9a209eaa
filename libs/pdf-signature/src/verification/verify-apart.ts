import { LimitedProcess, programBeside, LimitExceeded } from '@qlvb/limited-process';
import type { ProcessLimits } from '@qlvb/limited-process';
import type { Certificate, RevocationEvidence } from '@qlvb/x509';
import { bytesOf, unpackCertificates, unpackReport } from './crossing.ts';
import type { EvidenceBytes, PackedReport, PathBytes, VerificationOrder } from './crossing.ts';
import type { VerificationReport } from './report.ts';
import type { VerificationOptions } from './verify.ts';

export interface SeparateVerification extends Omit<VerificationOptions, 'evidence'> {
  /** Asked once, with every path of the file that needs a status. */
  readonly evidence: (paths: readonly (readonly Certificate[])[]) => Promise<RevocationEvidence>;
}

/** @source VER-07 */
export const VERIFICATION_LIMITS: ProcessLimits = { milliseconds: 30_000, memoryBytes: 512 * 2 ** 20 };

/**
 * Verifies a file from outside in a process of its own: whatever is in it, this one goes on with its work. A file that asks
 * for too much has a report that says so.
 *
 * @throws what `evidence` throws; WorkFailed when the file makes the verifier itself stumble; Error when the process cannot be had
 * @source VER-07
 */
export async function verifyPdfSignaturesApart(
  pdf: Uint8Array,
  { trust, evidence, ...options }: SeparateVerification,
  limits: ProcessLimits = VERIFICATION_LIMITS,
): Promise<VerificationReport> {
  const verifier = new LimitedProcess(programBeside('./verification.worker', import.meta.url), limits);
  const order: VerificationOrder = {
    ...options,
    pdf,
    anchors: trust.anchors.map(bytesOf),
    intermediates: (trust.intermediates ?? []).map(bytesOf),
  };
  try {
    const paths = await verifier.ask<PathBytes>(order);
    const { ocspResponses, crls } = await evidence(paths.map(unpackCertificates));
    const found: EvidenceBytes = { ocspResponses: ocspResponses.map(bytesOf), crls: crls.map(bytesOf) };
    return unpackReport(await verifier.ask<PackedReport>(found));
  } catch (error) {
    if (!(error instanceof LimitExceeded)) throw error;
    return { legal: 'none', signatures: [], findings: [{ code: 'limit-exceeded', detail: error.message }] };
  } finally {
    await verifier.end();
  }
}
