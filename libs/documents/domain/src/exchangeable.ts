import { FIELD_LIMITS } from '@qlvb/edxml';
import { DocumentNotExchangeable } from './problems.ts';

/** What of a document stands in the header of every package that carries it. */
export interface ExchangeHeader {
  readonly agencyName: string;
  readonly placeOfIssue: string;
  readonly signer: { readonly fullName: string; readonly position: string };
  readonly recipients: readonly { readonly name: string; readonly agencyCode?: string | undefined }[];
  /** Symbol with the year before it, if any; undefined until the document is numbered. */
  readonly codeNotation?: string | undefined;
}

interface Text {
  readonly field: keyof typeof FIELD_LIMITS;
  readonly pointer: string;
  readonly vi: string;
  readonly text: string;
}

const textsOf = (header: ExchangeHeader): readonly Text[] => [
  { field: 'Party.OrganName', pointer: '/agencyName', vi: 'tên cơ quan ban hành', text: header.agencyName },
  { field: 'PromulgationInfo.Place', pointer: '/placeOfIssue', vi: 'địa danh', text: header.placeOfIssue },
  { field: 'SignerInfo.FullName', pointer: '/signer/fullName', vi: 'họ tên người ký', text: header.signer.fullName },
  { field: 'SignerInfo.Position', pointer: '/signer/position', vi: 'chức vụ người ký', text: header.signer.position },
  { field: 'Code.CodeNotation', pointer: '/codeNotation', vi: 'ký hiệu văn bản', text: header.codeNotation ?? '' },
  ...header.recipients.map(({ name }, index) => ({
    field: 'ToPlaces.Place' as const,
    pointer: `/recipients/${index}/name`,
    vi: 'tên nơi nhận',
    text: name,
  })),
];

/**
 * What cannot be written into a package must be known while it can still be corrected, not when the document is numbered,
 * signed and issued. A document without a recipient on the exchange is held to nothing here.
 *
 * @throws DocumentNotExchangeable with one fault per text that is too long
 * @source QĐ28-A10-1
 */
export function assertExchangeable(header: ExchangeHeader): void {
  if (!header.recipients.some(({ agencyCode }) => agencyCode !== undefined)) return;
  const tooLong = textsOf(header).filter(({ field, text }) => [...text].length > FIELD_LIMITS[field]);
  if (tooLong.length === 0) return;
  throw DocumentNotExchangeable(
    { fields: tooLong.map(({ vi, field }) => `${vi} (tối đa ${FIELD_LIMITS[field]} ký tự)`).join(', ') },
    {
      faults: tooLong.map(({ pointer, vi, field }) => ({
        pointer,
        code: 'too-long',
        detail: `Trục liên thông nhận ${vi} dài tối đa ${FIELD_LIMITS[field]} ký tự.`,
      })),
    },
  );
}
