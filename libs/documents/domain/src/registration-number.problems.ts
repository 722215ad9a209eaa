import { defineProblem } from '@qlvb/shared-domain';

export const NumberDateNotInOrder = defineProblem({
  code: 'documents.number-date-not-in-order',
  kind: 'conflict',
  source: 'EX-NUM-4',
  title: { vi: 'Không giữ số, không lùi ngày', en: 'Numbers are neither held nor back-dated' },
  detail: {
    vi: 'Ngày {date} không nằm giữa ngày cấp số gần nhất ({earliest}) và hôm nay ({today}).',
    en: 'The date {date} is not between the last issued date ({earliest}) and today ({today}).',
  },
});

export const NumberAlreadyUsed = defineProblem({
  code: 'documents.number-already-used',
  kind: 'conflict',
  source: 'NĐ30-A15-2',
  title: { vi: 'Số và ký hiệu đã được dùng', en: 'Number and symbol already used' },
  detail: {
    vi: 'Số và ký hiệu {code} đã được dùng trong năm {year}.',
    en: '{code} was already used in {year}.',
  },
});
