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
    if (UnsupportedAlgorithm.is(error))
      return { findings: [{ code: 'algorithm-unknown', detail: error.message }], certificates: [] };
    if (isUnreadable(error)) return { findings: [{ code: 'cms-malformed' }], certificates: [] };
    throw error;
  }
  const { certificates } = data;
  const [signer] = data.signerInfos;
  if (!signer || data.signerInfos.length !== 1) return { findings: [{ code: 'cms-signer-count' }], certificates };
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
  if (!certificate) add('certificate-missing');
  else for (const finding of signerFindings(signer, certificate)) findings.push(finding);
  const token = signer.unsigned.get(OID.signatureTimeStampToken)?.[0];
  const timeStamp = token && readToken(token.raw);
  if (token && (!timeStamp?.isIntact || !timeStamp.covers(signer.signature))) add('time-stamp-invalid');
  return {
    findings,
    certificates,
    digests,
    signatureValue: signer.signature,
    ...(certificate && { signer: certificate }),
    ...(timeStamp && { timeStamp }),
  };
}

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

function signerFindings(signer: SignerInfo, certificate: Certificate): readonly Finding[] {
  try {
    const match = signingCertificateMatches(signer, certificate);
    return [
      ...(signerInfoVerifies(signer, certificate) ? [] : [{ code: 'signature-invalid' as const }]),
      ...(match === 'no' ? [{ code: 'certificate-substituted' as const }] : []),
      ...(match === 'absent' ? [{ code: 'no-signing-certificate-attribute' as const }] : []),
    ];
  } catch (error) {
    if (UnsupportedAlgorithm.is(error)) return [{ code: 'algorithm-unknown', detail: error.message }];
    if (isUnreadable(error)) return [{ code: 'cms-malformed' }];
    throw error;
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
