import { defineProblem } from '@qlvb/shared-domain';

export const SubmissionActNotAllowed = defineProblem({
  code: 'archive.submission-act-not-allowed',
  kind: 'conflict',
  source: 'SUB-21',
  title: { vi: 'Yêu cầu nộp lưu không ở bước này', en: 'The submission is not at this step' },
  detail: {
    vi: 'Không thể thực hiện "{act}" khi yêu cầu ở trạng thái "{state}".',
    en: 'Act "{act}" is not possible while the submission is "{state}".',
  },
});
