import { Certificate } from '@qlvb/x509';
import type { SignatureReport, VerificationReport } from './report.ts';
import type { VerificationOptions } from './verify.ts';

/** First question to the process; the answer is `PathBytes`. */
export interface VerificationOrder extends Pick<VerificationOptions, 'at' | 'policy' | 'limits'> {
  readonly pdf: Uint8Array;
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
}
export type PathBytes = readonly (readonly Uint8Array[])[];

/** Second question; the answer is the report. */
export interface EvidenceBytes {
  readonly ocspResponses: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

type PackedSignature = Omit<SignatureReport, 'signer' | 'path' | 'timeStampPath'> & {
  readonly signer: Uint8Array | undefined;
  readonly path: readonly Uint8Array[];
  readonly timeStampPath: readonly Uint8Array[] | undefined;
};
export type PackedReport = Omit<VerificationReport, 'signatures'> & { readonly signatures: readonly PackedSignature[] };

/** A copy: a view would take everything it looks into along. */
export const bytesOf = ({ raw }: { readonly raw: Uint8Array }): Uint8Array => new Uint8Array(raw);

export const unpackCertificates = (path: readonly Uint8Array[]): Certificate[] =>
  path.map((raw) => Certificate.parse(raw));

export const packReport = (report: VerificationReport): PackedReport => ({
  ...report,
  signatures: report.signatures.map((signature) => ({
    ...signature,
    signer: signature.signer && bytesOf(signature.signer),
    path: signature.path.map(bytesOf),
    timeStampPath: signature.timeStampPath?.map(bytesOf),
  })),
});

export const unpackReport = (report: PackedReport): VerificationReport => ({
  ...report,
  signatures: report.signatures.map(({ signer, path, timeStampPath, ...signature }) => ({
    ...signature,
    ...(signer && { signer: Certificate.parse(signer) }),
    path: unpackCertificates(path),
    ...(timeStampPath && { timeStampPath: unpackCertificates(timeStampPath) }),
  })),
});
