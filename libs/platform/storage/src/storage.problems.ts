import { defineProblem } from '@qlvb/shared-domain';

export const ObjectMissing = defineProblem({
  code: 'storage.object-missing',
  kind: 'internal',
  title: { vi: 'Mất tệp trong kho', en: 'Object missing' },
  detail: {
    vi: 'Tệp không còn trong kho lưu trữ; sự cố đã được ghi nhận.',
    en: 'The file is no longer in the store; the fault was recorded.',
  },
});

export const ObjectCorrupt = defineProblem({
  code: 'storage.object-corrupt',
  kind: 'internal',
  title: { vi: 'Tệp trong kho bị hỏng', en: 'Object corrupt' },
  detail: {
    vi: 'Nội dung tệp không khớp mã băm; sự cố đã được ghi nhận.',
    en: 'The content of the file does not match its digest; the fault was recorded.',
  },
});

export const StoreUnavailable = defineProblem({
  code: 'storage.unavailable',
  kind: 'unavailable',
  title: { vi: 'Kho tệp tạm ngừng', en: 'Object store unavailable' },
  detail: {
    vi: 'Hiện không dùng được kho tệp; chưa có gì thay đổi, hãy thử lại sau.',
    en: 'The object store cannot be used at the moment; nothing was changed, try again later.',
  },
});

export const FileTooLarge = defineProblem({
  code: 'storage.file-too-large',
  kind: 'too-large',
  source: 'FMT-10',
  title: { vi: 'Tệp quá lớn', en: 'File too large' },
  detail: { vi: 'Tệp vượt quá {maxBytes} byte cho phép.', en: 'The file is larger than the {maxBytes} bytes allowed.' },
});

export const FormatMismatch = defineProblem({
  code: 'storage.format-mismatch',
  kind: 'unsupported-media-type',
  source: 'FMT-02',
  title: { vi: 'Định dạng tệp không khớp', en: 'File format mismatch' },
  detail: {
    vi: 'Phần mở rộng, kiểu khai báo ({declared}) và nội dung thật ({detected}) của tệp {name} không khớp nhau.',
    en: 'Extension, declared type ({declared}) and real content ({detected}) of {name} do not agree.',
  },
});

export const FormatNotAllowed = defineProblem({
  code: 'storage.format-not-allowed',
  kind: 'unsupported-media-type',
  source: 'FMT-03',
  title: { vi: 'Định dạng tệp không được phép', en: 'File format not allowed' },
  detail: {
    vi: 'Tệp {name} không thuộc các định dạng được phép: {allowed}.',
    en: 'The file {name} is in none of the formats allowed: {allowed}.',
  },
});

export const FileNameInvalid = defineProblem({
  code: 'storage.file-name-invalid',
  kind: 'invalid',
  source: 'FMT-09',
  title: { vi: 'Tên tệp không hợp lệ', en: 'Invalid file name' },
  detail: { vi: 'Tên tệp không hợp lệ: {reason}.', en: 'The file name is not valid: {reason}.' },
});

export const FileInfected = defineProblem({
  code: 'storage.file-infected',
  kind: 'unprocessable',
  source: 'FMT-07',
  title: { vi: 'Tệp có mã độc', en: 'File infected' },
  detail: {
    vi: 'Tệp bị phát hiện mã độc ({signature}) và không được lưu.',
    en: 'The file is infected ({signature}) and was not kept.',
  },
});

export const ScannerUnavailable = defineProblem({
  code: 'storage.scanner-unavailable',
  kind: 'unavailable',
  source: 'FMT-07',
  title: { vi: 'Chưa quét được mã độc', en: 'Virus scanner unavailable' },
  detail: {
    vi: 'Dịch vụ quét mã độc không trả lời; hãy thử lại.',
    en: 'The virus scanner does not answer; try again.',
  },
});

export const FileEncrypted = defineProblem({
  code: 'storage.file-encrypted',
  kind: 'unprocessable',
  source: 'FMT-08',
  title: { vi: 'Tệp có mật khẩu', en: 'File encrypted' },
  detail: {
    vi: 'Tệp {name} được mã hóa nên không kiểm tra được nội dung; hãy bỏ mật khẩu rồi gửi lại.',
    en: 'The file {name} is encrypted, so that its content cannot be checked; remove the password and send it again.',
  },
});

export const PdfTooOld = defineProblem({
  code: 'storage.pdf-too-old',
  kind: 'unprocessable',
  source: 'FMT-05',
  title: { vi: 'Phiên bản PDF quá cũ', en: 'PDF version too old' },
  detail: {
    vi: 'Tệp {name} là PDF {version}; hãy lưu lại với phiên bản 1.4 trở lên.',
    en: 'The file {name} is PDF {version}; save it as version 1.4 or later.',
  },
});

export const ArchiveTooLarge = defineProblem({
  code: 'storage.archive-too-large',
  kind: 'too-large',
  source: 'FMT-08',
  title: { vi: 'Tệp nén vượt giới hạn', en: 'Archive over its limits' },
  detail: {
    vi: 'Tệp {name} vượt giới hạn khi giải nén: {depth} lớp, {entries} tệp, {unpackedMib} MiB, tỷ lệ nén {ratio}:1.',
    en: 'Unpacked, {name} is over the limits: {depth} levels, {entries} files, {unpackedMib} MiB, ratio {ratio}:1.',
  },
});

export const ArchivePathUnsafe = defineProblem({
  code: 'storage.archive-path-unsafe',
  kind: 'unprocessable',
  source: 'FMT-08',
  title: { vi: 'Đường dẫn trong tệp nén không an toàn', en: 'Unsafe path in archive' },
  detail: {
    vi: 'Tệp {name} chứa mục {entry} là liên kết hoặc trỏ ra ngoài thư mục giải nén.',
    en: 'The file {name} holds the entry {entry}, which is a link or leads out of the folder it is unpacked to.',
  },
});

export const FileEmpty = defineProblem({
  code: 'storage.file-empty',
  kind: 'unprocessable',
  source: 'FMT-08',
  title: { vi: 'Tệp rỗng', en: 'Empty file' },
  detail: {
    vi: 'Tệp {name} không có nội dung (0 byte); có thể tệp chưa được lưu hoặc chưa chép xong. Hãy mở tệp để kiểm tra rồi tải lên lại.',
    en: 'The file {name} has no content (0 bytes); it may not have been saved or copied to its end. Open it to check, then upload it again.',
  },
});

export const FileUnreadable = defineProblem({
  code: 'storage.file-unreadable',
  kind: 'unprocessable',
  source: 'FMT-08',
  title: { vi: 'Không đọc được tệp', en: 'File unreadable' },
  detail: {
    vi: 'Cấu trúc tệp {name} bị hỏng nên không mở được. Hãy mở tệp gốc, lưu lại rồi tải lên.',
    en: 'The structure of {name} is damaged; it cannot be opened. Open its source, save it anew and upload that.',
  },
});

export const PdfWithoutPage = defineProblem({
  code: 'storage.pdf-without-page',
  kind: 'unprocessable',
  source: 'FMT-05',
  title: { vi: 'Tệp PDF không có trang', en: 'PDF without a page' },
  detail: {
    vi: 'Tệp {name} không có trang nào; hãy tải lên tệp khác.',
    en: 'The file {name} has no page; upload another file.',
  },
});

export const PdfTooComplexToRead = defineProblem({
  code: 'storage.pdf-too-complex',
  kind: 'unprocessable',
  source: 'VER-07',
  title: { vi: 'Tệp PDF quá phức tạp', en: 'PDF too complex' },
  detail: {
    vi: 'Tệp {name} quá phức tạp nên không đọc hết được. Hãy chia nhỏ hoặc lưu lại thành PDF rồi tải lên.',
    en: 'The file {name} is too complex to be read. Split it or save it as PDF anew and upload that.',
  },
});

export const PdfChecksBusy = defineProblem({
  code: 'storage.pdf-checks-busy',
  kind: 'unavailable',
  title: { vi: 'Đang kiểm tra nhiều tệp', en: 'Too many file checks at once' },
  detail: {
    vi: 'Đang có nhiều tệp PDF chờ kiểm tra; tệp chưa được lưu, hãy thử lại sau ít giây.',
    en: 'Many PDF files wait to be checked; the file was not kept, try again in a few seconds.',
  },
});

export const FileBytesLost = defineProblem({
  code: 'storage.file-bytes-lost',
  kind: 'conflict',
  source: 'SEC-C03',
  title: { vi: 'Tệp trong kho đã hỏng', en: 'The stored file is damaged' },
  detail: {
    vi: 'Nội dung tệp "{name}" trong kho đã hỏng hoặc không còn; sự cố đã được ghi nhận cho người vận hành. Hãy báo người quản trị hệ thống để khôi phục từ bản sao lưu; tệp của dự thảo có thể tải lên lại.',
    en: 'The stored content of the file "{name}" is damaged or gone; the fault was recorded for the operator. Tell the system administrator, who has it restored from the backup; a file of a draft can be uploaded again.',
  },
});
