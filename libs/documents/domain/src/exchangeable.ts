import { DRAFT_PART_LABELS, EXCHANGE_TEXT_REASONS, fillLabel, PART_FAULT_LABEL } from '@qlvb/contracts';
import type { Label } from '@qlvb/contracts';
import { exchangeTextFault, FIELD_LIMITS } from '@qlvb/edxml';
import type { ExchangeTextFault, LimitedField } from '@qlvb/edxml';
import type { FaultPointer } from '@qlvb/shared-domain';
import { DocumentNotExchangeable } from './exchangeable.problems.ts';
import { RefusalInvalid } from './refusal.problems.ts';

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
  /** Where the input of a draft has it, or what it comes from; the whole input for what the agency brings. */
  readonly pointer: FaultPointer;
  readonly part: keyof typeof DRAFT_PART_LABELS;
  readonly text: string;
}

const textsOf = (header: ExchangeHeader): readonly Text[] => [
  { field: 'Subject', pointer: '/body/subject', part: 'subject', text: header.subject },
  { field: 'Party.OrganName', pointer: '/body', part: 'agencyName', text: header.agencyName },
  { field: 'PromulgationInfo.Place', pointer: '/body', part: 'placeOfIssue', text: header.placeOfIssue },
  { field: 'SignerInfo.FullName', pointer: '/body/signerPostId', part: 'signerName', text: header.signer.fullName },
  {
    field: 'SignerInfo.Position',
    pointer: '/body/signerPosition',
    part: 'signerPosition',
    text: header.signer.position,
  },
  ...(header.codeNotation === undefined
    ? []
    : [
        {
          field: 'Code.CodeNotation' as const,
          pointer: '/body' as const,
          part: 'codeNotation' as const,
          text: header.codeNotation,
        },
      ]),
  ...header.fileNames.map((text, index) => ({
    field: 'AttachmentName' as const,
    pointer: index === 0 ? ('/body/mainFileId' as const) : (`/body/attachmentFileIds/${index - 1}` as const),
    part: 'fileName' as const,
    text,
  })),
  ...header.recipients.map(({ name }, index) => ({
    field: 'ToPlaces.Place' as const,
    pointer: `/body/recipients/${index}` as const,
    part: 'recipientName' as const,
    text: name,
  })),
];

const sayFault = (part: keyof typeof DRAFT_PART_LABELS, fault: ExchangeTextFault, field: LimitedField): Label =>
  fillLabel(PART_FAULT_LABEL, {
    part: DRAFT_PART_LABELS[part],
    fault: fillLabel(EXCHANGE_TEXT_REASONS[fault], { limit: String(FIELD_LIMITS[field]) }),
  });

/**
 * What cannot be written into a package must be known while it can still be corrected, not when the document is numbered,
 * signed and issued: every text is held against the rule by which packages are written. A document without a recipient on the
 * exchange is held to nothing here.
 *
 * @param asked `draft` while the input of the draft is at hand; `document` when the request only names it
 * @throws DocumentNotExchangeable with one fault per text
 * @source QĐ28-A10-1
 */
export function assertExchangeable(header: ExchangeHeader, asked: 'draft' | 'document'): void {
  if (!header.recipients.some(({ agencyCode }) => agencyCode !== undefined)) return;
  const faults = textsOf(header).flatMap(({ field, pointer, part, text }) => {
    const code = exchangeTextFault(text, field);
    return code === undefined ? [] : [{ pointer, part, code, detail: sayFault(part, code, field) }];
  });
  if (faults.length === 0) return;
  throw DocumentNotExchangeable(
    { fields: faults.map(({ part }) => DRAFT_PART_LABELS[part]) },
    {
      faults: faults.map(({ pointer, code, detail }) => ({
        pointer: asked === 'draft' ? pointer : '/path/documentId',
        code,
        detail,
      })),
    },
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
  if (fault) throw RefusalInvalid({ reason: sayFault('explanation', fault, 'Description') });
}
