import { defineProblem } from '@qlvb/shared-domain';

export const DocumentAlreadyInDossier = defineProblem({
  code: 'archive.document-already-in-dossier',
  kind: 'conflict',
  source: 'NĐ30-A29-6',
  title: { vi: 'Văn bản đã có trong hồ sơ', en: 'The document is in the dossier already' },
  detail: {
    vi: 'Văn bản đã có trong hồ sơ ở số thứ tự {ordinal}.',
    en: 'The document is in the dossier already, under ordinal {ordinal}.',
  },
});

export const SecretMaterialRefused = defineProblem({
  code: 'archive.secret-material-refused',
  kind: 'unprocessable',
  source: 'LAW-14',
  title: { vi: 'Không nhận tài liệu bí mật nhà nước', en: 'No state secrets in this system' },
  detail: {
    vi: 'Hệ thống này không nhận hồ sơ, tài liệu có mức độ tiếp cận "Mật".',
    en: 'This system takes no dossier or document of access level "Secret".',
  },
});

export const DossierNotReadyToClose = defineProblem({
  code: 'archive.dossier-not-ready-to-close',
  kind: 'unprocessable',
  source: 'NĐ30-A29-6',
  title: { vi: 'Hồ sơ chưa đủ điều kiện kết thúc', en: 'The dossier cannot be closed yet' },
  detail: { vi: 'Còn phải xử lý: {faults}.', en: 'Still to be settled: {faults}.' },
});
