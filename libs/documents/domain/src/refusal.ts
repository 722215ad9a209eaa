import { assertExchangeableReason } from './exchangeable.ts';
import { RefusalInvalid } from './problems.ts';

/**
 * Reasons for which a clerk refuses an arrived document.
 *
 * - `evidence: 'finding'`: the system itself can find it; without a finding the clerk has to explain it;
 * - `evidence: 'explanation'`: a judgement, so it always needs words;
 * - `evidence: 'none'`: the code says it all.
 */
export const REFUSAL_REASONS = [
  {
    code: 'WRONG_RECIPIENT',
    vi: 'Gửi sai nơi nhận hoặc không thuộc thẩm quyền',
    evidence: 'explanation',
    source: 'NĐ30-A21-2',
  },
  { code: 'NOT_AUTHENTIC', vi: 'Không xác thực được chữ ký số', evidence: 'finding', source: 'NĐ30-A21-1' },
  { code: 'NOT_INTACT', vi: 'Văn bản không toàn vẹn', evidence: 'finding', source: 'QĐ28-A9-1' },
  { code: 'INCOMPLETE', vi: 'Thiếu tệp, trang hoặc dữ liệu', evidence: 'finding', source: 'QĐ28-A9-1' },
  { code: 'BAD_FORMAT', vi: 'Sai định dạng hoặc thể thức', evidence: 'explanation', source: 'QĐ28-A6-6' },
  { code: 'DUPLICATE', vi: 'Văn bản đã nhận', evidence: 'finding', source: 'NĐ30-PL6-F1h' },
  { code: 'STATE_SECRET', vi: 'Nội dung bí mật nhà nước', evidence: 'none', source: 'QĐ28-A1-2' },
  { code: 'MALWARE', vi: 'Có nguy cơ mất an toàn thông tin', evidence: 'finding', source: 'QĐ28-A5-1' },
  { code: 'OTHER', vi: 'Lý do khác', evidence: 'explanation', source: 'QĐ28-A5-4' },
] as const;

export type RefusalCode = (typeof REFUSAL_REASONS)[number]['code'];

/** Shortest explanation that counts as one, in characters. */
export const SHORTEST_EXPLANATION = 10;

export interface Refusal {
  readonly code: RefusalCode;
  readonly explanation: string;
  /** The person who answers for the refusal; the platform itself for what it quarantines on arrival. */
  readonly refusedBy: string;
}

/**
 * A refusal that its author can answer for: a person, a reason from the list, and evidence or words for it.
 *
 * @param findings grounds that the checks on arrival found
 * @throws RefusalInvalid
 * @source QĐ28-A5-4
 * @source NĐ30-A21-2
 */
export function assertRefusal(refusal: Refusal, findings: readonly RefusalCode[]): void {
  const reason = REFUSAL_REASONS.find(({ code }) => code === refusal.code);
  if (!reason) throw RefusalInvalid({ reason: `mã lý do "${String(refusal.code)}" không có trong danh mục` });
  assertExchangeableReason(reason.code, refusal.explanation);
  if (refusal.refusedBy.trim() === '') throw RefusalInvalid({ reason: 'không rõ người từ chối' });
  const backed = reason.evidence === 'none' || (reason.evidence === 'finding' && findings.includes(reason.code));
  if (!backed && [...refusal.explanation.normalize('NFC').trim()].length < SHORTEST_EXPLANATION) {
    throw RefusalInvalid({ reason: `phải giải thích ít nhất ${SHORTEST_EXPLANATION} ký tự` });
  }
}
