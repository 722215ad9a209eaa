import { defineProblem } from '@qlvb/shared-domain';

export const DossierActNotAllowed = defineProblem({
  code: 'archive.dossier-act-not-allowed',
  kind: 'conflict',
  source: 'EX-HS-2',
  title: { vi: 'Hồ sơ chưa tới hoặc đã qua bước này', en: 'The dossier is not at this step' },
  detail: {
    vi: 'Không thể thực hiện "{act}" khi hồ sơ ở trạng thái "{state}".',
    en: 'Act "{act}" is not possible while the dossier is "{state}".',
  },
});
