import { defineProblem } from '@qlvb/shared-domain';

export const DossierRightNotFound = defineProblem({
  code: 'archive.access-right-missing',
  kind: 'not-found',
  title: { vi: 'Không có quyền truy cập này', en: 'No such access right' },
  detail: {
    vi: 'Không có quyền truy cập này trên hồ sơ mà bạn được xem.',
    en: 'No dossier that you may see has this access right.',
  },
});

export const DossierAccessNotYoursToChange = defineProblem({
  code: 'archive.access-not-yours-to-change',
  kind: 'forbidden',
  source: 'NĐ30-PL6-F3b',
  title: { vi: 'Không được thay đổi quyền truy cập', en: 'Access is not yours to change' },
  detail: {
    vi: 'Quyền truy cập một hồ sơ do người lập hồ sơ đề nghị, do người đứng đầu đơn vị hoặc lưu trữ cơ quan quyết định.',
    en: 'Access to a dossier is proposed by who keeps it, and decided by the head of the unit or the archive.',
  },
});

export const DossierAccessNotForAdministrators = defineProblem({
  code: 'archive.access-not-for-administrators',
  kind: 'unprocessable',
  source: 'SEC-Z05',
  title: { vi: 'Không cho quản trị viên xem hồ sơ', en: 'Not for administrators' },
  detail: {
    vi: 'Tài khoản quản trị không được đọc hồ sơ; hãy chọn vị trí công tác khác của người này.',
    en: 'Administrative accounts read no dossiers; choose another post of this person.',
  },
});

export const DossierAccessAlreadyHeld = defineProblem({
  code: 'archive.access-already-held',
  kind: 'conflict',
  title: { vi: 'Đã có quyền hoặc đang chờ xác nhận', en: 'Already held or waiting' },
  detail: {
    vi: 'Người này đã được xem hồ sơ, hoặc việc cho xem đang chờ xác nhận.',
    en: 'This person may see the dossier already, or a grant waits for confirmation.',
  },
});

export const DossierRightDecided = defineProblem({
  code: 'archive.access-right-decided',
  kind: 'conflict',
  source: 'NĐ30-PL6-F3c',
  title: { vi: 'Đã được xử lý', en: 'Already decided' },
  detail: {
    vi: 'Quyền truy cập này đã được xác nhận, bị từ chối, đã thu hồi hoặc đã hết thời hạn.',
    en: 'This access right was confirmed, refused or withdrawn before, or its time is over.',
  },
});

export const DossierRightNeeded = defineProblem({
  code: 'archive.access-right-needed',
  kind: 'conflict',
  title: { vi: 'Không thu hồi được', en: 'Cannot be withdrawn' },
  detail: {
    vi: 'Người lập hồ sơ, người đứng đầu đơn vị và lưu trữ cơ quan cần quyền này.',
    en: 'Who keeps the dossier, the head of the unit and the archive need this right.',
  },
});

export const DossierAccessEndPast = defineProblem({
  code: 'archive.access-end-past',
  kind: 'unprocessable',
  title: { vi: 'Thời hạn không còn ở phía trước', en: 'The end is past' },
  detail: {
    vi: 'Thời điểm hết quyền xem phải sau thời điểm hiện tại.',
    en: 'The right must end later than now.',
  },
});
