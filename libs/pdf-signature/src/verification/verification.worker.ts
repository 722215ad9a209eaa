import { answerWith } from '@qlvb/limited-process';
import { CertificateList, OcspResponse } from '@qlvb/x509';
import { bytesOf, packReport, unpackCertificates } from './crossing.ts';
import type { EvidenceBytes, PackedReport, PathBytes, VerificationOrder } from './crossing.ts';
import { verifyPdfSignatures } from './verify.ts';
import type { VerificationOptions } from './verify.ts';

/* The process in which a file from outside is verified: first which certificates need a status, then, with it, the report. */
let pdf: Uint8Array;
let options: VerificationOptions;

answerWith((question: VerificationOrder | EvidenceBytes) => ('pdf' in question ? begin(question) : finish(question)));

function begin({ pdf: file, anchors, intermediates, ...rest }: VerificationOrder): PathBytes {
  pdf = file;
  const trust = { anchors: unpackCertificates(anchors), intermediates: unpackCertificates(intermediates) };
  options = { ...rest, trust };
  const first = verifyPdfSignatures(pdf, { ...options, policy: { ...options.policy, revocation: 'ignore' } });
  return first.signatures.flatMap(({ path, timeStampPath = [] }) => [path.map(bytesOf), timeStampPath.map(bytesOf)]);
}

function finish({ ocspResponses, crls }: EvidenceBytes): PackedReport {
  const evidence = {
    ocspResponses: ocspResponses.map((raw) => OcspResponse.parse(raw)),
    crls: crls.map((raw) => CertificateList.parse(raw)),
  };
  return packReport(verifyPdfSignatures(pdf, { ...options, evidence }));
}
