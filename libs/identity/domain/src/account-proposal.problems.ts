import { defineProblem } from '@qlvb/shared-domain';

export const ProposalNotFound = defineProblem({
  code: 'identity.proposal-missing',
  kind: 'not-found',
  title: { vi: 'Không có đề nghị này', en: 'No such proposal' },
  detail: { vi: 'Không tìm thấy đề nghị về tài khoản này.', en: 'There is no such account proposal.' },
});

export const ProposalDecided = defineProblem({
  code: 'identity.proposal-decided',
  kind: 'conflict',
  source: 'IDN-08',
  title: { vi: 'Đề nghị đã được giải quyết', en: 'The proposal is decided' },
  detail: {
    vi: 'Đề nghị này đã được duyệt, từ chối hoặc rút lại.',
    en: 'This proposal was approved, refused or withdrawn before.',
  },
});

export const ProposalStale = defineProblem({
  code: 'identity.proposal-stale',
  kind: 'conflict',
  source: 'IDN-02',
  title: { vi: 'Vị trí công tác đã thay đổi', en: 'The post has changed' },
  detail: {
    vi: 'Vị trí công tác đã thay đổi sau khi lập đề nghị; hãy lập đề nghị mới.',
    en: 'The post has changed since this was proposed; propose it anew.',
  },
});

export const GrantExceeded = defineProblem({
  code: 'identity.grant-exceeded',
  kind: 'forbidden',
  source: 'SEC-Z04',
  title: { vi: 'Vượt thẩm quyền cấp quyền', en: 'More than may be granted' },
  detail: {
    vi: 'Vị trí công tác đang dùng không được đề nghị hoặc duyệt các vai trò này.',
    en: 'The post in which you act may not propose or approve these roles.',
  },
});

export const RolesIncompatible = defineProblem({
  code: 'identity.roles-incompatible',
  kind: 'unprocessable',
  source: 'SEC-Z06',
  title: { vi: 'Các vai trò không được đi cùng nhau', en: 'Roles that do not go together' },
  detail: {
    vi: 'Vai trò quản trị và vai trò kiểm tra phải đứng riêng trong một vị trí công tác, và một người không giữ cả hai.',
    en: 'The roles of administrator and auditor each stand alone in a post, and one person does not hold both.',
  },
});

export const NotTheHead = defineProblem({
  code: 'identity.not-the-head',
  kind: 'forbidden',
  source: 'IDN-02',
  title: { vi: 'Không phải người đứng đầu', en: 'Not the head' },
  detail: {
    vi: 'Chỉ người đứng đầu {agency} được quyết định việc này.',
    en: 'Only the head of {agency} decides about this.',
  },
});

export const NotTheProposer = defineProblem({
  code: 'identity.not-the-proposer',
  kind: 'forbidden',
  title: { vi: 'Không phải người đề nghị', en: 'Not the proposer' },
  detail: { vi: 'Chỉ người đã lập đề nghị được rút lại.', en: 'Only who made the proposal may withdraw it.' },
});

export const NobodyDecides = defineProblem({
  code: 'identity.nobody-decides',
  kind: 'conflict',
  source: 'IDN-02',
  title: { vi: 'Chưa có người duyệt', en: 'Nobody may decide' },
  detail: {
    vi: 'Cơ quan và các cơ quan cấp trên chưa có người đứng đầu được quyết định việc này; hãy đề nghị giao người đứng đầu trước, do một quản trị viên khác của cơ quan cao nhất duyệt.',
    en: 'Neither the agency nor one above it has a head who may decide about this; propose a head first, whom another administrator of the top agency approves.',
  },
});

export const FirstAdministratorsMade = defineProblem({
  code: 'identity.first-administrators-made',
  kind: 'conflict',
  source: 'IDN-02',
  title: { vi: 'Đã có quản trị viên đầu tiên', en: 'The first administrators are there' },
  detail: {
    vi: 'Cơ quan cao nhất đã có hai quản trị viên; người khác được một người đề nghị và một người duyệt trong hệ thống.',
    en: 'The top agency has two administrators; everybody else is proposed by one person and approved by another.',
  },
});

export const LastAdministrator = defineProblem({
  code: 'identity.last-administrator',
  kind: 'conflict',
  source: 'SEC-Z06',
  title: { vi: 'Quản trị viên cuối cùng', en: 'The last administrator' },
  detail: {
    vi: 'Cơ quan phải còn ít nhất một quản trị viên; hãy giao người khác trước.',
    en: 'The agency must keep an administrator; appoint another one first.',
  },
});

export const UrgentNotAllowed = defineProblem({
  code: 'identity.urgent-not-allowed',
  kind: 'conflict',
  source: 'IDN-02',
  title: { vi: 'Không được thu hồi ngay', en: 'Not at once' },
  detail: {
    vi: 'Lần thu hồi khẩn cấp trước của bạn đối với người này không được duyệt, hoặc không có người đứng đầu nào quyết định; hãy lập đề nghị không khẩn cấp.',
    en: 'Your urgent withdrawal from this person before was not approved, or no head decides about it; propose it without urgency.',
  },
});

export const InvitationNotWaiting = defineProblem({
  code: 'identity.invitation-not-waiting',
  kind: 'conflict',
  source: 'SEC-A03',
  title: { vi: 'Không có lời mời chờ xác nhận', en: 'No invitation waits' },
  detail: {
    vi: 'Người này không có lời mời nào chờ xác nhận: chưa được mời, lời mời đã được xác nhận, hoặc đã hết hạn.',
    en: 'No invitation of this person waits for confirmation: none was made, it was confirmed, or it has expired.',
  },
});

export const AccountInUse = defineProblem({
  code: 'identity.account-in-use',
  kind: 'conflict',
  source: 'SEC-A03',
  title: { vi: 'Tài khoản đã được kích hoạt', en: 'The account is in use' },
  detail: {
    vi: 'Người này đã đặt mật khẩu; mã mời chỉ dành cho tài khoản chưa kích hoạt. Nếu quên mật khẩu, hãy đặt lại mật khẩu.',
    en: 'This person has set a password; invitations are for accounts never used. Who forgot the password gets it reset.',
  },
});

export const AccountNotInUse = defineProblem({
  code: 'identity.account-not-in-use',
  kind: 'conflict',
  source: 'SEC-A12',
  title: { vi: 'Tài khoản chưa được kích hoạt', en: 'The account is not in use' },
  detail: {
    vi: 'Người này chưa đặt mật khẩu; hãy mời đặt mật khẩu.',
    en: 'This person has set no password; invite the person to set one.',
  },
});
