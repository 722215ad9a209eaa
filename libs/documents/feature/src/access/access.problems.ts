import { defineProblem } from '@qlvb/shared-domain';

export const AccessRightNotFound = defineProblem({
  code: 'documents.access-right-missing',
  kind: 'not-found',
  title: { vi: 'Không có quyền truy cập này', en: 'No such access right' },
  detail: {
    vi: 'Không có quyền truy cập này trên văn bản mà bạn được xem.',
    en: 'No document that you may see has this access right.',
  },
});

export const AccessNotYoursToChange = defineProblem({
  code: 'documents.access-not-yours-to-change',
  kind: 'forbidden',
  source: 'NĐ30-PL6-F3b',
  title: { vi: 'Không được thay đổi quyền truy cập', en: 'Access is not yours to change' },
  detail: {
    vi: 'Quyền truy cập một văn bản do văn thư hoặc người lãnh đạo chịu trách nhiệm về văn bản đó thay đổi.',
    en: 'Access to a document is changed by the clerks or the leader who answers for the document.',
  },
});

export const AccessNotForAdministrators = defineProblem({
  code: 'documents.access-not-for-administrators',
  kind: 'unprocessable',
  source: 'SEC-Z05',
  title: { vi: 'Không cho quản trị viên xem văn bản', en: 'Not for administrators' },
  detail: {
    vi: 'Tài khoản quản trị không được đọc nội dung văn bản; hãy chọn vị trí công tác khác của người này.',
    en: 'Administrative accounts read no documents; choose another post of this person.',
  },
});

export const AccessAlreadyHeld = defineProblem({
  code: 'documents.access-already-held',
  kind: 'conflict',
  title: { vi: 'Đã có quyền hoặc đang chờ xác nhận', en: 'Already held or waiting' },
  detail: {
    vi: 'Người này đã được xem văn bản, hoặc việc cho xem đang chờ xác nhận.',
    en: 'This person may see the document already, or a grant waits for confirmation.',
  },
});

export const AccessRightDecided = defineProblem({
  code: 'documents.access-right-decided',
  kind: 'conflict',
  source: 'NĐ30-PL6-F3c',
  title: { vi: 'Đã được xử lý', en: 'Already decided' },
  detail: {
    vi: 'Quyền truy cập này đã được xác nhận, bị từ chối, đã thu hồi hoặc đã hết thời hạn.',
    en: 'This access right was confirmed, refused or withdrawn before, or its time is over.',
  },
});

export const AccessRightNeeded = defineProblem({
  code: 'documents.access-right-needed',
  kind: 'conflict',
  title: { vi: 'Không thu hồi được', en: 'Cannot be withdrawn' },
  detail: {
    vi: 'Người soạn thảo, người đứng đầu đơn vị chủ trì, người kiểm tra thể thức, người ký, văn thư và những người được xem theo sổ đăng ký cần quyền này để xử lý văn bản.',
    en: 'The drafter, the head of the unit in charge, those who check the layout, the signer, the clerks and those to whom the register is open need this right to work on the document.',
  },
});

export const AccessEndPast = defineProblem({
  code: 'documents.access-end-past',
  kind: 'unprocessable',
  title: { vi: 'Thời hạn không còn ở phía trước', en: 'The end is past' },
  detail: {
    vi: 'Thời điểm hết quyền xem phải sau thời điểm hiện tại.',
    en: 'The right must end later than now.',
  },
});
