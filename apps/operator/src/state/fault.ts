import type { Service } from '@qlvb/installation';

/** Something that is not as the application left it, or of which that cannot be proven. */
export interface StateFault {
  readonly service: Service;
  readonly fault:
    | 'row-changed'
    | 'row-added'
    | 'row-removed'
    | 'not-journalled'
    | 'journal-changed'
    | 'journal-cut'
    | 'journal-rewritten'
    | 'audit-changed'
    | 'audit-cut'
    | 'audit-rewritten'
    | 'head-changed'
    | 'nothing-kept'
    | 'audit-end-not-kept'
    | 'journal-end-not-kept'
    | 'sequence-off-register'
    | 'object-changed'
    | 'object-missing';
  /** Absent where a row is gone, or belongs to no agency. */
  readonly agencyId?: string;
  readonly table?: string;
  /** The values of the row's primary key. */
  readonly key?: string;
  readonly columns?: readonly string[];
  /** Who wrote it past the application, when it was written with the journal on. */
  readonly byRole?: string;
  /** Where in a chain. */
  readonly at?: number;
  readonly object?: string;
}

type Words = (fault: StateFault) => string;

const row = ({ table, key }: StateFault): string => `${table} ${key}`;
const columns = ({ columns: names = [] }: StateFault): string => (names.length === 0 ? '' : `: ${names.join(', ')}`);
const by = ({ byRole }: StateFault): string => (byRole ? ` bởi tài khoản ${byRole} (by this account)` : '');

const WORDS: Readonly<Record<StateFault['fault'], Words>> = {
  'row-changed': (fault) =>
    `${row(fault)} đã bị sửa ngoài ứng dụng (row changed past the application)${by(fault)}${columns(fault)}`,
  'row-added': (fault) => `${row(fault)} được thêm ngoài ứng dụng (row added past the application)${by(fault)}`,
  'row-removed': (fault) => `${row(fault)} đã bị xóa ngoài ứng dụng (row removed past the application)${by(fault)}`,
  'not-journalled': ({ table }) => `${table} không được ghi sổ thay đổi (table is not journalled)`,
  'journal-changed': ({ at }) => `sổ thay đổi đã bị sửa trước niêm phong ${at} (row journal changed below that seal)`,
  'journal-cut': ({ at }) => `sổ thay đổi mất niêm phong ${at} đã cất giữ (row journal lost a seal that was kept)`,
  'journal-rewritten': ({ at }) => `sổ thay đổi đã bị viết lại trước niêm phong ${at} (row journal written anew)`,
  'audit-changed': ({ at }) => `nhật ký đã bị sửa ở mục ${at} (audit entry changed)`,
  'audit-cut': ({ at }) => `nhật ký bị cắt trước mục ${at} (audit chain cut)`,
  'audit-rewritten': ({ at }) => `nhật ký đã bị viết lại trước mục ${at} (audit chain written anew)`,
  'head-changed': ({ at }) => `mốc cuối của nhật ký đã bị sửa, mục ${at} (head of the audit chain changed)`,
  'nothing-kept': () =>
    'không có mốc nào được cất giữ nơi khác: không chứng minh được là nhật ký không bị cắt (no head is kept elsewhere: unproven that nothing was cut or written anew)',
  'audit-end-not-kept': ({ at }) =>
    `nhật ký từ mục ${at} chưa được cất giữ mốc nơi khác: chưa chứng minh được (no head kept of what follows: unproven)`,
  'journal-end-not-kept': ({ at }) =>
    `sổ thay đổi từ niêm phong ${at} chưa được cất giữ nơi khác: chưa chứng minh được (no seal kept of what follows: unproven)`,
  'sequence-off-register': (fault) => `${row(fault)} không khớp sổ đăng ký (sequence does not match the register)`,
  'object-changed': (fault) => `${row(fault)}: nội dung tệp ${fault.object} đã bị thay đổi (bytes of the file changed)`,
  'object-missing': (fault) => `${row(fault)}: không có nội dung tệp ${fault.object} (bytes of the file are missing)`,
};

export const sentenceOf = (fault: StateFault): string =>
  `${fault.service}${fault.agencyId ? ` ${fault.agencyId}` : ''}: ${WORDS[fault.fault](fault)}`;
