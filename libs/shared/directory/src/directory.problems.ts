import { defineProblem } from '@qlvb/shared-domain';

export const AgencyUnknown = defineProblem({
  code: 'directory.agency-unknown',
  kind: 'unprocessable',
  title: { vi: 'Không có cơ quan này', en: 'Unknown agency' },
  detail: {
    vi: 'Không tìm thấy cơ quan này trong danh mục đang có hiệu lực.',
    en: 'The agency is not in the catalogue in force.',
  },
});

export const PostUnknown = defineProblem({
  code: 'directory.post-unknown',
  kind: 'unprocessable',
  title: { vi: 'Không có vị trí công tác này', en: 'Unknown post' },
  detail: {
    vi: 'Không tìm thấy vị trí công tác này trong cơ quan.',
    en: 'The post is not in this agency.',
  },
});

export const UnitUnknown = defineProblem({
  code: 'directory.unit-unknown',
  kind: 'unprocessable',
  title: { vi: 'Không có đơn vị này', en: 'Unknown unit' },
  detail: { vi: 'Không tìm thấy đơn vị này trong cơ quan.', en: 'The unit is not in this agency.' },
});
