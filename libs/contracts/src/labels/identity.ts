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
