import { defineProblem } from '@qlvb/shared-domain';

export const NotationTaken = defineProblem({
  code: 'archive.notation-taken',
  kind: 'conflict',
  source: 'NĐ30-PL5-I.2',
  title: { vi: 'Số và ký hiệu hồ sơ đã có', en: 'The number and symbol is taken' },
  detail: { vi: 'Số và ký hiệu {notation} đã dùng trong danh mục.', en: '{notation} is already used in the list.' },
});

export const BadDossierCode = defineProblem({
  code: 'archive.bad-dossier-code',
  kind: 'invalid',
  source: 'EX-HS-1',
  title: { vi: 'Mã hồ sơ không hợp lệ', en: 'The dossier code is not valid' },
  detail: {
    vi: 'Mã hồ sơ có {part} không hợp lệ: {value}.',
    en: 'In the code of the dossier the {part} is not valid: {value}.',
  },
});
