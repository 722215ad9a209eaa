import { CANCELLED_NUMBER_LABEL, CORRECTED_NUMBER_LABEL, FILE_COPY_KEEPER_LABEL, fillLabel } from '@qlvb/contracts';
import type { Label, OUTGOING_REGISTER_COLUMNS } from '@qlvb/contracts';

/** One line of the register: every column that must be printable. */
export interface OutgoingRegisterEntry extends Readonly<Record<keyof typeof OUTGOING_REGISTER_COLUMNS, unknown>> {
  readonly documentCode: string;
  /** yyyy-MM-dd */
  readonly issuedOn: string;
  readonly kindAndSubject: string;
  readonly signerName: string;
  readonly recipients: string;
  readonly fileCopyKeeper: Label;
  readonly copies: number;
  /** yyyy-MM-dd; null until the document left. */
  readonly transferredOn: string | null;
  readonly receivedBy: string;
  readonly note: Label | null;
}

export interface RegisteredOutgoing {
  readonly documentCode: string;
  /** yyyy-MM-dd */
  readonly issuedOn: string;
  readonly kindName: string;
  readonly subject: string;
  readonly signerName: string;
  readonly recipientNames: readonly string[];
  readonly copies: number;
  /** yyyy-MM-dd; undefined until the document left. */
  readonly transferredOn?: string | undefined;
  /** Reason of a cancelled number, which keeps its line. */
  readonly cancelledBecause?: string | undefined;
  /** Reason of the correction that the number was kept through. */
  readonly correctedBecause?: string | undefined;
}

/**
 * The line of one document in the register, with every column that must be printable.
 *
 * @source NĐ30-A16-1
 */
export function outgoingRegisterEntry(document: RegisteredOutgoing): OutgoingRegisterEntry {
  return {
    documentCode: document.documentCode,
    issuedOn: document.issuedOn,
    kindAndSubject: `${document.kindName} ${document.subject}`.trim(),
    signerName: document.signerName,
    recipients: document.recipientNames.join('; '),
    fileCopyKeeper: FILE_COPY_KEEPER_LABEL,
    copies: document.copies,
    transferredOn: document.transferredOn ?? null,
    // an electronic document is signed for by the status that the recipient reports back
    receivedBy: '',
    note: noteOf(document),
  };
}

function noteOf({ cancelledBecause, correctedBecause }: RegisteredOutgoing): Label | null {
  if (cancelledBecause !== undefined) return fillLabel(CANCELLED_NUMBER_LABEL, { reason: cancelledBecause });
  return correctedBecause === undefined ? null : fillLabel(CORRECTED_NUMBER_LABEL, { reason: correctedBecause });
}
