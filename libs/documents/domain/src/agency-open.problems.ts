import { defineProblem } from '@qlvb/shared-domain';

export const AgencyNoLonger = defineProblem({
  code: 'documents.agency-no-longer',
  kind: 'conflict',
  source: 'AGC-08',
  title: { vi: 'Cơ quan đã kết thúc hoạt động', en: 'The agency has ended' },
  detail: {
    vi: 'Mã định danh của cơ quan hết hiệu lực ngày {validTo}; không ban hành văn bản mới bằng mã này.',
    en: 'The code of the agency ended on {validTo}; no new document is issued under it.',
  },
});
