/** Columns of the printed register of outgoing documents (sổ đăng ký văn bản đi), in their order. */
export const OUTGOING_REGISTER_COLUMNS = [
  { key: 'code', vi: 'Số, ký hiệu văn bản' },
  { key: 'issuedOn', vi: 'Ngày tháng văn bản' },
  { key: 'kindAndSubject', vi: 'Tên loại và trích yếu nội dung văn bản' },
  { key: 'signer', vi: 'Người ký' },
  { key: 'recipients', vi: 'Nơi nhận văn bản' },
  { key: 'fileCopyKeeper', vi: 'Đơn vị, người nhận bản lưu' },
  { key: 'copies', vi: 'Số lượng bản' },
  { key: 'transferredOn', vi: 'Ngày chuyển' },
  { key: 'receivedBy', vi: 'Ký nhận' },
  { key: 'note', vi: 'Ghi chú' },
] as const;

export type OutgoingRegisterKey = (typeof OUTGOING_REGISTER_COLUMNS)[number]['key'];
/** One line of the register as printed, every column a text. */
export type OutgoingRegisterEntry = Readonly<Record<OutgoingRegisterKey, string>>;

export interface RegisteredOutgoing {
  readonly code: string;
  /** yyyy-MM-dd */
  readonly issuedOn: string;
  readonly kindName: string;
  readonly subject: string;
  readonly signerName: string;
  readonly recipientNames: readonly string[];
  readonly fileCopyKeeper: string;
  readonly copies: number;
  /** yyyy-MM-dd; undefined until the document left. */
  readonly transferredOn?: string | undefined;
  /** Reason of a cancelled number, which keeps its line. */
  readonly cancelledBecause?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * The line of one document in the register, with every column that must be printable.
 *
 * @source NĐ30-A16-1
 */
export function outgoingRegisterEntry(document: RegisteredOutgoing): OutgoingRegisterEntry {
  const cancelled = document.cancelledBecause === undefined ? [] : [`Hủy số: ${document.cancelledBecause}`];
  return {
    code: document.code,
    issuedOn: printedDate(document.issuedOn),
    kindAndSubject: `${document.kindName} ${document.subject}`.trim(),
    signer: document.signerName,
    recipients: document.recipientNames.join('; '),
    fileCopyKeeper: document.fileCopyKeeper,
    copies: String(document.copies),
    transferredOn: document.transferredOn === undefined ? '' : printedDate(document.transferredOn),
    // an electronic document is signed for by the status that the recipient reports back
    receivedBy: '',
    note: [...cancelled, ...(document.note ? [document.note] : [])].join('. '),
  };
}

const printedDate = (date: string): string => date.split('-').reverse().join('/');
