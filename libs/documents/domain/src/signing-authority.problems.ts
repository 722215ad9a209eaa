import { defineProblem } from '@qlvb/shared-domain';

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

export const SignerNotFound = defineProblem({
  code: 'documents.signer-missing',
  kind: 'not-found',
  title: { vi: 'Không có vị trí công tác này', en: 'No such post' },
  detail: { vi: 'Không có vị trí công tác này trong cơ quan.', en: 'There is no such post in the agency.' },
});

export const SigningGrantNotFound = defineProblem({
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
