import { DESK_GROUND_LABELS, refusalReasonLabel } from '@qlvb/contracts';
import type { Label } from '@qlvb/contracts';
import {
  DECISIONS,
  decisionsFor,
  DESK_GROUND_CODES,
  isPerhapsNotOurs,
  packageProblemLabel,
  RECEIVED_STATES,
} from '@qlvb/exchange-domain';
import { instant, pageQuery, say } from '@qlvb/platform-http';
import { LIMITS } from '@qlvb/records';
import { z } from 'zod';
import type { ReceivedPackage } from './received-package.entity.ts';

const label = z.object({ vi: z.string(), en: z.string() });

export const ReceivedPackageView = z
  .object({
    packageId: z.uuid(),
    state: z.enum(RECEIVED_STATES).describe('Bước của gói tin; khi đang chờ thì văn thư quyết định'),
    ground: z.enum(DESK_GROUND_CODES).nullable().describe('Vì sao gói tin phải chờ hoặc bị xóa'),
    groundLabel: label.nullable(),
    decisions: z.array(z.enum(DECISIONS)).describe('Các quyết định có thể chọn'),
    kind: z.enum(['document', 'status', 'unreadable']).nullable().describe('Loại nội dung; để trống khi chưa đọc'),
    channel: z.string(),
    senderCode: z.string(),
    recipientCode: z.string(),
    businessType: z.string().nullable().describe('new, recall, update, replace hoặc mã lạ'),
    documentCode: z.string(),
    subject: z.string().nullable().describe('Không cho biết khi gói tin có thể không gửi cho cơ quan này'),
    statusCode: z.string().nullable(),
    urgent: z.boolean(),
    createdAt: instant().describe('Thời điểm đến'),
    updatedAt: instant(),
  })
  .meta({ id: 'ReceivedPackage' });

export const ReceivedPackageDetail = ReceivedPackageView.extend({
  documentId: z.uuid().describe('Văn bản đến được tạo từ gói tin, hoặc văn bản đi mà trạng thái nói đến'),
  inReplyTo: z.uuid().nullable(),
  sentAt: instant().nullable(),
  handedOverBy: z.string().describe('Tên bên đã chuyển gói tin lên kênh'),
  announcedSha256: z
    .string()
    .nullable()
    .describe('Mã băm do bên gửi báo; không cho biết khi gói tin có thể không gửi cho cơ quan này'),
  announcedSizeBytes: z.int(),
  sha256: z.string().nullable().describe('Mã băm do hệ thống tự tính'),
  sizeBytes: z.int().nullable().describe('Dung lượng do hệ thống tự đo'),
  attempts: z.int(),
  deaths: z.int().describe('Số lần hệ thống ngừng giữa chừng khi đọc gói tin này'),
  problem: z.string().nullable().describe('Vì sao chưa đọc được gói tin, bằng lời'),
  senderDocumentId: z.string(),
  issuedOn: z.string().nullable(),
  businessReason: z.string().nullable().describe('Lý do bên gửi nêu'),
  findings: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['note', 'warning', 'fault']),
      path: z.string().nullable(),
      value: z.string().nullable(),
    }),
  ),
  attachments: z.array(
    z.object({
      name: z.string().nullable(),
      description: z.string().nullable(),
      sizeBytes: z.int().nullable(),
      sha256: z.string().nullable(),
      fault: z.string().nullable(),
    }),
  ),
  decision: z
    .object({ decision: z.enum(DECISIONS), reason: z.string(), by: z.string(), at: instant() })
    .nullable()
    .describe('Quyết định gần nhất của văn thư'),
}).meta({ id: 'ReceivedPackageDetail' });

export const ReceivedPackageQuery = z.object({
  ...pageQuery,
  state: z.enum(RECEIVED_STATES).optional(),
  ground: z.enum(DESK_GROUND_CODES).optional(),
  kind: z.enum(['document', 'status', 'unreadable']).optional(),
  senderCode: z.string().min(1).max(200).optional(),
  documentId: z.uuid().optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
});

export const DecisionInput = z
  .object({
    decision: z.enum(DECISIONS),
    reason: z.string().trim().max(LIMITS.text.statement).default('').describe('Bắt buộc khi từ chối'),
  })
  .meta({ id: 'ReceivedPackageDecision' });

export const receivedView = (row: ReceivedPackage): z.input<typeof ReceivedPackageView> => {
  return {
    packageId: row.id,
    state: row.state,
    ground: row.ground,
    groundLabel: row.ground ? DESK_GROUND_LABELS[row.ground] : null,
    decisions: row.state === 'waiting' && row.ground ? [...decisionsFor(row.ground)] : [],
    kind: row.kind,
    channel: row.channel,
    senderCode: row.senderCode,
    recipientCode: row.recipientCode,
    businessType: row.businessType,
    documentCode: row.documentCode,
    subject: isPerhapsNotOurs(row) ? null : row.subject,
    statusCode: row.statusCode,
    urgent: row.urgent,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
};

export const receivedDetail = (row: ReceivedPackage, handedOverBy: string): z.input<typeof ReceivedPackageDetail> => ({
  ...receivedView(row),
  documentId: row.documentId,
  inReplyTo: row.inReplyTo,
  sentAt: row.sentAt,
  handedOverBy,
  announcedSizeBytes: row.announcedSizeBytes,
  sizeBytes: row.sizeBytes,
  attempts: row.attempts,
  deaths: row.deaths,
  problem: inWords(packageProblemLabel(row.problem, row.ground)),
  senderDocumentId: row.senderDocumentId,
  issuedOn: row.issuedOn,
  ...contentsOf(row),
  decision: row.decision && {
    decision: row.decision.decision,
    reason: row.decision.reason,
    by: row.decision.by,
    at: new Date(row.decision.at),
  },
});

const inWords = (text: Label | null): string | null => text && say(text);

/** What is in the package; of one that is perhaps another agency's, its measure alone. */
function contentsOf(row: ReceivedPackage) {
  const { announcedSha256, sha256, attachments } = row;
  const businessReason = inWords(row.businessReason === null ? null : refusalReasonLabel(row.businessReason));
  const findings = row.findings.map(({ code, severity, path = null, value = null }) => ({
    code,
    severity,
    path,
    value,
  }));
  if (!isPerhapsNotOurs(row)) return { announcedSha256, sha256, businessReason, findings, attachments };
  return {
    announcedSha256: null,
    sha256: null,
    businessReason: null,
    findings: findings.map((finding) => ({ ...finding, path: null, value: null })),
    attachments: attachments.map((one) => ({ ...one, name: null, description: null, sha256: null })),
  };
}
