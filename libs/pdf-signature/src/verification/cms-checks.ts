import {
  MalformedDer,
  MalformedStructure,
  OID,
  hash,
  readSignedData,
  readTimeStamp,
  signerCertificate,
  signerInfoVerifies,
  signingCertificateMatches,
  UnsupportedAlgorithm,
  weaknessOf,
} from '@qlvb/x509';
import type { Certificate, SignedData, SignerInfo, TimeStamp } from '@qlvb/x509';
import type { Finding, FindingCode } from './report.ts';
import type { LocatedSignature } from './structure.ts';

/** What the CMS of a signature says, checked against the bytes it covers. */
export interface CheckedCms {
  readonly findings: readonly Finding[];
  readonly signer?: Certificate;
  readonly certificates: readonly Certificate[];
  readonly digests?: { readonly algorithm: string; readonly signed: string; readonly computed: string };
  /** The signature time-stamp, when there is one that can be read. */
  readonly timeStamp?: TimeStamp;
  readonly signatureValue?: Uint8Array;
  /** The digest of the file was compared and is the signed one, and the value verifies over it with the named certificate. */
  readonly isProven: boolean;
}

const isUnreadable = (error: unknown): boolean => MalformedDer.is(error) || MalformedStructure.is(error);

/**
 * Format, digest, value and signer's certificate, in this order; later steps run even when an earlier one failed, as far as
 * they can (VER-02).
 *
 * @source VN-40, VN-43, VN-56
 * @source PAD-03, PAD-04, ATT-09, ATT-10, ATT-11, ATT-14
 */
export function checkCms(signature: LocatedSignature, file: Uint8Array): CheckedCms {
  let data: SignedData;
  try {
    data = readSignedData(signature.cms);
  } catch (error) {
    if (UnsupportedAlgorithm.is(error)) return unproven([{ code: 'algorithm-unknown', detail: error.message }]);
    if (isUnreadable(error)) return unproven([{ code: 'cms-unreadable', detail: (error as Error).message }]);
    throw error;
  }
  const { certificates } = data;
  const [signer] = data.signerInfos;
  if (!signer || data.signerInfos.length !== 1) return unproven([{ code: 'cms-signer-count' }], certificates);
  const findings: Finding[] = [];
  const add = (code: FindingCode, detail?: string): number =>
    findings.push({ code, ...(detail !== undefined && { detail }) });
  if (data.content) add('cms-not-detached');
  if (data.contentType !== OID.data || !isOid(signer, OID.contentType, OID.data)) add('cms-content-type');
  const digests = digestsOf(signer, signature, file);
  if (digests.signed !== digests.computed) add('digest-mismatch');
  const weak = weaknessOf(signer.digest);
  if (weak) add('weak-algorithm', weak);
  const certificate = signerCertificate(signer, certificates);
  const signed = certificate && judgeSigner(signer, certificate);
  if (!signed) add('certificate-missing');
  else findings.push(...signed.findings);
  const token = signer.unsigned.get(OID.signatureTimeStampToken)?.[0];
  const timeStamp = token && readToken(token.raw);
  if (token && (!timeStamp?.isIntact || !timeStamp.covers(signer.signature))) add('time-stamp-invalid');
  return {
    findings,
    certificates,
    digests,
    signatureValue: signer.signature,
    isProven: digests.signed === digests.computed && signed?.isVerified === true,
    ...(certificate && { signer: certificate }),
    ...(timeStamp && { timeStamp }),
  };
}

const unproven = (findings: readonly Finding[], certificates: readonly Certificate[] = []): CheckedCms => ({
  findings,
  certificates,
  isProven: false,
});

const isOid = (signer: SignerInfo, attribute: string, expected: string): boolean => {
  const value = signer.signed.get(attribute)?.[0];
  return value !== undefined && value.tag === 6 && value.oid === expected;
};

/** Step by step as the rule asks: the signed digest, and the digest of the message by the same function. @source VN-43 */
function digestsOf(
  signer: SignerInfo,
  { byteRange }: LocatedSignature,
  file: Uint8Array,
): NonNullable<CheckedCms['digests']> {
  const [, first, second, rest] = byteRange;
  return {
    algorithm: signer.digest,
    signed: Buffer.from(signer.signed.get(OID.messageDigest)?.[0]?.content ?? []).toString('hex'),
    computed: hash(signer.digest, file.subarray(0, first), file.subarray(second, second + rest)).toString('hex'),
  };
}

function judgeSigner(
  signer: SignerInfo,
  certificate: Certificate,
): { readonly findings: readonly Finding[]; readonly isVerified: boolean } {
  try {
    const match = signingCertificateMatches(signer, certificate);
    const isVerified = signerInfoVerifies(signer, certificate);
    const findings: Finding[] = [
      ...(isVerified ? [] : [{ code: 'signature-invalid' as const }]),
      ...(match === 'no' ? [{ code: 'certificate-substituted' as const }] : []),
      ...(match === 'absent' ? [{ code: 'no-signing-certificate-attribute' as const }] : []),
    ];
    return { findings, isVerified: isVerified && match !== 'no' };
  } catch (error) {
    const code = UnsupportedAlgorithm.is(error) ? 'algorithm-unknown' : isUnreadable(error) ? 'cms-unreadable' : null;
    if (!code) throw error;
    return { findings: [{ code, detail: (error as Error).message }], isVerified: false };
  }
}

function readToken(bytes: Uint8Array): TimeStamp | undefined {
  try {
    return readTimeStamp(bytes);
  } catch (error) {
    if (isUnreadable(error) || UnsupportedAlgorithm.is(error)) return undefined;
    throw error;
  }
}
