import { defineProblem } from '@qlvb/shared-domain';

export const ActNotYours = defineProblem({
  code: 'archive.act-not-yours',
  kind: 'forbidden',
  source: 'NĐ30-A31-1',
  title: { vi: 'Không đúng người thực hiện', en: 'Not the person for this step' },
  detail: { vi: 'Việc "{act}" do "{role}" thực hiện.', en: 'Act "{act}" belongs to the role "{role}".' },
});

export const ReasonRequired = defineProblem({
  code: 'archive.reason-required',
  kind: 'unprocessable',
  source: 'EX-HS-2',
  title: { vi: 'Phải ghi lý do', en: 'A reason is required' },
  detail: { vi: 'Hãy ghi lý do của việc "{act}".', en: 'State the reason for "{act}".' },
});
