import type { SigningObstacle } from '@qlvb/pdf-signature';
import { defineProblem } from '@qlvb/shared-domain';
import type { Bilingual, ProblemFactory } from '@qlvb/shared-domain';

const TITLE: Bilingual = { vi: 'Tệp không ký số được', en: 'The file cannot be signed' };

const notSignable = (obstacle: SigningObstacle, source: string, vi: string, en: string): ProblemFactory =>
  defineProblem({
    code: `documents.file-not-signable.${obstacle}`,
    kind: 'unprocessable',
    source,
    title: TITLE,
    detail: { vi: `Tệp "{name}" ${vi}`, en: `The file "{name}" ${en}` },
  });

/** What a clerk is told of each obstacle: which file, what is wrong with it, what to do. */
export const FILE_NOT_SIGNABLE: Readonly<Record<SigningObstacle, ProblemFactory>> = {
  damaged: notSignable(
    'damaged',
    'PR-12',
    'hỏng hoặc có cấu trúc không đúng chuẩn PDF nên không ký số được. Hãy mở tệp gốc, lưu lại thành PDF rồi tải lên.',
    'is damaged or not built as a PDF must be, and could not be signed. Open its source, save it as PDF anew and upload that.',
  ),
  encrypted: notSignable(
    'encrypted',
    'PR-12',
    'có mật khẩu nên không ký số được. Hãy bỏ mật khẩu rồi tải lên lại.',
    'has a password and could not be signed. Remove the password and upload it again.',
  ),
  'no-page': notSignable(
    'no-page',
    'PR-12',
    'không có trang nào nên không ký số được. Hãy tải lên tệp khác.',
    'has no page and could not be signed. Upload another file.',
  ),
  'too-complex': notSignable(
    'too-complex',
    'VER-07',
    'quá lớn hoặc quá phức tạp nên không ký số được. Hãy giảm dung lượng, chia nhỏ hoặc lưu lại thành PDF rồi tải lên.',
    'is too large or too complex to be signed. Make it smaller, split it or save it as PDF anew and upload that.',
  ),
  'number-field-missing': notSignable(
    'number-field-missing',
    'PR-22',
    'không có ô nhập chữ trống để ghi số và ngày ban hành nên văn thư không ghi số vào tệp được. Hãy thêm vào tệp hai ô nhập chữ tên SoVanBan và NgayBanHanh, để trống, rồi tải lên lại.',
    'has no empty text fields for number and date, so that the clerk could not enter them. Add two empty text fields named SoVanBan and NgayBanHanh to the file and upload it again.',
  ),
  'signature-place-missing': notSignable(
    'signature-place-missing',
    'VN-10',
    'không ghi sẵn vị trí ký của người có thẩm quyền (mục NguoiKy), nên chưa ban hành được trên hệ thống. Hãy dùng tệp do phần mềm soạn thảo có ghi vị trí ký tạo ra.',
    'does not name the place for the signature of the competent person (entry NguoiKy), and cannot be issued here yet. Use a file made by a drafting program that writes this place.',
  ),
  'sealed-already': notSignable(
    'sealed-already',
    'VN-01',
    'đã có chữ ký số của cơ quan nên không thể là văn bản chính. Hãy đính kèm tệp này và lập dự thảo mới.',
    'bears the signature of an agency already and cannot be the document itself. Attach it and write a draft of its own.',
  ),
  'earlier-signature-broken': notSignable(
    'earlier-signature-broken',
    'VN-48',
    'đã có chữ ký số không hợp lệ: nội dung bị thay đổi sau khi ký, hoặc chữ ký không đúng. Cơ quan không thể ký số lên tệp này. Hãy lấy lại bản gốc từ người đã ký rồi tải lên.',
    'bears a signature that is shown to be invalid: the content was changed after signing, or the signature is false. The agency cannot put its own on it. Obtain the original from whoever signed it and upload that.',
  ),
  'earlier-signature-breaks': notSignable(
    'earlier-signature-breaks',
    'PR-12',
    'đã có chữ ký số và không cho ký thêm: ký thêm sẽ làm chữ ký trước mất giá trị. Hãy dùng bản in ra PDF hoặc bản chưa ký.',
    'is signed already in a way that forbids a further signature: it would make the earlier one invalid. Use a copy that is not signed.',
  ),
};
