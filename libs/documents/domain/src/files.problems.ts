import { defineProblem } from '@qlvb/shared-domain';

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
