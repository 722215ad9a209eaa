import { defineProblem } from '@qlvb/shared-domain';

const notFound = (code: string, vi: string, en: string) =>
  defineProblem({
    code: `archive.${code}`,
    kind: 'not-found',
    title: { vi: `Không có ${vi} này`, en: `No such ${en}` },
    detail: { vi: `Không có ${vi} này trong cơ quan.`, en: `There is no such ${en} in the agency.` },
  });

export const DossierNotFound = notFound('dossier-missing', 'hồ sơ', 'dossier');
export const DossierListNotFound = notFound('dossier-list-missing', 'danh mục hồ sơ', 'dossier list');
export const DocumentNotFilable = notFound('document-missing', 'văn bản đã đăng ký', 'registered document');
export const SubmissionNotFound = notFound('submission-missing', 'yêu cầu nộp lưu', 'submission');
export const ArchivePackageNotFound = notFound('package-missing', 'gói tin lưu trữ', 'archive package');

export const DossierCodeTaken = defineProblem({
  code: 'archive.dossier-code-taken',
  kind: 'conflict',
  source: 'EX-HS-1',
  title: { vi: 'Mã hồ sơ đã dùng', en: 'Dossier code taken' },
  detail: { vi: 'Hồ sơ có mã {code} đã có.', en: 'There is a dossier with the code {code} already.' },
});

export const ListYearTaken = defineProblem({
  code: 'archive.list-year-taken',
  kind: 'conflict',
  source: 'NĐ30-A28-1',
  title: { vi: 'Đã có danh mục năm này', en: 'The year has a list' },
  detail: {
    vi: 'Cơ quan đã có danh mục hồ sơ năm {year}.',
    en: 'The agency has a list of dossiers for {year} already.',
  },
});

export const OnlyAcceptedIsLocked = defineProblem({
  code: 'archive.only-accepted-is-locked',
  kind: 'conflict',
  source: 'STO-2',
  title: { vi: 'Gói tin không cần khóa', en: 'Not a package to lock' },
  detail: {
    vi: 'Chỉ gói tin đã tiếp nhận vào lưu trữ mới được khóa chống xóa.',
    en: 'Only a package that was accepted into the archive is locked against deletion.',
  },
});
