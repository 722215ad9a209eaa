import { defineProblem } from '@qlvb/shared-domain';

export const TooManyJobs = defineProblem({
  code: 'jobs.too-many',
  kind: 'too-many-requests',
  title: { vi: 'Đang có nhiều việc chờ xử lý', en: 'Too much work waits already' },
  detail: {
    vi: 'Các việc cùng loại của bạn hoặc của cơ quan chưa xử lý xong; hãy chờ hoặc hủy bớt rồi thử lại.',
    en: 'Work of this kind that you or your agency asked for is not done yet; wait or cancel some of it, then try again.',
  },
});

export const JobNotYours = defineProblem({
  code: 'jobs.not-yours',
  kind: 'forbidden',
  title: { vi: 'Không phải việc của bạn', en: 'Not your work' },
  detail: { vi: 'Chỉ người đã yêu cầu mới được dừng việc này.', en: 'Only who asked for this work may stop it.' },
});

export const JobOver = defineProblem({
  code: 'jobs.over',
  kind: 'conflict',
  title: { vi: 'Việc đã kết thúc', en: 'The work has ended' },
  detail: { vi: 'Không dừng được nữa: {state}.', en: 'It cannot be stopped any more: {state}.' },
});
