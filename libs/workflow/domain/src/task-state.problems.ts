import { defineProblem } from '@qlvb/shared-domain';

export const TaskActNotAllowed = defineProblem({
  code: 'workflow.task-act-not-allowed',
  kind: 'conflict',
  title: { vi: 'Công việc không ở bước này', en: 'The task is not at this step' },
  detail: {
    vi: 'Không thể thực hiện "{act}" khi công việc ở trạng thái "{state}".',
    en: 'Act "{act}" is not possible in state "{state}".',
  },
});

export const TaskNotYours = defineProblem({
  code: 'workflow.task-not-yours',
  kind: 'forbidden',
  title: { vi: 'Không phải công việc của bạn', en: 'Not your task' },
  detail: {
    vi: 'Việc "{act}" thuộc về "{role}".',
    en: 'Act "{act}" belongs to "{role}".',
  },
});
