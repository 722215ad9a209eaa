import type { Urgency } from '@qlvb/records';

/**
 * Forms of annex III that are drawn: a decision that decides itself (1.2), one that issues another text (1.3), the common
 * form of named kinds such as plan, report or submission (1.4), and the official letter (1.5).
 */
export type DocumentForm = 'decision' | 'decision_issuing' | 'named' | 'letter';

export type Block =
  /** "Chương I" and its title, centred. */
  | { readonly block: 'chapter'; readonly number: string; readonly title: string }
  /** "Điều 1." in bold; the title is bold too, the text is not. */
  | { readonly block: 'article'; readonly number: number; readonly title?: string; readonly text?: string }
  /** A bold heading such as "I. TÌNH HÌNH CHUNG". */
  | { readonly block: 'heading'; readonly text: string }
  | { readonly block: 'paragraph'; readonly text: string };

/** A text that the document issues or an annex to it, in the same file, from a new page with its own page numbers. */
export interface AttachedText {
  /** "QUY CHẾ" or "Phụ lục I". */
  readonly heading: string;
  readonly title: string;
  /** An issued text repeats agency and national title; an annex begins with its heading. */
  readonly withHead: boolean;
  readonly body: readonly Block[];
}

/**
 * Everything that is printed on an official document, except number and date, which the clerk fills in later.
 * A no-break space keeps two words on one line.
 */
export interface OfficialDocument {
  readonly form: DocumentForm;
  /** Cơ quan chủ quản, for example "UBND TỈNH QUẢNG BÌNH"; undefined when there is none. */
  readonly parentAgency?: string | undefined;
  readonly issuingAgency: string;
  /** Địa danh. */
  readonly placeOfIssue: string;
  /** Symbol that follows the number, "QĐ-STTTT"; keeps room for the number field. */
  readonly symbol: string;
  /** "QUYẾT ĐỊNH", "KẾ HOẠCH"; undefined for an official letter. */
  readonly kindName?: string | undefined;
  readonly subject: string;
  /** Who decides, for decisions: "GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG". */
  readonly decider?: string | undefined;
  readonly legalBases?: readonly string[];
  /** Kính gửi, for letters and for submissions and reports to a superior. */
  readonly addressees?: readonly string[];
  readonly body: readonly Block[];
  /** Lines above the signature, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC". */
  readonly authorityLines: readonly string[];
  readonly signerName: string;
  /** Nơi nhận without the last line. */
  readonly recipients: readonly string[];
  /** What follows "Lưu: ", "VT, CNTT". */
  readonly fileCopy: string;
  readonly urgency?: Urgency;
  readonly attached?: readonly AttachedText[];
  /** Time written into the file's information. */
  readonly createdAt: Date;
}
