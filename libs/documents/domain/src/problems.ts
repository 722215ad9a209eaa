import { defineProblem } from '@qlvb/shared-domain';

/* Outgoing documents */

export const OutgoingActNotAllowed = defineProblem({
  code: 'documents.outgoing-act-not-allowed',
  kind: 'conflict',
  source: 'NĐ30-A14-1',
  title: { vi: 'Văn bản đi chưa tới hoặc đã qua bước này', en: 'The outgoing document is not at this step' },
  detail: {
    vi: 'Không thể thực hiện "{act}" khi văn bản ở trạng thái "{state}".',
    en: 'Act "{act}" is not possible in state "{state}".',
  },
});

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

export const DraftIncomplete = defineProblem({
  code: 'documents.draft-incomplete',
  kind: 'unprocessable',
  source: 'NĐ30-A10-2',
  title: { vi: 'Dự thảo chưa đủ thông tin', en: 'The draft is incomplete' },
  detail: { vi: 'Còn thiếu: {missing}.', en: 'Missing: {missing}.' },
});

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

export const DocumentNotExchangeable = defineProblem({
  code: 'documents.not-exchangeable',
  kind: 'unprocessable',
  source: 'QĐ28-A10-1',
  title: { vi: 'Không gửi được qua trục liên thông', en: 'Cannot be sent over the exchange' },
  detail: {
    vi: 'Trục liên thông không nhận: {fields}. Chi tiết ở từng trường.',
    en: 'The exchange does not take: {fields}. See each field.',
  },
});

export const FilesTooLarge = defineProblem({
  code: 'documents.files-too-large',
  kind: 'unprocessable',
  source: 'QĐ28-A10-1',
  title: { vi: 'Các tệp quá lớn', en: 'Files too large' },
  detail: {
    vi: 'Các tệp của văn bản có tổng dung lượng {megabytes} MB; một gói tin nhận tối đa {maxMegabytes} MB.',
    en: 'The files of the document have {megabytes} MB together; one package takes up to {maxMegabytes} MB.',
  },
});

export const MainFileTooLarge = defineProblem({
  code: 'documents.main-file-too-large',
  kind: 'unprocessable',
  source: 'FMT-10',
  title: { vi: 'Tệp chính quá lớn', en: 'Main file too large' },
  detail: {
    vi: 'Tệp {name} lớn hơn {maxMegabytes} MB nên không kiểm tra thể thức và ký số được.',
    en: 'The file {name} is larger than {maxMegabytes} MB and can be neither checked nor signed.',
  },
});

export const ReturnNeedsComment = defineProblem({
  code: 'documents.return-needs-comment',
  kind: 'unprocessable',
  source: 'NĐ30-A10-4',
  title: { vi: 'Trả lại phải có ý kiến', en: 'A return needs a comment' },
  detail: { vi: 'Hãy ghi ý kiến về dự thảo khi trả lại.', en: 'Say what has to change when returning a draft.' },
});

export const ContentNotChecked = defineProblem({
  code: 'documents.content-not-checked',
  kind: 'conflict',
  source: 'NĐ30-A12-1',
  title: { vi: 'Chưa kiểm tra nội dung', en: 'Content not checked' },
  detail: {
    vi: 'Phiên bản {version} chưa được người đứng đầu đơn vị soạn thảo kiểm tra nội dung.',
    en: 'The head of the drafting unit has not approved the content of version {version}.',
  },
});

export const LayoutNotChecked = defineProblem({
  code: 'documents.layout-not-checked',
  kind: 'conflict',
  source: 'NĐ30-A12-2',
  title: { vi: 'Chưa kiểm tra thể thức', en: 'Layout not checked' },
  detail: {
    vi: 'Phiên bản {version} chưa được kiểm tra thể thức và kỹ thuật trình bày.',
    en: 'The layout of version {version} has not been approved.',
  },
});

export const SignerNotCompetent = defineProblem({
  code: 'documents.signer-not-competent',
  kind: 'forbidden',
  source: 'NĐ30-A13-1',
  title: { vi: 'Không có thẩm quyền ký', en: 'No authority to sign' },
  detail: {
    vi: 'Người ký không có thẩm quyền đối với văn bản này vào ngày {on}.',
    en: 'The signer holds no authority for this document on {on}.',
  },
});

export const SigningGrantInvalid = defineProblem({
  code: 'documents.signing-grant-invalid',
  kind: 'unprocessable',
  source: 'NĐ30-A13-3',
  title: { vi: 'Ủy quyền ký không hợp lệ', en: 'Invalid grant of signing authority' },
  detail: { vi: 'Ủy quyền ký thiếu hoặc trái quy định: {reason}.', en: 'The grant is not acceptable: {reason}.' },
});

export const SigningFormWrong = defineProblem({
  code: 'documents.signing-form-wrong',
  kind: 'unprocessable',
  source: 'NĐ30-A13-1',
  title: { vi: 'Sai quyền hạn ký', en: 'Wrong form of signing' },
  detail: {
    vi: 'Người ký này ký với quyền hạn "{competence}", thể thức đề ký: {lines}.',
    en: 'This signer signs as "{competence}", under the lines: {lines}.',
  },
});

export const GrantNotYours = defineProblem({
  code: 'documents.grant-not-yours',
  kind: 'forbidden',
  source: 'NĐ30-A13-1',
  title: { vi: 'Không phải người đứng đầu', en: 'Not the head of the agency' },
  detail: {
    vi: 'Chỉ người đứng đầu cơ quan giao hoặc thu hồi việc ký thay, thừa lệnh, thừa ủy quyền.',
    en: 'Only the head of the agency grants or revokes the right to sign.',
  },
});

export const SignerMissing = defineProblem({
  code: 'documents.signer-missing',
  kind: 'not-found',
  title: { vi: 'Không có vị trí công tác này', en: 'No such post' },
  detail: { vi: 'Không có vị trí công tác này trong cơ quan.', en: 'There is no such post in the agency.' },
});

export const SigningGrantMissing = defineProblem({
  code: 'documents.signing-grant-missing',
  kind: 'not-found',
  title: { vi: 'Không có việc giao ký này', en: 'No such grant' },
  detail: { vi: 'Không có việc giao ký này trong cơ quan.', en: 'There is no such grant in the agency.' },
});

export const SigningGrantRevoked = defineProblem({
  code: 'documents.signing-grant-revoked',
  kind: 'conflict',
  title: { vi: 'Đã thu hồi', en: 'Already revoked' },
  detail: { vi: 'Việc giao ký này đã được thu hồi trước đó.', en: 'This grant was revoked before.' },
});

/* Numbers and registers */

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

/* Recipients, files, secrecy */

export const RecipientsInvalid = defineProblem({
  code: 'documents.recipients-invalid',
  kind: 'unprocessable',
  source: 'NĐ30-PL1-II.9c',
  title: { vi: 'Nơi nhận không hợp lệ', en: 'Invalid recipients' },
  detail: { vi: 'Nơi nhận không hợp lệ: {reason}.', en: 'The recipients are not acceptable: {reason}.' },
});

export const FileNotAllowed = defineProblem({
  code: 'documents.file-not-allowed',
  kind: 'unsupported-media-type',
  source: 'QB-A4-4',
  title: { vi: 'Định dạng tệp không được phép', en: 'File format not allowed' },
  detail: {
    vi: 'Tệp "{name}" không thuộc danh mục định dạng được phép hoặc nội dung khác với phần mở rộng.',
    en: 'File "{name}" is not of an allowed format, or its content differs from its extension.',
  },
});

export const StateSecretRefused = defineProblem({
  code: 'documents.state-secret-refused',
  kind: 'unprocessable',
  source: 'EX-SEC-1',
  title: { vi: 'Không tiếp nhận văn bản bí mật nhà nước', en: 'State secrets are refused' },
  detail: {
    vi: 'Hệ thống này không lưu, gửi, nhận văn bản có độ mật; hãy dùng hệ thống dành riêng.',
    en: 'This system does not hold, send or receive classified documents; use the dedicated one.',
  },
});

/* Incoming documents */

export const IncomingActNotAllowed = defineProblem({
  code: 'documents.incoming-act-not-allowed',
  kind: 'conflict',
  source: 'NĐ30-A22-1',
  title: { vi: 'Văn bản đến chưa tới hoặc đã qua bước này', en: 'The incoming document is not at this step' },
  detail: {
    vi: 'Không thể thực hiện "{act}" khi văn bản ở trạng thái "{state}".',
    en: 'Act "{act}" is not possible in state "{state}".',
  },
});

export const NotVerifiedYet = defineProblem({
  code: 'documents.not-verified-yet',
  kind: 'conflict',
  source: 'NĐ30-A21-1',
  title: { vi: 'Chưa kiểm tra văn bản đến', en: 'Not verified yet' },
  detail: {
    vi: 'Phải có kết quả kiểm tra tính đầy đủ, toàn vẹn, xác thực trước khi tiếp nhận.',
    en: 'Completeness, integrity and authenticity are checked before acceptance.',
  },
});

export const NotAcceptable = defineProblem({
  code: 'documents.not-acceptable',
  kind: 'conflict',
  source: 'NĐ30-A21-2',
  title: { vi: 'Văn bản phải được trả lại nơi gửi', en: 'The document must be returned to its sender' },
  detail: {
    vi: 'Văn bản không đạt kiểm tra ({grounds}); phải từ chối và trả lại nơi gửi.',
    en: 'The document failed its checks ({grounds}) and has to be refused.',
  },
});

export const RefusalInvalid = defineProblem({
  code: 'documents.refusal-invalid',
  kind: 'unprocessable',
  source: 'QĐ28-A5-4',
  title: { vi: 'Lý do từ chối không hợp lệ', en: 'Invalid refusal' },
  detail: { vi: 'Lý do từ chối không hợp lệ: {reason}.', en: 'The refusal is not acceptable: {reason}.' },
});

export const DuplicateNotConfirmed = defineProblem({
  code: 'documents.duplicate-not-confirmed',
  kind: 'conflict',
  source: 'NĐ30-PL6-F1h',
  title: { vi: 'Văn bản có thể bị trùng', en: 'Possible duplicate' },
  detail: {
    vi: 'Văn bản trùng với văn bản đến số {arrivalNumber}; văn thư phải xác nhận hoặc từ chối.',
    en: 'It equals arrival number {arrivalNumber}; the clerk confirms it or refuses it.',
  },
});
