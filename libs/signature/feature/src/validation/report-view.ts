import { LEGAL_EFFECT_LABELS, SIGNATURE_LEVEL_LABELS, SIGNATURE_VERDICT_LABELS } from '@qlvb/contracts';
import { conclude, FINDING_CODES, FINDINGS, INDICATIONS, SIGNER_KINDS, SUB_INDICATIONS } from '@qlvb/pdf-signature';
import type { FindingCode, Indication, VerificationReport } from '@qlvb/pdf-signature';
import { formatInstant, instant } from '@qlvb/platform-http';
import { z } from 'zod';
import { nameOf } from '../certificates/certificate-subject.ts';

const codesOf = <Code extends string>(labels: Readonly<Record<Code, unknown>>): [Code, ...Code[]] =>
  Object.keys(labels) as [Code, ...Code[]];

const SEVERITIES = ['note', 'warning', 'fault'] as const;

const Finding = z
  .object({
    code: z.enum(FINDING_CODES).describe('Code of the finding; all of them in the catalogue `signature-findings`'),
    severity: z.enum(SEVERITIES).describe('Whether it fails the signature, leaves it open, or is only worth knowing'),
    text: z
      .object({ vi: z.string().describe('In Vietnamese'), en: z.string().describe('In English') })
      .describe('The finding in words'),
  })
  .meta({ id: 'SignatureFinding' });

const decidedBy = z
  .enum(FINDING_CODES)
  .nullable()
  .describe('Code of the one finding that decided the indication; null when it passed');

const ValidatedSignature = z
  .object({
    field: z.string(),
    verdict: z.enum(codesOf(SIGNATURE_VERDICT_LABELS)),
    indication: z.enum(INDICATIONS),
    subIndication: z
      .enum(SUB_INDICATIONS)
      .nullable()
      .describe('Sub-indication by ETSI EN 319 102-1; null when it passed'),
    decidedBy,
    level: z.enum(codesOf(SIGNATURE_LEVEL_LABELS)).nullable(),
    signer: z.string().nullable(),
    signerKind: z.enum(SIGNER_KINDS),
    issuer: z.string().nullable(),
    certificateSerial: z.string().nullable(),
    certificateValidFrom: z.string().nullable(),
    certificateValidTo: z.string().nullable(),
    signingTime: z.string().nullable(),
    timeStampTime: z.string().nullable(),
    coversWholeFile: z.boolean(),
    digestSigned: z.string().nullable(),
    digestComputed: z.string().nullable(),
    findings: z.array(Finding),
  })
  .meta({ id: 'ValidatedSignature' });

export const ReportView = z
  .object({
    validatedAt: instant(),
    legalEffect: z.enum(codesOf(LEGAL_EFFECT_LABELS)),
    findings: z.array(Finding),
    signatures: z.array(ValidatedSignature),
  })
  .meta({ id: 'ValidationReport' });
type Report = z.input<typeof ReportView>;

/** What is kept of a report: codes; their words, and what they come to, are those of today. */
interface KeptFinding {
  readonly code: FindingCode;
}
type Shown = Report['signatures'][number];
export type KeptReport = Pick<Report, 'legalEffect'> & {
  readonly findings: readonly KeptFinding[];
  readonly signatures: readonly (Omit<Shown, 'verdict' | 'findings' | 'subIndication' | 'decidedBy'> & {
    /** As it was concluded then, by the names of that release; absent in the oldest. */
    readonly subIndication?: string | null;
    readonly decidedBy?: Shown['decidedBy'];
    readonly findings: readonly KeptFinding[];
  })[];
};

const codeOf = ({ code }: KeptFinding): KeptFinding => ({ code });

/** What is kept of a verification: everything VN-47 asks for. @source VN-47 */
export function keptReport(report: VerificationReport): KeptReport {
  return {
    legalEffect: report.legal,
    findings: report.findings.map(codeOf),
    signatures: report.signatures.map((signature) => ({
      field: signature.fieldName,
      indication: signature.indication,
      subIndication: signature.subIndication ?? null,
      decidedBy: signature.decidedBy ?? null,
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
      findings: signature.findings.map(codeOf),
    })),
  };
}

const VERDICTS = { PASSED: 'valid', FAILED: 'invalid', INDETERMINATE: 'indeterminate' } as const satisfies Readonly<
  Record<Indication, Shown['verdict']>
>;
const SEVERITY_OF = { INFO: 'note', INDETERMINATE: 'warning', FAILED: 'fault' } as const;

function findingView({ code }: KeptFinding): Report['findings'][number] {
  const { indication, vi, en } = FINDINGS[code];
  return { code, severity: SEVERITY_OF[indication], text: { vi, en } };
}

/** A report as it is shown, of whatever release it is. @source VN-47 */
export const shownReport = ({ legalEffect, findings, signatures }: KeptReport): Omit<Report, 'validatedAt'> => ({
  legalEffect,
  findings: findings.map(findingView),
  signatures: signatures.map((signature) => {
    const { indication, subIndication = null, decidedBy = null } = conclude(signature.findings);
    const findings = signature.findings.map(findingView);
    return { ...signature, verdict: VERDICTS[indication], indication, subIndication, decidedBy, findings };
  }),
});
