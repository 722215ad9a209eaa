import {
  readTimeStamp,
  MalformedDer,
  MalformedStructure,
  UnsupportedAlgorithm,
  validatePath,
  validateTimeStamp,
} from '@qlvb/x509';
import type { PathFault, PathResult, RevocationEvidence, TimeStamp, TrustStore } from '@qlvb/x509';
import {
  Budget,
  DEFAULT_LIMITS,
  EncryptedPdf,
  formFields,
  MalformedPdf,
  PdfDocument,
  PdfName,
  PdfString,
  PdfTooComplex,
  readDate,
} from '@qlvb/pdf';
import type { FormField, PdfDict, PdfLimits } from '@qlvb/pdf';
import { checkCms } from './cms-checks.ts';
import type { CheckedCms } from './cms-checks.ts';
import { legalState, settleLaterChanges } from './legal.ts';
import { conclude } from './report.ts';
import type { Finding, FindingCode, SignatureReport, VerificationReport } from './report.ts';
import { locksOf } from './locks.ts';
import { changesSince } from './revisions.ts';
import type { ModificationPolicy } from './revisions.ts';
import { maySignDocuments, signerKindOf } from './signer-kind.ts';
import { locateSignature } from './structure.ts';
import type { LocatedSignature } from './structure.ts';
import { tailFindings, unlistedObjects } from './tail.ts';

/** The rules a verification follows; chosen by the signing time where rules change over the years (VN-00). */
export interface VerificationPolicy extends ModificationPolicy {
  /** A signature without a time stamp is not enough. @source VN-35 */
  readonly requireTimeStamp: boolean;
  /** `ignore` only where no status can be had at all, such as a check before the network is there. */
  readonly revocation: 'require' | 'ignore';
}

/** Documents of the system: status must be known, number and date may come after the person's signature. */
export const DEFAULT_POLICY: VerificationPolicy = {
  requireTimeStamp: false,
  revocation: 'require',
  fillableFields: ['SoVanBan', 'NgayBanHanh'],
};

export interface VerificationOptions {
  readonly trust: TrustStore;
  /** The verifier's clock: the control time of signatures without a valid time stamp. */
  readonly at: Date;
  readonly evidence?: RevocationEvidence;
  readonly policy?: Partial<VerificationPolicy>;
  readonly limits?: Partial<PdfLimits>;
}

/**
 * Verifies every signature of a PDF and says what they make of the document. Never throws for what is in the file: a file that
 * cannot be read, or that asks for too much, is a finding.
 *
 * @source VER-01, VER-02, VER-05, VER-07, VER-08, VN-01, VN-47, VN-48
 */
export function verifyPdfSignatures(pdf: Uint8Array, options: VerificationOptions): VerificationReport {
  try {
    return new Verification(pdf, options).run();
  } catch (error) {
    const code: FindingCode | undefined = PdfTooComplex.is(error)
      ? 'limit-exceeded'
      : MalformedPdf.is(error) || EncryptedPdf.is(error)
        ? 'file-unreadable'
        : undefined;
    if (!code) throw error;
    return { legal: 'none', signatures: [], findings: [{ code, detail: (error as Error).message }] };
  }
}

const SUB_FILTERS: ReadonlySet<string> = new Set(['ETSI.CAdES.detached', 'adbe.pkcs7.detached']);

class Verification {
  readonly #document: PdfDocument;
  readonly #options: VerificationOptions;
  readonly #policy: VerificationPolicy;

  constructor(pdf: Uint8Array, options: VerificationOptions) {
    this.#document = new PdfDocument(pdf, new Budget({ ...DEFAULT_LIMITS, ...options.limits }));
    this.#options = options;
    this.#policy = { ...DEFAULT_POLICY, ...options.policy };
  }

  run(): VerificationReport {
    const fields = formFields(this.#document).filter((field) => field.type === 'Sig' && field.value !== null);
    if (fields.length > this.#document.budget.limits.signatures) throw PdfTooComplex({ limit: 'signatures' });
    const located = fields.map((field) => ({ field, found: locateSignature(this.#document, field) }));
    const ends = located.flatMap(({ found }) => ('code' in found ? [] : [found.end]));
    const unlisted = ends.length > 0 ? unlistedObjects(this.#document, Math.min(...ends)) : [];
    const reports = located.map(({ field, found }) =>
      'code' in found ? this.#unlocated(field, found) : this.#report(found, unlisted),
    );
    const inOrder = reports.sort((a, b) => endOf(a) - endOf(b));
    const signatures = settleLaterChanges(inOrder);
    return { ...legalState(signatures), signatures, findings: this.#orphans(fields.length) };
  }

  /** Signature dictionaries that stand in the file but in no field are shown, never counted. */
  #orphans(known: number): readonly Finding[] {
    const text = Buffer.from(
      this.#document.bytes.buffer,
      this.#document.bytes.byteOffset,
      this.#document.bytes.byteLength,
    );
    let count = 0;
    for (let at = text.indexOf('/ByteRange'); at >= 0; at = text.indexOf('/ByteRange', at + 1)) count += 1;
    return count > known ? [{ code: 'orphan-signature', detail: `${count - known}` }] : [];
  }

  #unlocated(field: FormField, finding: Finding): SignatureReport {
    return {
      fieldName: field.name,
      kind: 'signature',
      ...conclude([finding]),
      findings: [finding],
      integrity: 'unknown',
      signerKind: 'unknown',
      path: [],
      revocation: [],
      controlTime: this.#options.at,
      coversWholeFile: false,
      changesAfter: [],
    };
  }

  #report(signature: LocatedSignature, unlisted: readonly number[]): SignatureReport {
    const findings: Finding[] = [...tailFindings(this.#document, signature, unlisted)];
    const locks = locksOf(signature.revision, signature.dict);
    const changesAfter = changesSince(signature.revision, this.#document, this.#policy, locks);
    for (const { kind, where } of changesAfter)
      if (kind === 'forbidden') findings.push({ code: 'modified-after-signing', detail: where });
    const common = {
      fieldName: signature.field.name,
      byteRange: signature.byteRange,
      coversWholeFile: signature.end === this.#document.bytes.length,
      changesAfter,
      ...textsOf(this.#document, signature.dict),
    };
    if (isTimeStamp(signature)) return { ...common, ...this.#documentTimeStamp(signature, findings) };
    const isKnown = SUB_FILTERS.has(signature.subFilter);
    const cms: CheckedCms = isKnown
      ? checkCms(signature, this.#document.bytes)
      : {
          findings: [{ code: 'sub-filter-unsupported', detail: signature.subFilter }],
          certificates: [],
          isProven: false,
        };
    findings.push(...cms.findings);
    const { stamp, findings: ofStamp } = this.#timeStamp(cms);
    const controlTime = stamp?.at ?? this.#options.at;
    const path = cms.signer && this.#path(cms, controlTime, findings);
    // What is not known of the signer himself is the reason before what is not known of the time.
    findings.push(...ofStamp);
    return {
      ...common,
      kind: 'signature',
      ...conclude(findings),
      findings,
      integrity: cms.isProven ? 'proven' : 'unknown',
      level: stamp ? 'B-T' : 'B-B',
      signerKind: cms.signer ? signerKindOf(cms.signer) : 'unknown',
      ...(cms.signer && { signer: cms.signer }),
      path: path?.path ?? [],
      revocation: path?.revocation ?? [],
      ...(stamp && { timeStampTime: stamp.at, timeStampPath: this.#stampPath(stamp, cms).path }),
      controlTime,
      ...(cms.digests && { digests: cms.digests }),
    };
  }

  /** A time stamp counts as proof only when its authority is trusted too. @source VN-44, VER-03 */
  #timeStamp(cms: CheckedCms): { readonly stamp?: TimeStamp; readonly findings: readonly Finding[] } {
    const stamp = cms.timeStamp;
    if (!stamp) {
      // One that cannot be read is there all the same.
      const isMissing =
        this.#policy.requireTimeStamp && !cms.findings.some(({ code }) => code === 'time-stamp-invalid');
      return { findings: isMissing ? [{ code: 'time-stamp-missing' }] : [] };
    }
    if (!stamp.isIntact || !cms.signatureValue || !stamp.covers(cms.signatureValue)) return { findings: [] };
    if (stamp.weakness) return { findings: [{ code: 'time-stamp-invalid', detail: stamp.weakness }] };
    const codes = this.#stampPath(stamp, cms).faults.map(({ code }) => code);
    if (codes.length === 0) return { stamp, findings: [] };
    const code = codes.every((fault) => UNPROVEN.has(fault)) ? 'time-stamp-unproven' : 'time-stamp-invalid';
    return { findings: [{ code, detail: codes.join(', ') }] };
  }

  #stampPath(stamp: TimeStamp, cms: { readonly certificates: CheckedCms['certificates'] }): PathResult {
    const { trust, at, evidence } = this.#options;
    return validateTimeStamp(stamp, {
      trust,
      now: at,
      offered: cms.certificates,
      revocation: this.#policy.revocation,
      ...(evidence && { evidence }),
    });
  }

  #path(cms: CheckedCms, controlTime: Date, findings: Finding[]): PathResult | undefined {
    const { trust, at, evidence } = this.#options;
    const signer = cms.signer;
    if (!signer) return undefined;
    const result = validatePath(signer, {
      trust,
      at: controlTime,
      now: at,
      offered: cms.certificates,
      revocation: this.#policy.revocation,
      ...(evidence && { evidence }),
    });
    for (const fault of result.faults) findings.push(findingOf(fault));
    if (!maySignDocuments(signer)) findings.push({ code: 'key-usage', detail: signer.subject.toString() });
    return result;
  }

  #documentTimeStamp(
    signature: LocatedSignature,
    findings: Finding[],
  ): Omit<SignatureReport, 'fieldName' | 'coversWholeFile' | 'changesAfter'> {
    const [, first, second, rest] = signature.byteRange;
    const { bytes } = this.#document;
    const stamp = readToken(signature.cms.raw);
    const covered = Buffer.concat([bytes.subarray(0, first), bytes.subarray(second, second + rest)]);
    if (!stamp) findings.push({ code: 'cms-unreadable' });
    else if (!stamp.isIntact) findings.push({ code: 'signature-invalid' });
    else if (!stamp.covers(covered)) findings.push({ code: 'digest-mismatch' });
    const path = stamp && this.#stampPath(stamp, stamp);
    for (const fault of path?.faults ?? []) findings.push(findingOf(fault));
    return {
      kind: 'document-time-stamp',
      ...conclude(findings),
      findings,
      integrity: stamp?.isIntact && stamp.covers(covered) ? 'proven' : 'unknown',
      signerKind: 'server',
      ...(stamp?.authority && { signer: stamp.authority }),
      path: path?.path ?? [],
      revocation: path?.revocation ?? [],
      ...(stamp && { timeStampTime: stamp.at }),
      controlTime: stamp?.at ?? this.#options.at,
    };
  }
}

const endOf = ({ byteRange }: SignatureReport): number => (byteRange ? byteRange[2] + byteRange[3] : Infinity);

/** A stamp that says it is a signature is neither: one reader takes it for the one, another for the other. @source PAD-30 */
const isTimeStamp = ({ dict, subFilter }: LocatedSignature): boolean => {
  const type = dict.get('Type');
  return subFilter === 'ETSI.RFC3161' && type instanceof PdfName && type.value === 'DocTimeStamp';
};

/** Faults of a path for which evidence is missing only. */
const UNPROVEN: ReadonlySet<PathFault['code']> = new Set(['no-path', 'revocation-unknown']);

const FAULTS: Readonly<Record<PathFault['code'], FindingCode>> = {
  'no-path': 'no-path',
  'not-yet-valid': 'not-yet-valid',
  expired: 'expired',
  'not-a-ca': 'path-invalid',
  'path-too-long': 'path-invalid',
  'wrong-key-usage': 'path-invalid',
  'unknown-critical-extension': 'path-invalid',
  'weak-algorithm': 'weak-algorithm',
  revoked: 'revoked',
  'revocation-unknown': 'revocation-unknown',
};

const findingOf = ({ code, subject, detail }: PathFault): Finding => ({
  code: FAULTS[code],
  detail: `${subject}: ${detail}`,
});

function readToken(bytes: Uint8Array): TimeStamp | undefined {
  try {
    return readTimeStamp(bytes);
  } catch (error) {
    if (MalformedDer.is(error) || MalformedStructure.is(error) || UnsupportedAlgorithm.is(error)) return undefined;
    throw error;
  }
}

/** Time, reason and place the signer claims. */
function textsOf(document: PdfDocument, dict: PdfDict): { signingTime?: Date; reason?: string; location?: string } {
  const text = (key: string): string | undefined => {
    const value = document.resolve(dict.get(key));
    return value instanceof PdfString ? value.text : undefined;
  };
  const [signingTime, reason, location] = [readDate(text('M') ?? ''), text('Reason'), text('Location')];
  return { ...(signingTime && { signingTime }), ...(reason && { reason }), ...(location && { location }) };
}
