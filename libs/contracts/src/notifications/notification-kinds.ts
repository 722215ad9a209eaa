import type { Label } from '../labels/label.ts';

export const NOTIFICATION_SEVERITIES = ['info', 'warning', 'critical'] as const;
export type NotificationSeverity = (typeof NOTIFICATION_SEVERITIES)[number];

interface KindDeclaration {
  readonly severity: NotificationSeverity;
  /** What the text's places are filled with; a value may be a label, so that a reason is told in both languages. */
  readonly parameters: readonly string[];
  readonly title: Label;
  readonly text: Label;
}

/** Everything that people are told of; services ask for it, `workflow` alone delivers it. */
export const NOTIFICATION_KINDS = {
  'task-opened': {
    severity: 'info',
    parameters: ['task', 'subject'],
    title: { vi: 'Việc mới', en: 'New task' },
    text: { vi: '{task}: {subject}', en: '{task}: {subject}' },
  },
  'task-reminded': {
    severity: 'warning',
    parameters: ['by', 'text', 'subject'],
    title: { vi: 'Đôn đốc', en: 'Reminder' },
    text: { vi: '{by} đôn đốc: {text} ({subject})', en: '{by} urges: {text} ({subject})' },
  },
  'follow-up-appointed': {
    severity: 'info',
    parameters: ['subject'],
    title: { vi: 'Theo dõi, đôn đốc', en: 'Follow-up' },
    text: {
      vi: 'Được giao theo dõi, đôn đốc việc giải quyết: {subject}',
      en: 'You are to follow the handling of: {subject}',
    },
  },
  'deadline-moved': {
    severity: 'info',
    parameters: ['task', 'subject'],
    title: { vi: 'Thời hạn được lùi theo lịch nghỉ', en: 'Deadline moved by days off' },
    text: { vi: '{task}: {subject}', en: '{task}: {subject}' },
  },
  'dispatch-failed': {
    severity: 'critical',
    parameters: ['subject', 'recipient', 'reason'],
    title: { vi: 'Không gửi được văn bản', en: 'Document could not be sent' },
    text: {
      vi: 'Văn bản "{subject}" chưa gửi được đến {recipient}: {reason}',
      en: 'The document "{subject}" has not reached {recipient}: {reason}',
    },
  },
  'replacement-proposed': {
    severity: 'warning',
    parameters: ['subject', 'proposer', 'file', 'reason'],
    title: { vi: 'Đề nghị thay tệp đính kèm', en: 'Another attachment is proposed' },
    text: {
      vi: '{proposer} đề nghị thay tệp "{file}" của "{subject}": {reason}',
      en: '{proposer} proposes to replace "{file}" of "{subject}": {reason}',
    },
  },
  'replacement-decided': {
    severity: 'info',
    parameters: ['subject', 'decider', 'file', 'outcome'],
    title: { vi: 'Kết quả đề nghị thay tệp đính kèm', en: 'Another attachment: decided' },
    text: {
      vi: '{decider}: {outcome} (tệp "{file}" của "{subject}")',
      en: '{decider}: {outcome} (file "{file}" of "{subject}")',
    },
  },
  'correction-proposed': {
    severity: 'warning',
    parameters: ['subject', 'code', 'proposer', 'reason'],
    title: { vi: 'Đề nghị sửa lại văn bản đã cấp số', en: 'A numbered document is to be corrected' },
    text: {
      vi: '{proposer} đề nghị sửa lại tệp của văn bản {code} "{subject}", giữ nguyên số: {reason}',
      en: '{proposer} proposes to correct the file of {code} "{subject}" and to keep its number: {reason}',
    },
  },
  'correction-decided': {
    severity: 'info',
    parameters: ['subject', 'code', 'decider', 'outcome'],
    title: { vi: 'Kết quả đề nghị sửa lại văn bản', en: 'Correction of a numbered document: decided' },
    text: {
      vi: '{decider}: {outcome} (sửa lại tệp của văn bản {code} "{subject}")',
      en: '{decider}: {outcome} (correction of the file of {code} "{subject}")',
    },
  },
  'package-waiting': {
    severity: 'warning',
    parameters: ['sender', 'reason'],
    title: { vi: 'Gói tin chờ văn thư xử lý', en: 'A package waits for the clerk' },
    text: {
      vi: 'Gói tin từ {sender} cần được xem xét: {reason}',
      en: 'A package from {sender} has to be looked at: {reason}',
    },
  },
  'package-undeliverable': {
    severity: 'warning',
    parameters: ['recipient', 'reason'],
    title: { vi: 'Gói tin không đến được nơi nhận', en: 'A package reached nobody' },
    text: {
      vi: 'Gói tin gửi đến mã {recipient} không có nơi nhận: {reason}',
      en: 'A package for the code {recipient} reached nobody: {reason}',
    },
  },
  'account-proposed': {
    severity: 'info',
    parameters: ['person', 'proposer', 'reason'],
    title: { vi: 'Đề nghị về tài khoản chờ duyệt', en: 'An account proposal waits for approval' },
    text: {
      vi: '{proposer} đề nghị về tài khoản của {person}: {reason}',
      en: '{proposer} proposes a change of the account of {person}: {reason}',
    },
  },
  'account-proposal-approved': {
    severity: 'info',
    parameters: ['person', 'by'],
    title: { vi: 'Đề nghị về tài khoản đã được duyệt', en: 'An account proposal was approved' },
    text: {
      vi: '{by} đã duyệt đề nghị về tài khoản của {person}',
      en: '{by} approved the proposal for the account of {person}',
    },
  },
  'account-proposal-refused': {
    severity: 'warning',
    parameters: ['person', 'by', 'reason'],
    title: { vi: 'Đề nghị về tài khoản không được duyệt', en: 'An account proposal was refused' },
    text: {
      vi: '{by} không duyệt đề nghị về tài khoản của {person}: {reason}',
      en: '{by} refused the proposal for the account of {person}: {reason}',
    },
  },
  'agency-change-proposed': {
    severity: 'warning',
    parameters: ['agency', 'change', 'proposer', 'reason'],
    title: { vi: 'Đề nghị về cơ quan chờ duyệt', en: 'A proposal about an agency waits for approval' },
    text: {
      vi: '{proposer} đề nghị về {agency}: {change}. Lý do: {reason}',
      en: '{proposer} proposes for {agency}: {change}. Reason: {reason}',
    },
  },
  'agency-change-approved': {
    severity: 'info',
    parameters: ['agency', 'change', 'by'],
    title: { vi: 'Đề nghị về cơ quan đã được duyệt', en: 'A proposal about an agency was approved' },
    text: { vi: '{by} đã duyệt đề nghị về {agency}: {change}', en: '{by} approved for {agency}: {change}' },
  },
  'agency-change-refused': {
    severity: 'warning',
    parameters: ['agency', 'change', 'by', 'reason'],
    title: { vi: 'Đề nghị về cơ quan không được duyệt', en: 'A proposal about an agency was refused' },
    text: {
      vi: '{by} không duyệt đề nghị về {agency}: {change}. Lý do: {reason}',
      en: '{by} refused for {agency}: {change}. Reason: {reason}',
    },
  },
  'agency-closing': {
    severity: 'critical',
    parameters: ['agency', 'day'],
    title: { vi: 'Cơ quan sắp kết thúc hoạt động', en: 'The agency ends' },
    text: {
      vi: 'Ngày {day} là ngày hoạt động cuối cùng của {agency}; sau ngày này tài khoản không đăng nhập được. Trước đó, hãy phát hành hoặc hủy dự thảo, giải quyết hoặc bàn giao văn bản đến và công việc, in sổ đăng ký văn bản và nộp lưu hồ sơ.',
      en: '{day} is the last day of {agency}; nobody can log in there after it. Until then issue or cancel drafts, handle or hand over incoming documents and tasks, print the registers and submit the dossiers.',
    },
  },
  'agency-reopened': {
    severity: 'info',
    parameters: ['agency'],
    title: { vi: 'Cơ quan tiếp tục hoạt động', en: 'The agency goes on' },
    text: {
      vi: '{agency} tiếp tục hoạt động, không còn ngày đóng mã',
      en: '{agency} goes on and has no last day any more',
    },
  },
  'agency-succeeded': {
    severity: 'warning',
    parameters: ['agency', 'day'],
    title: { vi: 'Cơ quan được sáp nhập vào cơ quan mình', en: 'Another agency merges into this one' },
    text: {
      vi: 'Sau ngày {day}, {agency} kết thúc hoạt động và cơ quan này kế thừa; hãy thống nhất việc nhận bàn giao văn bản, sổ đăng ký và hồ sơ.',
      en: '{agency} ends after {day}, and this agency succeeds it; agree on taking over its documents, registers and dossiers.',
    },
  },
  'invitation-made': {
    severity: 'info',
    parameters: ['person', 'by'],
    title: { vi: 'Lời mời chờ xác nhận', en: 'An invitation waits for confirmation' },
    text: {
      vi: '{by} đã mời {person} đặt mật khẩu; phần thứ hai của mật khẩu dùng một lần do người xác nhận trao',
      en: '{by} invited {person} to set a password; who confirms hands over the second part of the one-time password',
    },
  },
  'password-reset-asked': {
    severity: 'warning',
    parameters: ['person', 'by', 'reason'],
    title: { vi: 'Đặt lại mật khẩu chờ xác nhận', en: 'A password reset waits for confirmation' },
    text: {
      vi: '{by} đặt lại mật khẩu của {person}: {reason}. Hãy hỏi chính người đó trước khi xác nhận.',
      en: '{by} resets the password of {person}: {reason}. Ask this person before you confirm.',
    },
  },
  'own-password-reset-asked': {
    severity: 'critical',
    parameters: ['by', 'reason'],
    title: { vi: 'Mật khẩu của bạn sắp được đặt lại', en: 'Your password is about to be reset' },
    text: {
      vi: '{by} đặt lại mật khẩu của bạn: {reason}. Nếu bạn không yêu cầu, hãy đổi mật khẩu ngay và báo người đứng đầu.',
      en: '{by} resets your password: {reason}. If you did not ask for it, change your password now and tell the head.',
    },
  },
  'access-proposed': {
    severity: 'info',
    parameters: ['subject', 'proposer', 'person'],
    title: { vi: 'Quyền xem văn bản chờ xác nhận', en: 'Access to a document waits for confirmation' },
    text: {
      vi: '{proposer} đề nghị cho {person} xem "{subject}"',
      en: '{proposer} proposes that {person} may read "{subject}"',
    },
  },
  'access-withdrawn': {
    severity: 'warning',
    parameters: ['subject', 'proposer', 'person'],
    title: { vi: 'Quyền xem văn bản đã thu hồi', en: 'Access to a document was withdrawn' },
    text: {
      vi: '{proposer} đã thu hồi quyền xem "{subject}" của {person}',
      en: '{proposer} withdrew the right of {person} to read "{subject}"',
    },
  },
  'dossier-access-proposed': {
    severity: 'info',
    parameters: ['subject', 'proposer', 'person'],
    title: { vi: 'Quyền xem hồ sơ chờ xác nhận', en: 'Access to a dossier waits for confirmation' },
    text: {
      vi: '{proposer} đề nghị cho {person} xem hồ sơ "{subject}"',
      en: '{proposer} proposes that {person} may read the dossier "{subject}"',
    },
  },
  'dossier-access-withdrawn': {
    severity: 'warning',
    parameters: ['subject', 'proposer', 'person'],
    title: { vi: 'Đã thu hồi quyền xem hồ sơ', en: 'Access to a dossier was withdrawn' },
    text: {
      vi: '{proposer} đã thu hồi quyền xem hồ sơ "{subject}" của {person}',
      en: '{proposer} withdrew the access of {person} to the dossier "{subject}"',
    },
  },
  'job-failed': {
    severity: 'critical',
    parameters: ['job', 'reason'],
    title: { vi: 'Tác vụ nền không hoàn thành', en: 'Background work failed' },
    text: { vi: '{job}: {reason}', en: '{job}: {reason}' },
  },
} as const satisfies Record<string, KindDeclaration>;

export type NotificationKind = keyof typeof NOTIFICATION_KINDS;
/** What was done or is to be done is said in words of both languages, never as the code of an act or a state. */
type SaidInWords = 'change' | 'job' | 'outcome' | 'task';
export type NotificationParameters<Kind extends NotificationKind> = {
  readonly [Name in (typeof NOTIFICATION_KINDS)[Kind]['parameters'][number]]: Name extends SaidInWords
    ? Label
    : string | Label;
};

export const isNotificationKind = (kind: string): kind is NotificationKind => Object.hasOwn(NOTIFICATION_KINDS, kind);
