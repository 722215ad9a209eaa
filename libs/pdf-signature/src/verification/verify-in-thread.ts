import { LimitedThread, threadProgram, ThreadLimitExceeded } from '@qlvb/limited-thread';
import type { ThreadLimits } from '@qlvb/limited-thread';
import type { Certificate, RevocationEvidence } from '@qlvb/x509';
import { bytesOf, unpackCertificates, unpackReport } from './crossing.ts';
import type { EvidenceBytes, PackedReport, PathBytes, VerificationOrder } from './crossing.ts';
import type { VerificationReport } from './report.ts';
import type { VerificationOptions } from './verify.ts';

export interface ThreadedVerification extends Omit<VerificationOptions, 'evidence'> {
  /** Asked once, with every path of the file that needs a status. */
  readonly evidence: (paths: readonly (readonly Certificate[])[]) => Promise<RevocationEvidence>;
}

/** @source VER-07 */
export const VERIFICATION_THREAD_LIMITS: ThreadLimits = { milliseconds: 30_000, heapBytes: 512 * 2 ** 20 };

/**
 * Verifies a file from outside in a thread of its own: whatever is in it, the process goes on with its work. A file that asks
 * for too much has a report that says so.
 *
 * @throws what `evidence` throws
 * @source VER-07
 */
export async function verifyPdfSignaturesInThread(
  pdf: Uint8Array,
  { trust, evidence, ...options }: ThreadedVerification,
  limits: ThreadLimits = VERIFICATION_THREAD_LIMITS,
): Promise<VerificationReport> {
  const thread = new LimitedThread(threadProgram('./verification.worker', import.meta.url), limits);
  const order: VerificationOrder = {
    ...options,
    pdf,
    anchors: trust.anchors.map(bytesOf),
    intermediates: (trust.intermediates ?? []).map(bytesOf),
  };
  try {
    const paths = await thread.ask<PathBytes>(order);
    const { ocspResponses, crls } = await evidence(paths.map(unpackCertificates));
    const found: EvidenceBytes = { ocspResponses: ocspResponses.map(bytesOf), crls: crls.map(bytesOf) };
    return unpackReport(await thread.ask<PackedReport>(found));
  } catch (error) {
    if (!(error instanceof ThreadLimitExceeded)) throw error;
    return { legal: 'none', signatures: [], findings: [{ code: 'limit-exceeded', detail: error.message }] };
  } finally {
    await thread.end();
  }
}
