import { defineProblem } from '@qlvb/shared-domain';

export const KindNotInNumberingPlan = defineProblem({
  code: 'documents.kind-not-in-numbering-plan',
  kind: 'unprocessable',
  source: 'NĐ30-A15-6',
  title: { vi: 'Tên loại chưa có hệ thống số', en: 'No number sequence for this kind' },
  detail: {
    vi: 'Quy định đánh số năm {year} của cơ quan không có tên loại "{kind}".',
    en: 'The agency\'s numbering plan of {year} does not cover the kind "{kind}".',
  },
});

export const NormativeNotIssuable = defineProblem({
  code: 'documents.normative-not-issuable',
  kind: 'unprocessable',
  source: 'NĐ30-A15-4',
  title: { vi: 'Không ban hành được văn bản quy phạm pháp luật này', en: 'No such legal normative document' },
  detail: {
    vi: 'Cơ quan {issuer} không ban hành văn bản quy phạm pháp luật loại "{kind}".',
    en: 'Agency {issuer} issues no legal normative document of kind "{kind}".',
  },
});

export const NumberingPlanInvalid = defineProblem({
  code: 'documents.numbering-plan-invalid',
  kind: 'unprocessable',
  source: 'NĐ30-A15-6',
  title: { vi: 'Quy định đánh số không hợp lệ', en: 'Invalid numbering plan' },
  detail: { vi: 'Quy định đánh số không hợp lệ: {reason}.', en: 'The numbering plan is not acceptable: {reason}.' },
});
