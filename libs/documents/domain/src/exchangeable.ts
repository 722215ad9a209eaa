import { exchangeTextFault, FIELD_LIMITS } from '@qlvb/edxml';
import type { ExchangeTextFault, LimitedField } from '@qlvb/edxml';
import { DocumentNotExchangeable, RefusalInvalid } from './problems.ts';

/** What of a document stands in the header of every package that carries it. */
export interface ExchangeHeader {
  readonly subject: string;
  readonly agencyName: string;
  readonly placeOfIssue: string;
  readonly signer: { readonly fullName: string; readonly position: string };
  readonly recipients: readonly { readonly name: string; readonly agencyCode?: string | undefined }[];
  readonly fileNames: readonly string[];
  /** Symbol with the year before it, if any; undefined until the document is numbered. */
  readonly codeNotation?: string | undefined;
}

interface Text {
  readonly field: LimitedField;
  readonly pointer: string;
  readonly vi: string;
  readonly text: string;
}

const textsOf = (header: ExchangeHeader): readonly Text[] => [
  { field: 'Subject', pointer: '/subject', vi: 'trích yếu', text: header.subject },
  { field: 'Party.OrganName', pointer: '/agencyName', vi: 'tên cơ quan ban hành', text: header.agencyName },
  { field: 'PromulgationInfo.Place', pointer: '/placeOfIssue', vi: 'địa danh', text: header.placeOfIssue },
  { field: 'SignerInfo.FullName', pointer: '/signer/fullName', vi: 'họ tên người ký', text: header.signer.fullName },
  { field: 'SignerInfo.Position', pointer: '/signer/position', vi: 'chức vụ người ký', text: header.signer.position },
  ...(header.codeNotation === undefined
    ? []
    : [
        {
          field: 'Code.CodeNotation' as const,
          pointer: '/codeNotation',
          vi: 'ký hiệu văn bản',
          text: header.codeNotation,
        },
      ]),
  ...header.fileNames.map((text, index) => ({
    field: 'AttachmentName' as const,
    pointer: `/files/${index}/name`,
    vi: 'tên tệp',
    text,
  })),
  ...header.recipients.map(({ name }, index) => ({
    field: 'ToPlaces.Place' as const,
    pointer: `/recipients/${index}/name`,
    vi: 'tên nơi nhận',
    text: name,
  })),
];

const SAYS: Readonly<Record<ExchangeTextFault, string>> = {
  missing: 'chưa có nội dung / is empty',
  'says-nothing': 'chỉ là từ thay cho "không có" / is only a word for "nothing"',
  'too-long': 'dài quá / is too long',
  'state-secret': 'có dấu hiệu ghi độ mật / looks like a mark of state secret',
  'not-unicode': 'không phải Unicode hợp lệ / is not well-formed Unicode',
  'control-character': 'có ký tự điều khiển / holds a control character',
  'line-break': 'có dấu xuống dòng hoặc dấu tab / holds a line break or a tab',
  'direction-mark': 'có ký tự ẩn đổi chiều viết / holds a mark that changes the direction of writing',
  'not-a-character': 'có mã không phải ký tự / holds a code that is no character',
  'too-many-marks': 'có quá nhiều dấu chồng nhau / holds too many combining marks',
};

const sayFault = (fault: ExchangeTextFault, field: LimitedField): string =>
  fault === 'too-long' ? `${SAYS[fault]} (≤ ${FIELD_LIMITS[field]})` : SAYS[fault];

/**
 * What cannot be written into a package must be known while it can still be corrected, not when the document is numbered,
 * signed and issued: every text is held against the rule by which packages are written. A document without a recipient on the
 * exchange is held to nothing here.
 *
 * @throws DocumentNotExchangeable with one fault per text
 * @source QĐ28-A10-1
 */
export function assertExchangeable(header: ExchangeHeader): void {
  if (!header.recipients.some(({ agencyCode }) => agencyCode !== undefined)) return;
  const faults = textsOf(header).flatMap(({ field, pointer, vi, text }) => {
    const code = exchangeTextFault(text, field);
    return code === undefined ? [] : [{ pointer, vi, code, detail: `${vi}: ${sayFault(code, field)}` }];
  });
  if (faults.length === 0) return;
  throw DocumentNotExchangeable(
    { fields: faults.map(({ vi }) => vi).join(', ') },
    { faults: faults.map(({ pointer, code, detail }) => ({ pointer, code, detail })) },
  );
}

/**
 * The sender hears why its document was refused, in a package: a reason that cannot be written into one is refused at once,
 * also one that repeats a mark of state secret.
 *
 * @param code of the reason, which stands before the words
 * @throws RefusalInvalid
 * @source QĐ28-A5-4
 * @source EX-SEC-1
 */
export function assertExchangeableReason(code: string, explanation: string): void {
  const fault =
    exchangeTextFault(`${code}: ${explanation}`, 'Description') ??
    (explanation === '' ? undefined : exchangeTextFault(explanation, 'Description'));
  if (fault === 'missing' || fault === 'says-nothing') return;
  if (fault) throw RefusalInvalid({ reason: `lời giải thích ${sayFault(fault, 'Description')}` });
}
