import type { Permission } from '../permissions.ts';
import type { Label } from './label.ts';

export const ROLE_LABELS = {
  officer: { vi: 'Chuyên viên', en: 'Officer' },
  unit_head: { vi: 'Người đứng đầu đơn vị', en: 'Head of unit' },
  layout_checker: { vi: 'Người kiểm tra thể thức', en: 'Layout checker' },
  leader: { vi: 'Lãnh đạo cơ quan', en: 'Leader' },
  clerk: { vi: 'Văn thư', en: 'Clerk' },
  archivist: { vi: 'Người làm lưu trữ', en: 'Archivist' },
  agency_admin: { vi: 'Quản trị cơ quan', en: 'Agency administrator' },
  auditor: { vi: 'Người kiểm tra nhật ký', en: 'Auditor' },
} as const satisfies Record<string, Label>;

export const POST_RANK_LABELS = {
  head: { vi: 'Người đứng đầu cơ quan', en: 'Head of the agency' },
  acting_head: { vi: 'Quyền người đứng đầu', en: 'Acting head' },
  deputy_in_charge: { vi: 'Cấp phó phụ trách', en: 'Deputy in charge' },
  deputy_head: { vi: 'Cấp phó của người đứng đầu', en: 'Deputy head' },
  unit_head: { vi: 'Người đứng đầu đơn vị', en: 'Head of unit' },
  unit_deputy: { vi: 'Cấp phó của đơn vị', en: 'Deputy head of unit' },
  other: { vi: 'Vị trí khác', en: 'Other post' },
} as const satisfies Record<string, Label>;

export const AGENCY_LEVEL_LABELS = {
  province: { vi: 'Cấp tỉnh', en: 'Province' },
  department: { vi: 'Sở, ban, ngành', en: 'Department' },
  district: { vi: 'Cấp huyện', en: 'District' },
  commune: { vi: 'Cấp xã', en: 'Commune' },
  unit: { vi: 'Đơn vị trực thuộc', en: 'Subordinate unit' },
} as const satisfies Record<string, Label>;

export const AGENCY_CODE_KIND_LABELS = {
  official: { vi: 'Mã được cấp', en: 'Given officially' },
  derived: { vi: 'Mã tự xác định', en: 'Derived' },
} as const satisfies Record<string, Label>;

export const CALENDAR_DAY_LABELS = {
  statutory: { vi: 'Ngày nghỉ lễ, tết', en: 'Public holiday' },
  compensatory: { vi: 'Ngày nghỉ bù', en: 'Day off in lieu' },
  swap: { vi: 'Ngày nghỉ hoán đổi', en: 'Day off in exchange' },
  work: { vi: 'Ngày làm bù', en: 'Make-up working day' },
} as const satisfies Record<string, Label>;

export const CALENDAR_STATUS_LABELS = {
  decided: { vi: 'Đã có quyết định', en: 'Decided' },
  pending: { vi: 'Tạm tính', en: 'Provisional' },
} as const satisfies Record<string, Label>;

export const ACCOUNT_PROPOSAL_KIND_LABELS = {
  account: { vi: 'Tài khoản và vị trí công tác mới', en: 'Account with a post' },
  post: { vi: 'Thêm vị trí công tác', en: 'Another post' },
  'post-change': { vi: 'Thay đổi vị trí công tác, vai trò', en: 'Change of a post' },
  'post-end': { vi: 'Kết thúc vị trí công tác', en: 'End of a post' },
  number: { vi: 'Thay số định danh', en: 'Another citizen number' },
} as const satisfies Record<string, Label>;

export const AGENCY_PROPOSAL_KIND_LABELS = {
  closure: { vi: 'Đóng mã, kết thúc hoạt động của cơ quan', en: 'End of an agency' },
  code: { vi: 'Thay mã định danh của cơ quan', en: 'Another code of an agency' },
  reopening: { vi: 'Mở lại cơ quan', en: 'Opening an agency again' },
} as const satisfies Record<string, Label>;

export const ACCOUNT_PROPOSAL_STATE_LABELS = {
  waiting: { vi: 'Chờ duyệt', en: 'Waiting' },
  approved: { vi: 'Đã duyệt', en: 'Approved' },
  refused: { vi: 'Không duyệt', en: 'Refused' },
  withdrawn: { vi: 'Đã rút lại', en: 'Withdrawn' },
} as const satisfies Record<string, Label>;

export const ACCOUNT_PROPOSAL_ACT_LABELS = {
  approve: { vi: 'Duyệt', en: 'Approve' },
  refuse: { vi: 'Không duyệt', en: 'Refuse' },
  withdraw: { vi: 'Rút lại', en: 'Withdraw' },
} as const satisfies Record<string, Label>;

export const ACCOUNT_STATE_LABELS = {
  active: { vi: 'Đang hoạt động', en: 'Active' },
  disabled: { vi: 'Đã khóa', en: 'Disabled' },
} as const satisfies Record<string, Label>;

export const PERMISSION_LABELS = {
  'account-proposals.decide': { vi: 'Duyệt đề nghị về tài khoản', en: 'Decide on account proposals' },
  'agencies.manage': { vi: 'Quản lý danh mục cơ quan, đơn vị', en: 'Manage agencies and units' },
  'agencies.read': { vi: 'Xem danh mục cơ quan', en: 'See the catalogue of agencies' },
  'agency-proposals.decide': {
    vi: 'Duyệt đề nghị về cơ quan cấp dưới',
    en: 'Decide on proposals about agencies below',
  },
  'archive-packages.read': { vi: 'Xem gói tin lưu trữ', en: 'See archive packages' },
  'audit.read': { vi: 'Xem nhật ký', en: 'Read the audit' },
  'calendar.manage': { vi: 'Cập nhật lịch làm việc', en: 'Manage the working calendar' },
  'certificates.read': { vi: 'Xem chứng thư', en: 'See certificates' },
  'certificates.register': { vi: 'Đăng ký chứng thư', en: 'Register certificates' },
  'deliveries.manage': { vi: 'Gửi lại, thôi gửi văn bản', en: 'Retry or stop deliveries' },
  'deliveries.read': { vi: 'Xem tình trạng gửi', en: 'See deliveries' },
  'dossier-lists.approve': { vi: 'Phê duyệt danh mục hồ sơ', en: 'Approve lists of dossiers' },
  'dossier-lists.manage': { vi: 'Lập danh mục hồ sơ', en: 'Make lists of dossiers' },
  'dossier-lists.read': { vi: 'Xem danh mục hồ sơ', en: 'See lists of dossiers' },
  'dossiers.manage': { vi: 'Lập hồ sơ', en: 'Keep dossiers' },
  'dossiers.read': { vi: 'Xem hồ sơ', en: 'See dossiers' },
  'files.read': { vi: 'Xem tệp', en: 'See files' },
  'files.upload': { vi: 'Tải tệp lên', en: 'Upload files' },
  'identity.cccd.reveal': { vi: 'Xem số định danh', en: 'See citizen numbers' },
  'incoming-documents.accept': { vi: 'Tiếp nhận văn bản đến', en: 'Accept incoming documents' },
  'incoming-documents.read': { vi: 'Xem văn bản đến', en: 'See incoming documents' },
  'incoming-documents.refuse': { vi: 'Từ chối văn bản đến', en: 'Refuse incoming documents' },
  'instructions.issue': { vi: 'Cho ý kiến chỉ đạo', en: 'Issue instructions' },
  'notifications.read': { vi: 'Xem thông báo', en: 'See notifications' },
  'outgoing-documents.content-check': { vi: 'Kiểm tra nội dung dự thảo', en: 'Check the content of drafts' },
  'outgoing-documents.draft': { vi: 'Soạn thảo văn bản', en: 'Draft documents' },
  'outgoing-documents.issue': { vi: 'Phát hành văn bản', en: 'Issue documents' },
  'outgoing-documents.layout-check': { vi: 'Kiểm tra thể thức dự thảo', en: 'Check the layout of drafts' },
  'outgoing-documents.read': { vi: 'Xem văn bản đi', en: 'See outgoing documents' },
  'outgoing-documents.register': { vi: 'Cấp số, vào sổ văn bản đi', en: 'Number and register documents' },
  'packages.read': { vi: 'Xem gói tin đã gửi', en: 'See sent packages' },
  'partners.read': { vi: 'Xem cơ quan liên thông', en: 'See exchange partners' },
  'process-definitions.read': { vi: 'Xem quy trình', en: 'See processes' },
  'received-packages.decide': { vi: 'Quyết định về gói tin đến', en: 'Decide on received packages' },
  'registers.read': { vi: 'Xem sổ đăng ký', en: 'See the registers' },
  'signing-grants.manage': { vi: 'Giao quyền ký', en: 'Give the right to sign' },
  'signing.agency': { vi: 'Ký số của cơ quan', en: 'Apply the agency signature' },
  'signing.personal': { vi: 'Ký số cá nhân', en: 'Sign in person' },
  'submissions.create': { vi: 'Nộp hồ sơ vào lưu trữ', en: 'Submit dossiers to the archive' },
  'submissions.decide': { vi: 'Tiếp nhận hồ sơ nộp lưu', en: 'Decide on submissions' },
  'tasks.perform': { vi: 'Xử lý công việc', en: 'Perform tasks' },
  'tasks.read': { vi: 'Xem công việc', en: 'See tasks' },
  'users.manage': { vi: 'Quản lý tài khoản', en: 'Manage accounts' },
  'users.read': { vi: 'Xem danh bạ', en: 'See people' },
  'validations.create': { vi: 'Kiểm tra chữ ký số', en: 'Validate signatures' },
} as const satisfies Record<Permission, Label>;
