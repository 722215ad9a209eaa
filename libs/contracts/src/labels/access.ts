import type { AccessGround, AccessKind, ObjectRight, PrincipalKind } from '../access/rights.ts';
import type { Label } from './label.ts';

export const ACCESS_RIGHT_LABELS = {
  archive: { vi: 'Thu nhận vào lưu trữ', en: 'Take over into the archive' },
  'check-content': { vi: 'Kiểm tra nội dung', en: 'Check the content' },
  'check-layout': { vi: 'Kiểm tra thể thức', en: 'Check the layout' },
  direct: { vi: 'Chỉ đạo xử lý', en: 'Direct the work' },
  draft: { vi: 'Soạn thảo', en: 'Draft' },
  handle: { vi: 'Xử lý', en: 'Handle' },
  keep: { vi: 'Lập và giữ hồ sơ', en: 'Keep the dossier' },
  read: { vi: 'Xem', en: 'Read' },
  register: { vi: 'Đăng ký', en: 'Register' },
  reopen: { vi: 'Mở lại hồ sơ', en: 'Reopen the dossier' },
  sign: { vi: 'Ký', en: 'Sign' },
} as const satisfies Record<ObjectRight, Label>;

export const ACCESS_GROUND_LABELS = {
  'approved-list': { vi: 'Duyệt danh mục hồ sơ', en: 'Approved the list of dossiers' },
  'by-hand': { vi: 'Được cho xem riêng', en: 'Given by hand' },
  'checks-layout': { vi: 'Kiểm tra thể thức văn bản', en: 'Is to check the layout' },
  drafts: { vi: 'Soạn thảo văn bản', en: 'Drafts the document' },
  handles: { vi: 'Được giao xử lý', en: 'Was given it to handle' },
  'heads-unit': { vi: 'Đứng đầu đơn vị chủ trì', en: 'Heads the unit in charge' },
  keeps: { vi: 'Lập hồ sơ', en: 'Keeps the dossier' },
  registers: { vi: 'Đăng ký văn bản', en: 'Is to register the document' },
  signs: { vi: 'Ký văn bản', en: 'Signs the document' },
  standing: { vi: 'Theo chức trách, với mọi văn bản đã đăng ký', en: 'By office, for everything registered' },
  told: { vi: 'Theo dịch vụ quản lý văn bản', en: 'As the owner told' },
  'took-part': { vi: 'Đã tham gia xử lý', en: 'Took part' },
} as const satisfies Record<AccessGround, Label>;

export const ACCESS_PRINCIPAL_LABELS = {
  agency: { vi: 'Cơ quan', en: 'Agency' },
  unit: { vi: 'Đơn vị', en: 'Unit' },
  post: { vi: 'Chức vụ', en: 'Post' },
  person: { vi: 'Cá nhân', en: 'Person' },
} as const satisfies Record<PrincipalKind, Label>;

export const ACCESS_RIGHT_STATE_LABELS = {
  waiting: { vi: 'Chờ xác nhận', en: 'Waits for confirmation' },
  held: { vi: 'Đang có hiệu lực', en: 'In force' },
  ended: { vi: 'Hết hiệu lực', en: 'Ended' },
} as const satisfies Record<string, Label>;

export const ACCESS_KIND_LABELS = {
  'incoming-document': { vi: 'Văn bản đến', en: 'Incoming document' },
  'outgoing-document': { vi: 'Văn bản đi', en: 'Outgoing document' },
} as const satisfies Record<AccessKind, Label>;
