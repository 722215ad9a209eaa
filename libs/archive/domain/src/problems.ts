import { defineProblem } from '@qlvb/shared-domain';

export const NotationTaken = defineProblem({
  code: 'archive.notation-taken',
  kind: 'conflict',
  source: 'NĐ30-PL5-I.2',
  title: { vi: 'Số và ký hiệu hồ sơ đã có', en: 'The number and symbol is taken' },
  detail: { vi: 'Số và ký hiệu {notation} đã dùng trong danh mục.', en: '{notation} is already used in the list.' },
});

/* Dossier (hồ sơ) */

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

export const ActNotYours = defineProblem({
  code: 'archive.act-not-yours',
  kind: 'forbidden',
  source: 'NĐ30-A31-1',
  title: { vi: 'Không đúng người thực hiện', en: 'Not the person for this step' },
  detail: { vi: 'Việc "{act}" do "{role}" thực hiện.', en: 'Act "{act}" belongs to the role "{role}".' },
});

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

export const ReasonRequired = defineProblem({
  code: 'archive.reason-required',
  kind: 'unprocessable',
  source: 'EX-HS-2',
  title: { vi: 'Phải ghi lý do', en: 'A reason is required' },
  detail: { vi: 'Hãy ghi lý do của việc "{act}".', en: 'State the reason for "{act}".' },
});

/* Retention (thời hạn lưu trữ) */

export const BadRetention = defineProblem({
  code: 'archive.bad-retention',
  kind: 'invalid',
  source: 'LAW-7',
  title: { vi: 'Thời hạn lưu trữ không hợp lệ', en: 'The retention period is not valid' },
  detail: {
    vi: 'Thời hạn lưu trữ là vĩnh viễn hoặc từ 1 đến 70 năm.',
    en: 'A retention period is permanent or 1 to 70 years.',
  },
});

export const RetentionTooShort = defineProblem({
  code: 'archive.retention-too-short',
  kind: 'unprocessable',
  source: 'LAW-6',
  title: { vi: 'Thời hạn lưu trữ quá ngắn', en: 'The retention period is too short' },
  detail: {
    vi: 'Thời hạn {chosen} ngắn hơn thời hạn bắt buộc {least}.',
    en: 'The period {chosen} is shorter than the required {least}.',
  },
});

/* Submission (nộp lưu) and acceptance */

export const NotForSubmission = defineProblem({
  code: 'archive.not-for-submission',
  kind: 'unprocessable',
  source: 'NĐ30-A31-2',
  title: { vi: 'Hồ sơ không thuộc diện nộp lưu', en: 'The dossier is not to be submitted' },
  detail: {
    vi: 'Chỉ nộp lưu hồ sơ có thời hạn lưu trữ từ 5 năm trở lên.',
    en: 'Only dossiers kept for five years or more are submitted.',
  },
});

export const SubmissionActNotAllowed = defineProblem({
  code: 'archive.submission-act-not-allowed',
  kind: 'conflict',
  source: 'SUB-21',
  title: { vi: 'Yêu cầu nộp lưu không ở bước này', en: 'The submission is not at this step' },
  detail: {
    vi: 'Không thể thực hiện "{act}" khi yêu cầu ở trạng thái "{state}".',
    en: 'Act "{act}" is not possible while the submission is "{state}".',
  },
});

export const ChecksNotPassed = defineProblem({
  code: 'archive.checks-not-passed',
  kind: 'unprocessable',
  source: 'SUB-13',
  title: { vi: 'Hồ sơ không đạt kiểm tra', en: 'The dossier did not pass its checks' },
  detail: { vi: 'Không đạt: {reasons}.', en: 'Failed: {reasons}.' },
});

export const ChecksMissing = defineProblem({
  code: 'archive.checks-missing',
  kind: 'conflict',
  source: 'SUB-20',
  title: { vi: 'Chưa kiểm tra đủ', en: 'Checks are missing' },
  detail: { vi: 'Chưa có kết quả: {checks}.', en: 'No result yet for: {checks}.' },
});
