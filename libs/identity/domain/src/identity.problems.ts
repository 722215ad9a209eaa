import { defineProblem } from '@qlvb/shared-domain';

export const LoginFailed = defineProblem({
  code: 'auth.login-failed',
  kind: 'unauthenticated',
  source: 'CID-25',
  title: { vi: 'Đăng nhập không thành công', en: 'Login failed' },
  detail: { vi: 'Số định danh hoặc mật khẩu không đúng.', en: 'The identity number or the password is wrong.' },
});

export const AccountLocked = defineProblem({
  code: 'auth.account-locked',
  kind: 'locked',
  source: 'SEC-A07',
  title: { vi: 'Tài khoản tạm khóa', en: 'Account locked for a while' },
  detail: {
    vi: 'Đăng nhập sai nhiều lần; hãy thử lại sau {minutes} phút.',
    en: 'Too many wrong logins; try again in {minutes} min.',
  },
});

export const PasswordChangeRequired = defineProblem({
  code: 'auth.password-change-required',
  kind: 'forbidden',
  source: 'SEC-A03',
  title: { vi: 'Phải đổi mật khẩu', en: 'Password must be changed' },
  detail: {
    vi: 'Đây là mật khẩu cấp lần đầu: hãy đổi mật khẩu rồi đăng nhập lại.',
    en: 'This is an initial password: change it, then log in again.',
  },
});

export const RefreshInvalid = defineProblem({
  code: 'auth.refresh-invalid',
  kind: 'unauthenticated',
  title: { vi: 'Phiên đã kết thúc', en: 'The session has ended' },
  detail: { vi: 'Phiên làm việc đã kết thúc; hãy đăng nhập lại.', en: 'The session has ended; log in again.' },
});

export const RefreshReused = defineProblem({
  code: 'auth.refresh-reused',
  kind: 'unauthenticated',
  source: 'SEC-S05',
  title: { vi: 'Mã làm mới đã dùng', en: 'Refresh token used before' },
  detail: {
    vi: 'Mã làm mới này đã được dùng; để an toàn, phiên làm việc bị kết thúc.',
    en: 'This refresh token was used before; the session was ended to be safe.',
  },
});

export const NoPost = defineProblem({
  code: 'auth.no-post',
  kind: 'forbidden',
  title: { vi: 'Không có vị trí công tác', en: 'No post' },
  detail: {
    vi: 'Tài khoản không có vị trí công tác đang hiệu lực để làm việc.',
    en: 'The account has no active post to act in.',
  },
});

export const PasswordWeak = defineProblem({
  code: 'identity.password-weak',
  kind: 'unprocessable',
  source: 'SEC-A04',
  title: { vi: 'Mật khẩu chưa đủ mạnh', en: 'Password too weak' },
  detail: { vi: '{reason}.', en: '{reason}.' },
});

export const CccdInvalid = defineProblem({
  code: 'identity.cccd-invalid',
  kind: 'unprocessable',
  source: 'CID-01',
  title: { vi: 'Số định danh không hợp lệ', en: 'Invalid identity number' },
  detail: {
    vi: 'Số định danh cá nhân phải gồm đúng 12 chữ số và đúng cấu trúc.',
    en: 'The personal identity number must be 12 digits of the right structure.',
  },
});

export const CccdDoubtful = defineProblem({
  code: 'identity.cccd-doubtful',
  kind: 'unprocessable',
  source: 'CID-10',
  title: { vi: 'Số định danh cần xác nhận', en: 'Identity number in doubt' },
  detail: {
    vi: 'Số định danh không khớp cấu trúc thường gặp ({doubts}); nếu đúng, hãy gửi lại kèm lý do.',
    en: 'The identity number does not have the usual structure ({doubts}); if it is right, send it again with a reason.',
  },
});

export const CccdEntriesDiffer = defineProblem({
  code: 'identity.cccd-entries-differ',
  kind: 'unprocessable',
  source: 'CID-09',
  title: { vi: 'Hai lần nhập khác nhau', en: 'The two entries differ' },
  detail: {
    vi: 'Số định danh nhập hai lần không giống nhau.',
    en: 'The identity number was entered differently the second time.',
  },
});

export const AccountExists = defineProblem({
  code: 'identity.account-exists',
  kind: 'conflict',
  source: 'CID-15',
  title: { vi: 'Đã có tài khoản', en: 'Account exists' },
  detail: {
    vi: 'Số định danh này thuộc về một tài khoản khác hoặc đã được thay; hãy kiểm tra lại với người đề nghị.',
    en: 'This identity number belongs to another account or was replaced; check it with the proposer.',
  },
});

export const AccountNotFound = defineProblem({
  code: 'identity.account-missing',
  kind: 'not-found',
  title: { vi: 'Không có tài khoản này', en: 'No such account' },
  detail: { vi: 'Không có tài khoản này trong cơ quan.', en: 'There is no such account in the agency.' },
});

export const PostNotFound = defineProblem({
  code: 'identity.post-missing',
  kind: 'not-found',
  title: { vi: 'Không có vị trí công tác này', en: 'No such post' },
  detail: { vi: 'Không có vị trí công tác này trong cơ quan.', en: 'There is no such post in the agency.' },
});

export const UnitNotFound = defineProblem({
  code: 'identity.unit-missing',
  kind: 'not-found',
  title: { vi: 'Không có đơn vị này', en: 'No such unit' },
  detail: { vi: 'Không có đơn vị này trong cơ quan.', en: 'There is no such unit in the agency.' },
});

export const UnitExists = defineProblem({
  code: 'identity.unit-exists',
  kind: 'conflict',
  title: { vi: 'Đã có đơn vị này', en: 'Unit exists' },
  detail: { vi: 'Cơ quan đã có đơn vị {name}.', en: 'The agency has a unit {name} already.' },
});

export const AgencyNotFound = defineProblem({
  code: 'identity.agency-missing',
  kind: 'not-found',
  title: { vi: 'Không có cơ quan này', en: 'No such agency' },
  detail: { vi: 'Danh mục không có cơ quan này.', en: 'The catalogue has no such agency.' },
});

export const AgencyCodeMalformed = defineProblem({
  code: 'identity.agency-code-malformed',
  kind: 'unprocessable',
  source: 'AGC-01',
  title: { vi: 'Mã định danh không hợp lệ', en: 'Malformed agency code' },
  detail: { vi: 'Mã định danh {code} không đúng cấu trúc.', en: 'The agency code {code} has a wrong structure.' },
});

export const AgencyCodeTaken = defineProblem({
  code: 'identity.agency-code-taken',
  kind: 'conflict',
  source: 'AGC-06',
  title: { vi: 'Mã định danh đã được cấp', en: 'Agency code taken' },
  detail: {
    vi: 'Mã định danh {code} đã được cấp và không bao giờ được cấp lại.',
    en: 'The agency code {code} was given out before and is never reused.',
  },
});

export const HostRefused = defineProblem({
  code: 'identity.host-refused',
  kind: 'conflict',
  source: 'DOM-03',
  title: { vi: 'Tên miền không dùng được', en: 'Host cannot be used' },
  detail: {
    vi: 'Tên viết tắt {shortName} cho tên miền đã có cơ quan dùng hoặc không hợp lệ.',
    en: 'The abbreviation {shortName} gives a host that is taken, reserved or malformed.',
  },
});

export const AgencyOutsideSubtree = defineProblem({
  code: 'identity.agency-outside-subtree',
  kind: 'forbidden',
  source: 'SEC-Z04',
  title: { vi: 'Ngoài phạm vi quản trị', en: 'Outside the own subtree' },
  detail: {
    vi: 'Chỉ được quản trị cơ quan mình và các cơ quan trực thuộc.',
    en: 'Only one’s own agency and those below it may be administered.',
  },
});

export const CalendarNotFound = defineProblem({
  code: 'identity.calendar-missing',
  kind: 'not-found',
  source: 'CAL-6',
  title: { vi: 'Chưa có lịch năm này', en: 'No calendar for this year' },
  detail: { vi: 'Chưa có lịch làm việc năm {year}.', en: 'There is no working calendar for {year}.' },
});

export const CalendarYearFaulty = defineProblem({
  code: 'identity.calendar-year-faulty',
  kind: 'unprocessable',
  source: 'CAL-6',
  title: { vi: 'Lịch năm chưa đúng', en: 'Calendar of the year not right' },
  detail: {
    vi: 'Lịch làm việc năm {year} có {count} điểm chưa đúng; xem mục errors.',
    en: 'The working calendar of {year} has faults ({count}); see errors.',
  },
});

export const CalendarNotYours = defineProblem({
  code: 'identity.calendar-not-yours',
  kind: 'forbidden',
  source: 'CAL-2',
  title: { vi: 'Lịch chung do tỉnh quản lý', en: 'The calendar is the province’s' },
  detail: {
    vi: 'Chỉ Ủy ban nhân dân tỉnh được cập nhật lịch làm việc chung.',
    en: 'Only the province may change the public calendar.',
  },
});
