/** One row of a code list of the exchange standard. */
export interface CodeRow<Code extends string | number, Key extends string> {
  readonly code: Code;
  /** How the code is called in this code base. */
  readonly key: Key;
  readonly vi: string;
  readonly en: string;
}

const rows = <Code extends string | number, Key extends string>(
  ...list: readonly (readonly [Code, Key, string, string])[]
): readonly CodeRow<Code, Key>[] => list.map(([code, key, vi, en]) => ({ code, key, vi, en }));

/** Loại nghiệp vụ (BussinessDocType). */
export const BUSINESS_TYPES = rows(
  [0, 'new', 'Văn bản điện tử mới', 'new'],
  [1, 'recall', 'Thu hồi văn bản', 'recall'],
  [2, 'update', 'Cập nhật văn bản', 'update'],
  [3, 'replace', 'Thay thế văn bản', 'replace'],
);
export type BusinessType = (typeof BUSINESS_TYPES)[number]['key'];

/** Độ khẩn (Priority). */
export const PRIORITIES = rows(
  [0, 'normal', 'Thường', 'normal'],
  [1, 'urgent', 'Khẩn', 'urgent'],
  [2, 'veryUrgent', 'Thượng khẩn', 'very urgent'],
  [3, 'flash', 'Hỏa tốc', 'express'],
  [4, 'flashByHour', 'Hỏa tốc hẹn giờ', 'express, by a set hour'],
);
export type Priority = (typeof PRIORITIES)[number]['key'];

/** A processing status and who reports it: for `cancellation` it is the sender of the document, else the receiver. */
export interface StatusRow extends CodeRow<string, StatusKey> {
  readonly sentBy: 'receiver' | 'sender';
  /** The description must say why. */
  readonly needsReason: boolean;
}
export type StatusKey = (typeof STATUS_TEXTS)[number]['key'];

const STATUS_TEXTS = rows(
  ['01', 'inbox', 'Đã đến', 'arrived'],
  ['02', 'rejection', 'Từ chối tiếp nhận', 'refused'],
  ['03', 'acceptance', 'Đã tiếp nhận', 'accepted'],
  ['04', 'assignment', 'Phân công', 'assigned'],
  ['05', 'processing', 'Đang xử lý', 'being processed'],
  ['06', 'finish', 'Hoàn thành', 'finished'],
  ['13', 'cancellation', 'Lấy lại', 'take-back asked for'],
  ['15', 'change-acceptance', 'Đồng ý cập nhật, lấy lại', 'update or take-back agreed to'],
  ['16', 'change-rejection', 'Từ chối cập nhật, lấy lại', 'update or take-back refused'],
);
const REASONED: ReadonlySet<StatusKey> = new Set(['rejection', 'cancellation', 'change-rejection']);

/** Mã trạng thái xử lý (StatusCode). 07–12 and 14 have never been seen. */
export const STATUSES: readonly StatusRow[] = STATUS_TEXTS.map((row) => ({
  ...row,
  sentBy: row.key === 'cancellation' ? 'sender' : 'receiver',
  needsReason: REASONED.has(row.key),
}));

/** Thay đổi nơi nhận (ReceiverType). */
export const RECEIVER_CHANGES = rows(
  [0, 'removed', 'Bỏ khỏi nơi nhận', 'removed'],
  [1, 'added', 'Thêm nơi nhận', 'added'],
);
export type ReceiverChange = (typeof RECEIVER_CHANGES)[number]['key'];

export const businessType = (code: number): BusinessType | undefined =>
  BUSINESS_TYPES.find((row) => row.code === code)?.key;

export const businessCode = (type: BusinessType): number =>
  BUSINESS_TYPES.find((row) => row.key === type)?.code ?? Number.NaN;

export const statusOf = (code: string): StatusRow | undefined => STATUSES.find((row) => row.code === code);

/** Code of a priority; `NaN` never happens for a typed key. */
export const priorityCode = (priority: Priority): number =>
  PRIORITIES.find((row) => row.key === priority)?.code ?? Number.NaN;

/** The priority that a code or the Vietnamese word of older forms means. */
export function priorityOf(text: string): Priority | undefined {
  const word = text.normalize('NFC').toLowerCase().replace('hoả', 'hỏa').replace(/\s+/g, ' ').trim();
  return PRIORITIES.find((row) => String(row.code) === word || row.vi.toLowerCase() === word)?.key;
}
