import { defineProblem } from '@qlvb/shared-domain';

export const TokenMissing = defineProblem({
  code: 'auth.token-missing',
  kind: 'unauthenticated',
  title: { vi: 'Chưa đăng nhập', en: 'Not signed in' },
  detail: {
    vi: 'Yêu cầu này cần mã truy cập; hãy đăng nhập rồi gửi lại.',
    en: 'This request needs an access token; sign in and send it again.',
  },
});

export const TokenExpired = defineProblem({
  code: 'auth.token-expired',
  kind: 'unauthenticated',
  title: { vi: 'Mã truy cập đã hết hạn', en: 'Access token expired' },
  detail: {
    vi: 'Mã truy cập đã hết hạn; hãy làm mới phiên đăng nhập.',
    en: 'The access token has expired; refresh the session.',
  },
});

export const TokenInvalid = defineProblem({
  code: 'auth.token-invalid',
  kind: 'unauthenticated',
  title: { vi: 'Mã truy cập không hợp lệ', en: 'Access token not valid' },
  detail: {
    vi: 'Mã truy cập không hợp lệ; hãy đăng nhập lại.',
    en: 'The access token is not valid; sign in again.',
  },
});

export const TokenRevoked = defineProblem({
  code: 'auth.token-revoked',
  kind: 'unauthenticated',
  title: { vi: 'Phiên đăng nhập đã kết thúc', en: 'Session ended' },
  detail: {
    vi: 'Quyền của tài khoản đã thay đổi hoặc phiên đã kết thúc; hãy đăng nhập lại.',
    en: 'The rights of the account have changed or the session has ended; sign in again.',
  },
});

export const PermissionMissing = defineProblem({
  code: 'auth.permission-missing',
  kind: 'forbidden',
  title: { vi: 'Không có quyền', en: 'Not permitted' },
  detail: {
    vi: 'Tài khoản không có quyền thực hiện thao tác này.',
    en: 'The account does not hold the permission that this operation needs.',
  },
});

export const KeysUnavailable = defineProblem({
  code: 'auth.keys-unavailable',
  kind: 'unavailable',
  title: { vi: 'Chưa kiểm tra được mã truy cập', en: 'Access token cannot be checked' },
  detail: {
    vi: 'Chưa lấy được khóa kiểm tra mã truy cập; hãy thử lại sau.',
    en: 'The keys that check access tokens cannot be read at present; try again later.',
  },
});

export const DutiesNotSeparate = defineProblem({
  code: 'auth.duties-not-separate',
  kind: 'forbidden',
  title: { vi: 'Phải do người khác thực hiện', en: 'Another person must do this' },
  detail: {
    vi: 'Một người không làm cả hai việc này với cùng một nội dung; hãy để người khác thực hiện.',
    en: 'One person does not do both of these on the same matter; let somebody else do it.',
  },
});
