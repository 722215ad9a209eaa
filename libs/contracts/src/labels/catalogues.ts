import { NOTIFICATION_KINDS } from '../notifications/notification-kinds.ts';
import * as access from './access.ts';
import * as archive from './archive.ts';
import * as documents from './documents.ts';
import * as exchange from './exchange.ts';
import * as identity from './identity.ts';
import * as jobs from './jobs.ts';
import type { Label } from './label.ts';
import * as registers from './registers.ts';
import * as signature from './signature.ts';
import * as workflow from './workflow.ts';

export interface Catalogue {
  readonly title: Label;
  readonly entries: Readonly<Record<string, Label>>;
}

const of = (vi: string, en: string, entries: Readonly<Record<string, Label>>): Catalogue => ({
  title: { vi, en },
  entries,
});

const notificationKinds = Object.fromEntries(
  Object.entries(NOTIFICATION_KINDS).map(([kind, { title }]) => [kind, title]),
);

/** Every set of codes that the API answers or takes, by the name under which it is served. */
export const CATALOGUES = {
  'access-document-kinds': of(
    'Loại văn bản có quyền truy cập',
    'Documents with access rights',
    access.ACCESS_KIND_LABELS,
  ),
  'access-grounds': of('Căn cứ có quyền truy cập', 'Grounds of access', access.ACCESS_GROUND_LABELS),
  'access-principals': of('Đối tượng có quyền truy cập', 'Who has access', access.ACCESS_PRINCIPAL_LABELS),
  'access-right-states': of('Tình trạng quyền truy cập', 'States of access rights', access.ACCESS_RIGHT_STATE_LABELS),
  'access-rights': of('Quyền truy cập', 'Access rights', access.ACCESS_RIGHT_LABELS),
  'account-states': of('Trạng thái tài khoản', 'States of accounts', identity.ACCOUNT_STATE_LABELS),
  'account-proposal-acts': of(
    'Việc giải quyết đề nghị về tài khoản',
    'Acts on account proposals',
    identity.ACCOUNT_PROPOSAL_ACT_LABELS,
  ),
  'account-proposal-kinds': of(
    'Loại đề nghị về tài khoản',
    'Kinds of account proposals',
    identity.ACCOUNT_PROPOSAL_KIND_LABELS,
  ),
  'account-proposal-states': of(
    'Trạng thái đề nghị về tài khoản',
    'States of account proposals',
    identity.ACCOUNT_PROPOSAL_STATE_LABELS,
  ),
  'agency-code-kinds': of('Loại mã định danh', 'Kinds of agency codes', identity.AGENCY_CODE_KIND_LABELS),
  'agency-proposal-kinds': of(
    'Loại đề nghị về cơ quan',
    'Kinds of proposals about agencies',
    identity.AGENCY_PROPOSAL_KIND_LABELS,
  ),
  'agency-levels': of('Cấp cơ quan', 'Levels of agencies', identity.AGENCY_LEVEL_LABELS),
  'acceptance-checks': of(
    'Nội dung kiểm tra khi nhận nộp lưu',
    'Checks of a submission',
    archive.ACCEPTANCE_CHECK_LABELS,
  ),
  'acceptance-reasons': of('Kết quả kiểm tra', 'Findings about a submission', archive.ACCEPTANCE_REASON_LABELS),
  'archive-package-kinds': of('Loại gói tin lưu trữ', 'Kinds of archive packages', archive.ARCHIVE_PACKAGE_KIND_LABELS),
  'calendar-day-kinds': of('Loại ngày trong lịch', 'Kinds of days', identity.CALENDAR_DAY_LABELS),
  'calendar-statuses': of('Tình trạng của ngày nghỉ', 'Standing of days off', identity.CALENDAR_STATUS_LABELS),
  channels: of('Kênh nhận gói tin', 'Channels of packages', exchange.CHANNEL_LABELS),
  'check-outcomes': of('Kết quả từng nội dung kiểm tra', 'Outcomes of the checks', archive.CHECK_OUTCOME_LABELS),
  'certificate-holders': of('Người sở hữu chứng thư', 'Holders of certificates', signature.CERTIFICATE_HOLDER_LABELS),
  'certificate-states': of('Tình trạng chứng thư', 'States of certificates', signature.CERTIFICATE_STATE_LABELS),
  'certificate-warnings': of('Lưu ý về chứng thư', 'Warnings about certificates', signature.CERTIFICATE_WARNING_LABELS),
  'closing-faults': of('Việc cần làm trước khi kết thúc hồ sơ', 'Faults before closing', archive.CLOSING_FAULT_LABELS),
  competences: of('Quyền hạn ký', 'Ways of signing', documents.COMPETENCE_LABELS),
  'delivery-statuses': of('Trạng thái gửi', 'Statuses of deliveries', exchange.DELIVERY_STATUS_LABELS),
  'desk-decisions': of('Quyết định về gói tin', 'Decisions on packages', exchange.DESK_DECISION_LABELS),
  'desk-grounds': of('Lý do gói tin phải chờ', 'Why packages wait', exchange.DESK_GROUND_LABELS),
  'document-directions': of('Chiều văn bản', 'Directions of documents', documents.DIRECTION_LABELS),
  'document-kinds': of('Tên loại văn bản', 'Kinds of documents', documents.DOCUMENT_KIND_LABELS),
  'due-rules': of('Cách tính thời hạn', 'Rules of when tasks are due', workflow.DUE_RULE_LABELS),
  'earlier-signatures': of(
    'Chữ ký có sẵn trong tệp',
    'Signatures that files bring',
    documents.EARLIER_SIGNATURES_LABELS,
  ),
  'dossier-list-states': of('Trạng thái danh mục hồ sơ', 'States of dossier lists', archive.DOSSIER_LIST_STATE_LABELS),
  'dossier-states': of('Trạng thái hồ sơ', 'States of dossiers', archive.DOSSIER_STATE_LABELS),
  'file-roles': of('Vai trò của tệp', 'Roles of files', documents.FILE_ROLE_LABELS),
  'finding-severities': of('Mức độ', 'Severities', exchange.FINDING_SEVERITY_LABELS),
  'incoming-acts': of('Việc trên văn bản đến', 'Acts on incoming documents', documents.INCOMING_ACT_LABELS),
  'incoming-register-columns': of(
    'Các cột của sổ đăng ký văn bản đến',
    'Columns of the register of incoming documents',
    registers.INCOMING_REGISTER_COLUMNS,
  ),
  'incoming-states': of('Trạng thái văn bản đến', 'States of incoming documents', documents.INCOMING_STATE_LABELS),
  'job-failures': of('Lý do tác vụ nền không thành', 'Why background work failed', jobs.JOB_FAILURE_LABELS),
  'job-states': of('Trạng thái tác vụ nền', 'States of background work', jobs.JOB_STATE_LABELS),
  'job-units': of('Đơn vị tiến độ', 'Units of progress', jobs.JOB_UNIT_LABELS),
  'layout-severities': of('Mức độ lỗi thể thức', 'Severities of layout', documents.LAYOUT_SEVERITY_LABELS),
  'legal-effects': of('Chữ ký trên văn bản', 'Signatures of an original', signature.LEGAL_EFFECT_LABELS),
  'legal-values': of('Giá trị pháp lý', 'Legal value', documents.LEGAL_VALUE_LABELS),
  'list-orders': of('Thứ tự danh sách', 'Orders of lists', documents.LIST_ORDER_LABELS),
  'notification-kinds': of('Loại thông báo', 'Kinds of notifications', notificationKinds),
  'notification-subjects': of(
    'Đối tượng của thông báo',
    'What notifications are about',
    workflow.NOTIFICATION_SUBJECT_LABELS,
  ),
  'notification-severities': of(
    'Mức độ thông báo',
    'Severities of notifications',
    workflow.NOTIFICATION_SEVERITY_LABELS,
  ),
  'outgoing-acts': of('Việc trên văn bản đi', 'Acts on outgoing documents', documents.OUTGOING_ACT_LABELS),
  'outgoing-register-columns': of(
    'Các cột của sổ đăng ký văn bản đi',
    'Columns of the register of outgoing documents',
    registers.OUTGOING_REGISTER_COLUMNS,
  ),
  'outgoing-states': of('Trạng thái văn bản đi', 'States of outgoing documents', documents.OUTGOING_STATE_LABELS),
  'package-kinds': of('Loại gói tin', 'Kinds of packages', exchange.PACKAGE_KIND_LABELS),
  permissions: of('Quyền', 'Permissions', identity.PERMISSION_LABELS),
  processes: of('Quy trình', 'Processes', workflow.PROCESS_LABELS),
  'process-roles': of('Người thực hiện trong quy trình', 'Roles in processes', workflow.PROCESS_ROLE_LABELS),
  'process-states': of('Trạng thái quy trình', 'States of processes', workflow.PROCESS_STATE_LABELS),
  'process-triggers': of('Sự kiện của quy trình', 'What moves processes', workflow.PROCESS_TRIGGER_LABELS),
  'retention-kinds': of('Loại thời hạn lưu trữ', 'Kinds of retention', archive.RETENTION_KIND_LABELS),
  'post-ranks': of('Cấp của vị trí công tác', 'Ranks of posts', identity.POST_RANK_LABELS),
  'received-states': of('Trạng thái gói tin nhận', 'States of received packages', exchange.RECEIVED_STATE_LABELS),
  'refusal-grounds': of('Lý do từ chối', 'Grounds of refusal', documents.REFUSAL_GROUND_LABELS),
  'replacement-outcomes': of(
    'Kết quả đề nghị thay hoặc sửa tệp',
    'Outcomes of proposed files and corrections',
    documents.REPLACEMENT_OUTCOME_LABELS,
  ),
  'review-aspects': of('Nội dung kiểm tra dự thảo', 'Checks of a draft', documents.REVIEW_ASPECT_LABELS),
  'review-outcomes': of('Kết quả kiểm tra dự thảo', 'Outcomes of checks', documents.REVIEW_OUTCOME_LABELS),
  roles: of('Vai trò', 'Roles', identity.ROLE_LABELS),
  'send-failures': of('Lý do không gửi được', 'Why a document was not sent', exchange.SEND_FAILURE_LABELS),
  'signature-kinds': of('Loại chữ ký', 'Kinds of signatures', signature.SIGNATURE_KIND_LABELS),
  'signature-levels': of('Mức chữ ký', 'Levels of signatures', signature.SIGNATURE_LEVEL_LABELS),
  'signature-indications': of(
    'Kết luận kiểm tra chữ ký theo chuẩn',
    'Indications of the standard',
    signature.SIGNATURE_INDICATION_LABELS,
  ),
  'signature-sub-indications': of(
    'Nhóm lý do của kết luận',
    'Kinds of reasons',
    signature.SIGNATURE_SUB_INDICATION_LABELS,
  ),
  'signature-verdicts': of('Kết quả kiểm tra chữ ký', 'Verdicts on signatures', signature.SIGNATURE_VERDICT_LABELS),
  'signer-identities': of('Đối chiếu người ký', 'Who signed', signature.SIGNER_IDENTITY_LABELS),
  'signer-kinds': of('Loại người ký', 'Kinds of signers', signature.SIGNER_KIND_LABELS),
  'file-integrity': of('Tính toàn vẹn của tệp', 'Integrity of files', signature.FILE_INTEGRITY_LABELS),
  'signing-capacities': of('Tư cách ký', 'Capacities of signers', documents.SIGNING_CAPACITY_LABELS),
  'signing-session-states': of(
    'Trạng thái phiên ký',
    'States of signing sessions',
    signature.SIGNING_SESSION_STATE_LABELS,
  ),
  'submission-states': of('Trạng thái nộp lưu', 'States of submissions', archive.SUBMISSION_STATE_LABELS),
  'task-states': of('Trạng thái công việc', 'States of tasks', workflow.TASK_STATE_LABELS),
  'task-steps': of('Công việc', 'Tasks', workflow.TASK_STEP_LABELS),
  'task-views': of('Danh sách công việc', 'Views of tasks', workflow.TASK_VIEW_LABELS),
  urgencies: of('Độ khẩn', 'Urgency', documents.URGENCY_LABELS),
  'verification-reasons': of('Kết quả xác thực', 'Findings of authenticity', documents.VERIFICATION_REASON_LABELS),
  'virus-scans': of('Kết quả quét mã độc', 'Virus scans', documents.VIRUS_SCAN_LABELS),
} as const satisfies Readonly<Record<string, Catalogue>>;
