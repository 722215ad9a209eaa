import { UnsafeEmbedding } from '../pdf-signature.problems.ts';
import type { SignatureReport } from '../verification/report.ts';
import { verifyPdfSignatures } from '../verification/verify.ts';
import type { VerificationOptions } from '../verification/verify.ts';

export interface EmbeddingCheck {
  /** The file before this signature. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly fieldName: string;
  readonly level: 'B-B' | 'B-T';
  readonly options: VerificationOptions;
}

/**
 * The check every signed file passes before it becomes a version: earlier bytes are an exact prefix, earlier signatures have
 * the verdict they had, the new one holds, covers the whole file and has the level asked for.
 *
 * @returns the report of the new signature
 * @throws UnsafeEmbedding
 * @source PR-12, VN-36
 */
export function assertSafeEmbedding({ before, after, fieldName, level, options }: EmbeddingCheck): SignatureReport {
  const isPrefix = after.length > before.length && Buffer.compare(after.subarray(0, before.length), before) === 0;
  if (!isPrefix) throw UnsafeEmbedding({ fault: 'earlier bytes changed' });
  const earlier = verifyPdfSignatures(before, options).signatures;
  const now = verifyPdfSignatures(after, options).signatures;
  for (const signature of earlier) {
    const same = now.find((candidate) => candidate.fieldName === signature.fieldName);
    if (same?.indication !== signature.indication) {
      throw UnsafeEmbedding({
        fault: `signature ${signature.fieldName} would become ${same?.indication ?? 'missing'}`,
      });
    }
  }
  const added = now.find((candidate) => candidate.fieldName === fieldName);
  if (!added || now.length !== earlier.length + 1) throw UnsafeEmbedding({ fault: 'not exactly one new signature' });
  const codes = added.findings.map(({ code }) => code).join(', ');
  if (added.indication !== 'PASSED') throw UnsafeEmbedding({ fault: `${added.indication}: ${codes}` });
  if (!added.coversWholeFile || added.level !== level) throw UnsafeEmbedding({ fault: 'coverage or level' });
  return added;
}
