import type { Certificate, RevocationStatus } from '@qlvb/x509';

/** Main indications of ETSI EN 319 102-1, the best first. @source VER-01 */
export const INDICATIONS = ['PASSED', 'INDETERMINATE', 'FAILED'] as const;
export type Indication = (typeof INDICATIONS)[number];

/** The sub-indications this verifier gives, under the indication that EN 319 102-1 (5.1.3) lists them for. @source VER-01 */
const OF_FAILED = ['FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'REVOKED', 'NOT_YET_VALID'] as const;
const OF_INDETERMINATE = [
  'NO_SIGNING_CERTIFICATE_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'CHAIN_CONSTRAINTS_FAILURE',
  'SIG_CONSTRAINTS_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE',
  'OUT_OF_BOUNDS_NO_POE',
  'NO_POE',
  'TRY_LATER',
  'SIGNED_DATA_NOT_FOUND',
  'GENERIC',
] as const;
export const SUB_INDICATIONS = [...OF_FAILED, ...OF_INDETERMINATE] as const;
export type SubIndication = (typeof SUB_INDICATIONS)[number];

interface FindingKind {
  readonly indication: Exclude<Indication, 'PASSED'> | 'INFO';
  readonly sub?: SubIndication;
  readonly vi: string;
  readonly en: string;
}

/** Checked, and found wrong. A key certified for something else fails here (VN-54), although the standard leaves it open. */
const failed = (
  sub: (typeof OF_FAILED)[number] | 'CHAIN_CONSTRAINTS_FAILURE',
  vi: string,
  en: string,
): FindingKind => ({ indication: 'FAILED', sub, vi, en });
/** What could not be read, or for which evidence is missing: nothing is shown to be wrong, and nothing to be right. */
const open = (sub: (typeof OF_INDETERMINATE)[number], vi: string, en: string): FindingKind => ({
  indication: 'INDETERMINATE',
  sub,
  vi,
  en,
});

/**
 * Everything the verifier can find, with what it means for the signature: failed is what was checked and is wrong, indeterminate
 * what could not be read or proved.
 *
 * @source VER-01, VER-02
 * @source ATT-01, ATT-09, ATT-11 a part that is missing or not understood never passes; it is not called wrong either
 */
export const FINDINGS = {
  'dictionary-incomplete': open('GENERIC', 'Không đọc được từ điển chữ ký', 'the signature dictionary cannot be read'),
  'byte-range-invalid': failed('FORMAT_FAILURE', 'ByteRange không khớp với tệp', 'ByteRange does not fit the file'),
  'byte-range-unreadable': open(
    'SIGNED_DATA_NOT_FOUND',
    'Không xác định được phần nào của tệp được ký',
    'it cannot be told which part of the file was signed',
  ),
  'byte-range-gap': failed(
    'FORMAT_FAILURE',
    'Vùng không ký không đúng bằng /Contents',
    'the gap is not exactly /Contents',
  ),
  'not-end-of-revision': failed('FORMAT_FAILURE', 'Chữ ký không phủ hết phiên bản', 'does not cover a whole revision'),
  'revision-unreadable': open(
    'SIGNED_DATA_NOT_FOUND',
    'Không đọc được phiên bản mà chữ ký phủ',
    'the revision that was signed cannot be read',
  ),
  'dictionary-replaced': failed('FORMAT_FAILURE', 'Từ điển chữ ký bị thay thế', 'signature dictionary replaced later'),
  'sub-filter-unsupported': open('GENERIC', 'Loại chữ ký không được hỗ trợ', 'SubFilter is not supported'),
  'cms-malformed': open('GENERIC', 'Dữ liệu chữ ký không phải là CMS đọc được', 'the signature is no readable CMS'),
  'cms-unreadable': open('GENERIC', 'Không đọc được dữ liệu chữ ký', 'the signature cannot be read'),
  'cms-not-detached': failed('FORMAT_FAILURE', 'CMS mang nội dung bên trong', 'CMS carries content'),
  'cms-signer-count': open(
    'GENERIC',
    'CMS không có đúng một người ký, không xác định được chữ ký',
    'CMS has not exactly one signer, so that none can be judged',
  ),
  'cms-content-type': failed('FORMAT_FAILURE', 'Loại nội dung không đúng', 'content type is wrong'),
  'algorithm-unknown': open('CRYPTO_CONSTRAINTS_FAILURE', 'Thuật toán không biết', 'unknown algorithm'),
  'digest-mismatch': failed('HASH_FAILURE', 'Nội dung đã bị thay đổi', 'content was changed'),
  'signature-invalid': failed('SIG_CRYPTO_FAILURE', 'Giá trị chữ ký sai', 'signature value is wrong'),
  'certificate-missing': open(
    'NO_SIGNING_CERTIFICATE_FOUND',
    'Không có chứng thư người ký',
    "signer's certificate missing",
  ),
  'certificate-substituted': failed(
    'FORMAT_FAILURE',
    'Chứng thư bị tráo',
    'certificate is not the one that was signed for',
  ),
  'no-path': open('NO_CERTIFICATE_CHAIN_FOUND', 'Không dẫn tới gốc tin cậy', 'no path to a trusted authority'),
  'path-invalid': open('CHAIN_CONSTRAINTS_FAILURE', 'Đường dẫn chứng thư sai', 'certificate path breaks a rule'),
  'key-usage': failed(
    'CHAIN_CONSTRAINTS_FAILURE',
    'Chứng thư không dùng để ký văn bản',
    'certificate is not for signing documents',
  ),
  'weak-algorithm': open(
    'CRYPTO_CONSTRAINTS_FAILURE',
    'Thuật toán không còn được phép',
    'algorithm is no longer allowed',
  ),
  revoked: failed('REVOKED', 'Chứng thư đã bị thu hồi', 'certificate was revoked'),
  'revocation-unknown': open('TRY_LATER', 'Chưa rõ trạng thái chứng thư', 'revocation status unknown'),
  expired: open('OUT_OF_BOUNDS_NO_POE', 'Chứng thư hết hạn tại thời điểm ký', 'certificate had expired'),
  'not-yet-valid': failed('NOT_YET_VALID', 'Chứng thư chưa có hiệu lực', 'certificate was not yet valid'),
  'time-stamp-invalid': open('SIG_CONSTRAINTS_FAILURE', 'Dấu thời gian không hợp lệ', 'time stamp is invalid'),
  'time-stamp-unproven': open('NO_POE', 'Chưa xác minh được dấu thời gian', 'the time stamp cannot be proved yet'),
  'time-stamp-missing': open('SIG_CONSTRAINTS_FAILURE', 'Thiếu dấu thời gian', 'time stamp is missing'),
  'modified-after-signing': failed(
    'FORMAT_FAILURE',
    'Văn bản bị thay đổi sau khi ký',
    'document changed after signing',
  ),
  'later-signature-unsound': open(
    'GENERIC',
    'Chữ ký thêm vào sau không đáng tin',
    'a signature added later is not trustworthy',
  ),
  'covered-later': failed(
    'FORMAT_FAILURE',
    'Hình của chữ ký thêm sau che nội dung đã ký',
    'the picture of a later signature covers what was signed',
  ),
  'cover-unknown': open(
    'GENERIC',
    'Không xác định được hình của chữ ký thêm sau có che nội dung đã ký hay không',
    'it cannot be told whether the picture of a later signature covers what was signed',
  ),
  'seal-unproven': open(
    'GENERIC',
    'Chưa xác định được chữ ký của cơ quan trên số và ngày',
    'the seal over number and date cannot be judged',
  ),
  'trailing-bytes': failed('FORMAT_FAILURE', 'Có dữ liệu ngoài phạm vi ký', 'bytes outside every revision'),
  'hidden-objects': failed('FORMAT_FAILURE', 'Có đối tượng không khai báo', 'objects no cross-reference lists'),
  'file-unreadable': open('GENERIC', 'Tệp không đọc được', 'file cannot be read'),
  'limit-exceeded': open('GENERIC', 'Tệp vượt giới hạn xử lý', 'file exceeds a limit'),
  'orphan-signature': { indication: 'INFO', vi: 'Có chữ ký không thuộc biểu mẫu', en: 'signature outside the form' },
  'no-signing-certificate-attribute': open(
    'SIG_CONSTRAINTS_FAILURE',
    'Thiếu thuộc tính chứng thư ký',
    'no ESS attribute',
  ),
} as const satisfies Readonly<Record<string, FindingKind>>;

export type FindingCode = keyof typeof FINDINGS;
export const FINDING_CODES = Object.keys(FINDINGS) as [FindingCode, ...FindingCode[]];

export interface Finding {
  readonly code: FindingCode;
  readonly detail?: string;
}

/** One later change and whether the rules allow it. */
export interface Change {
  readonly kind: 'signature-added' | 'field-filled' | 'field-signed' | 'proof-added' | 'metadata' | 'forbidden';
  /** Where in the document, for instance `/Root/Pages` or the name of a field. */
  readonly where: string;
  /** Of a signature that can be seen: whether its picture lies over what was there before. */
  readonly covers?: 'nothing' | 'content' | 'unknown';
}

/** Whether the bytes are those that were signed: proven, shown to be otherwise, or not to be told. */
export type Integrity = 'proven' | 'broken' | 'unknown';

export const SIGNER_KINDS = ['person', 'agency', 'server', 'unknown'] as const;
export type SignerKind = (typeof SIGNER_KINDS)[number];

export interface SignatureReport {
  readonly fieldName: string;
  readonly kind: 'signature' | 'document-time-stamp';
  readonly indication: Indication;
  readonly subIndication?: SubIndication;
  readonly decidedBy?: FindingCode;
  readonly findings: readonly Finding[];
  readonly integrity: Integrity;
  readonly level?: 'B-B' | 'B-T';
  readonly signerKind: SignerKind;
  readonly signer?: Certificate;
  readonly path: readonly Certificate[];
  readonly revocation: readonly (RevocationStatus & { readonly subject: string })[];
  /** Claimed by the signer (/M); proves nothing by itself. */
  readonly signingTime?: Date;
  /** Proven by a time stamp that holds. */
  readonly timeStampTime?: Date;
  /** From the time stamp's authority to the anchor, for those who fetch its status. */
  readonly timeStampPath?: readonly Certificate[];
  /** The moment the certificate was judged at. @source VER-03 */
  readonly controlTime: Date;
  readonly byteRange?: readonly [number, number, number, number];
  readonly coversWholeFile: boolean;
  readonly digests?: { readonly algorithm: string; readonly signed: string; readonly computed: string };
  readonly changesAfter: readonly Change[];
  readonly reason?: string;
  readonly location?: string;
}

/** What both signatures together make of the file. @source VN-01 */
export type LegalState = 'complete' | 'person_only' | 'agency_only' | 'none';

export interface VerificationReport {
  readonly legal: LegalState;
  /** Field of the person's signature that the agency's seal completes. */
  readonly completedField?: string;
  readonly signatures: readonly SignatureReport[];
  /** Findings about the file as a whole. */
  readonly findings: readonly Finding[];
}

const rankOf = (indication: Indication): number => INDICATIONS.indexOf(indication);

/** What all findings together come to. */
export interface Conclusion {
  readonly indication: Indication;
  readonly subIndication?: SubIndication;
  /** The one finding that decided; there is none where the signature passed. */
  readonly decidedBy?: FindingCode;
}

/** The worst finding decides; within one indication the first one found names the reason. */
export function conclude(findings: readonly Finding[]): Conclusion {
  let indication: Indication = 'PASSED';
  let decidedBy: FindingCode | undefined;
  for (const { code } of findings) {
    const kind: FindingKind = FINDINGS[code];
    if (kind.indication === 'INFO' || rankOf(kind.indication) <= rankOf(indication)) continue;
    indication = kind.indication;
    decidedBy = code;
  }
  const kind: FindingKind | undefined = decidedBy && FINDINGS[decidedBy];
  return { indication, ...(kind?.sub && { subIndication: kind.sub }), ...(decidedBy && { decidedBy }) };
}
