import type { Label } from './label.ts';

/** Columns of the register of outgoing documents (sổ đăng ký văn bản đi), in their order. */
export const OUTGOING_REGISTER_COLUMNS = {
  documentCode: { vi: 'Số, ký hiệu văn bản', en: 'Number and symbol' },
  issuedOn: { vi: 'Ngày tháng văn bản', en: 'Date of the document' },
  kindAndSubject: { vi: 'Tên loại và trích yếu nội dung văn bản', en: 'Kind and subject' },
  signerName: { vi: 'Người ký', en: 'Signer' },
  recipients: { vi: 'Nơi nhận văn bản', en: 'Recipients' },
  fileCopyKeeper: { vi: 'Đơn vị, người nhận bản lưu', en: 'Keeper of the file copy' },
  copies: { vi: 'Số lượng bản', en: 'Copies' },
  transferredOn: { vi: 'Ngày chuyển', en: 'Date of transfer' },
  receivedBy: { vi: 'Ký nhận', en: 'Received by' },
  note: { vi: 'Ghi chú', en: 'Notes' },
} as const satisfies Record<string, Label>;

/** Columns of the register of incoming documents (sổ đăng ký văn bản đến), in their order. */
export const INCOMING_REGISTER_COLUMNS = {
  arrivedOn: { vi: 'Ngày đến', en: 'Date of arrival' },
  arrivalNumber: { vi: 'Số đến', en: 'Arrival number' },
  senderName: { vi: 'Tác giả', en: 'Sender' },
  documentCode: { vi: 'Số, ký hiệu', en: 'Number and symbol' },
  issuedOn: { vi: 'Ngày tháng văn bản', en: 'Date of the document' },
  subject: { vi: 'Trích yếu nội dung', en: 'Subject' },
  receivedBy: { vi: 'Người nhận', en: 'Received by' },
} as const satisfies Record<string, Label>;

/** The clerk's office, which keeps the file copies. */
export const FILE_COPY_KEEPER_LABEL: Label = { vi: 'Văn thư', en: 'Clerical office' };
/** Why a line of the register has a number and no document. */
export const CANCELLED_NUMBER_LABEL: Label = { vi: 'Hủy số: {reason}', en: 'Number cancelled: {reason}' };
export const CORRECTED_NUMBER_LABEL: Label = {
  vi: 'Sửa lại tệp, giữ số: {reason}',
  en: 'File corrected, number kept: {reason}',
};
