import { defineProblem } from '@qlvb/shared-domain';

export const AgencyClosed = defineProblem({
  code: 'identity.agency-closed',
  kind: 'conflict',
  source: 'AGC-08',
  title: { vi: 'Cơ quan đã đóng mã', en: 'Agency closed' },
  detail: {
    vi: 'Mã của {agency} đã đóng, hoặc ngày nêu ra không sau ngày bắt đầu hiệu lực.',
    en: 'The code of {agency} is closed already, or the day given is not after its first day.',
  },
});

export const AgencyNotClosed = defineProblem({
  code: 'identity.agency-not-closed',
  kind: 'conflict',
  source: 'AGC-08',
  title: { vi: 'Cơ quan chưa đóng mã', en: 'Agency not closed' },
  detail: {
    vi: '{agency} đang hoạt động và chưa có ngày đóng mã.',
    en: '{agency} is open, and no last day is set for it.',
  },
});

export const AgencyDayPast = defineProblem({
  code: 'identity.agency-day-past',
  kind: 'unprocessable',
  source: 'AGC-08',
  title: { vi: 'Ngày hiệu lực đã qua', en: 'The day is over' },
  detail: {
    vi: 'Ngày {day} đã qua; ngày sớm nhất có thể chọn là {first}.',
    en: 'The day {day} is over; the first day possible is {first}.',
  },
});

export const AgencyProposalNotFound = defineProblem({
  code: 'identity.agency-proposal-missing',
  kind: 'not-found',
  title: { vi: 'Không có đề nghị này', en: 'No such proposal' },
  detail: { vi: 'Không tìm thấy đề nghị về cơ quan này.', en: 'There is no such proposal about an agency.' },
});

export const AgencyProposalWaits = defineProblem({
  code: 'identity.agency-proposal-waits',
  kind: 'conflict',
  source: 'AGC-07',
  title: { vi: 'Đã có đề nghị chờ duyệt', en: 'A proposal waits already' },
  detail: {
    vi: 'Đã có một đề nghị về {agency} đang chờ duyệt; hãy chờ quyết định hoặc rút đề nghị đó.',
    en: 'A proposal about {agency} waits already; wait for the decision, or withdraw that one.',
  },
});
