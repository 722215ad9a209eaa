import { defineProblem } from '@qlvb/shared-domain';

export const TriggerNotExpected = defineProblem({
  code: 'workflow.trigger-not-expected',
  kind: 'conflict',
  title: { vi: 'Bước không có trong quy trình', en: 'Not a step of the process' },
  detail: {
    vi: 'Bước này không có trong quy trình ở trạng thái hiện tại.',
    en: 'The process does not expect this in its present state.',
  },
});
