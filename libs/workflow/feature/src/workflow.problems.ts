import { defineProblem } from '@qlvb/shared-domain';

export const TaskNotFound = defineProblem({
  code: 'workflow.task-missing',
  kind: 'not-found',
  title: { vi: 'Không có việc này', en: 'No such task' },
  detail: { vi: 'Không có việc này trong danh sách của bạn.', en: 'There is no such task on your list.' },
});

export const TaskEndsElsewhere = defineProblem({
  code: 'workflow.task-ends-elsewhere',
  kind: 'conflict',
  title: { vi: 'Việc này kết thúc ở văn bản', en: 'This task ends with the document' },
  detail: {
    vi: 'Việc "{task}" tự kết thúc khi thao tác tương ứng trên văn bản được thực hiện.',
    en: 'The task "{task}" ends by itself when its act on the document is done.',
  },
});

export const NotificationKindUnknown = defineProblem({
  code: 'workflow.notification-kind-unknown',
  kind: 'unprocessable',
  title: { vi: 'Không rõ loại thông báo', en: 'Unknown kind of notification' },
  detail: { vi: 'Danh mục không có loại thông báo này.', en: 'The catalogue has no such notification.' },
});

export const DocumentNotFound = defineProblem({
  code: 'workflow.document-unknown',
  kind: 'not-found',
  title: { vi: 'Không có văn bản này', en: 'No such document' },
  detail: { vi: 'Không có văn bản đến này đang xử lý.', en: 'There is no such incoming document being handled.' },
});
