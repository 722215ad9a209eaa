import type { CalendarDate } from '@qlvb/vietnam';
import type { BusinessType, Priority, ReceiverChange } from '../codes/code-lists.ts';

/** Đơn vị gửi, đơn vị nhận. */
export interface Party {
  readonly agencyCode: string;
  readonly name: string;
  readonly parentAgency?: string;
  readonly address?: string;
  readonly email?: string;
  readonly telephone?: string;
  readonly fax?: string;
  readonly website?: string;
}

/** Cán bộ xử lý: whom to ask at the sender. */
export interface Contact {
  readonly department?: string;
  readonly name?: string;
  readonly email?: string;
  readonly mobile?: string;
  readonly departmentId?: string;
  readonly staffId?: string;
}

/** Văn bản được phúc đáp: another document, named by its issuer's identifiers. */
export interface DocumentPointer {
  readonly agencyCode: string;
  /** Number and notation in one text, `267/VPCP-TTĐT`. */
  readonly documentCode: string;
  readonly issuedOn?: CalendarDate;
  readonly documentId: string;
}

export interface DocumentType {
  readonly name: string;
  /** Numbers as the receiving axis wants them; 1 and 0 when left out. */
  readonly type?: number;
  readonly detail?: number;
}

export interface Signer {
  readonly competence?: string;
  readonly position?: string;
  readonly fullName?: string;
}

interface BusinessBase {
  readonly reason?: string;
  /** A paper copy follows. */
  readonly isPaperSent?: boolean;
  readonly contact?: Contact;
}

export interface ReceiverChanged {
  readonly agencyCode: string;
  readonly change: ReceiverChange;
}

export interface ReplacedDocument {
  readonly documentId: string;
  /** Agencies that had received it. */
  readonly agencyCodes?: readonly string[];
}

/** Nghiệp vụ: what this package does to a document. */
export type Business =
  | (BusinessBase & { readonly type: 'new' })
  | (BusinessBase & { readonly type: 'recall'; readonly documentId: string; readonly reason: string })
  | (BusinessBase & {
      readonly type: 'update';
      readonly documentId: string;
      /** Header data or files changed. */
      readonly isDocumentChanged: boolean;
      /** Recipients dropped and added. */
      readonly receivers?: readonly ReceiverChanged[];
    })
  | (BusinessBase & { readonly type: 'replace'; readonly replaced: readonly ReplacedDocument[] });

/** What a document package says, without its attachments. */
export interface DocumentPackage {
  readonly sender: Party;
  readonly recipients: readonly Party[];
  /** The issuer's key of the document, `H46.07,2025/03/14,212/SNV-VP`: the same in every package about it. */
  readonly documentId: string;
  readonly codeNumber: string;
  readonly codeNotation: string;
  readonly placeOfIssue?: string;
  readonly issuedOn: CalendarDate;
  readonly documentType: DocumentType;
  readonly subject: string;
  readonly summary?: string;
  readonly signer?: Signer;
  readonly dueOn?: CalendarDate;
  readonly priority?: Priority;
  readonly circulation?: string;
  /** Ký hiệu người soạn thảo. */
  readonly typist?: string;
  readonly copies?: number;
  readonly pages?: number;
  readonly appendices?: readonly string[];
  /** The flag Direction: true on a steering document. */
  readonly isSteering?: boolean;
  readonly replyFors?: string;
  readonly referenceCodes?: string;
  readonly answers?: readonly DocumentPointer[];
  readonly steeringType?: number;
  readonly taskCodes?: readonly string[];
  readonly applicationType?: string;
  /** Nơi nhận as printed; routing goes by `recipients`. */
  readonly printedRecipients?: readonly string[];
  /** When the sender hands the package over; written as its trace. */
  readonly sentAt: Date;
  readonly business: Business;
}

/** What a status package says. */
export interface StatusPackage {
  /** Who reports. */
  readonly sender: Party;
  /** `agencyCode` is the addressee of the status, the rest names the document spoken of. */
  readonly about: DocumentPointer;
  readonly contact?: Contact;
  /** Two digits. */
  readonly status: string;
  readonly description?: string;
  readonly at: Date;
}

/** The same facts as a sender's, each of which may have been left out. */
export type Loose<T> = { readonly [Key in keyof T]?: T[Key] };

export interface TraceEntry {
  readonly agencyCode?: string;
  readonly at?: Date;
}

export interface ReceivedBusiness {
  /** Absent for a number that no rule knows. */
  readonly type?: BusinessType;
  /** The number as received; absent when the package has none. */
  readonly code?: string;
  readonly documentId?: string;
  readonly reason?: string;
  readonly isPaperSent?: boolean;
  readonly contact?: Contact;
  readonly isDocumentChanged?: boolean;
  readonly areRecipientsChanged?: boolean;
  readonly receivers: readonly Loose<ReceiverChanged>[];
  readonly replaced: readonly Loose<ReplacedDocument>[];
}

/** One way to find the document that a package speaks of; tried in the order of the list. */
export type DocumentTarget =
  | { readonly by: 'business' | 'response' | 'header'; readonly documentId: string }
  | {
      readonly by: 'code';
      readonly agencyCode: string;
      readonly documentCode: string;
      readonly issuedOn?: CalendarDate;
    };

export interface ReceivedDocument extends Omit<
  Loose<DocumentPackage>,
  | 'sender'
  | 'recipients'
  | 'documentType'
  | 'business'
  | 'sentAt'
  | 'answers'
  | 'appendices'
  | 'taskCodes'
  | 'printedRecipients'
> {
  readonly sender?: Loose<Party>;
  readonly recipients: readonly Loose<Party>[];
  readonly documentType?: Loose<DocumentType>;
  readonly appendices: readonly string[];
  readonly answers: readonly Loose<DocumentPointer>[];
  readonly taskCodes: readonly string[];
  readonly printedRecipients: readonly string[];
  readonly trace: readonly TraceEntry[];
  readonly business: ReceivedBusiness;
  /** Documents that a recall or update may mean, the surest first; empty for the other types. */
  readonly targets: readonly DocumentTarget[];
}

export interface ReceivedStatus {
  readonly sender?: Loose<Party>;
  readonly about: Loose<DocumentPointer>;
  /** Ways to find the document spoken of, the surest first. */
  readonly targets: readonly DocumentTarget[];
  readonly contact?: Contact;
  /** Padded to two digits. */
  readonly status?: string;
  readonly description?: string;
  readonly at?: Date;
}
