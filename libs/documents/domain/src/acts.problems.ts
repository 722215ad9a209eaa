import { defineProblem } from '@qlvb/shared-domain';

export const ActNotYours = defineProblem({
  code: 'documents.act-not-yours',
  kind: 'forbidden',
  source: 'NĐ30-A4-1',
  title: { vi: 'Không đúng người thực hiện', en: 'Not the person for this step' },
  detail: {
    vi: 'Việc "{act}" do "{role}" thực hiện.',
    en: 'Act "{act}" belongs to the role "{role}".',
  },
});
