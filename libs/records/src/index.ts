export { formatDateInWords, formatDateLine } from './date-line.ts';
export type { DeadlinePolicy, Medium, Urgency } from './deadlines.ts';
export {
  DEFAULT_DEADLINE_POLICY,
  endOfMorning,
  issueDeadline,
  presentationDeadline,
  urgentDeadline,
  workingDaysDeadline,
} from './deadlines.ts';
export type { CopyKindCode, DocumentKind, DocumentKindCode } from './document-kinds.ts';
export {
  COPY_KINDS,
  DOCUMENT_KINDS,
  documentKind,
  documentKindByAbbreviation,
  documentKindByName,
  NORMATIVE_KINDS,
} from './document-kinds.ts';
export type { ParsedDocumentCode, SymbolParts } from './document-symbol.ts';
export {
  composeDocumentCode,
  composeSymbol,
  documentCodeKey,
  formatDocumentNumber,
  parseDocumentCode,
} from './document-symbol.ts';
export { fileNameFault } from './file-name.ts';
export type { IssuedOnTime } from './issued-on-time.ts';
export { issuedOnTime } from './issued-on-time.ts';
export { LIMITS } from './limits.ts';
export type { PostRank, RankedPost } from './post-rank.ts';
export { IN_CHARGE, leadsAgency, rankOf } from './post-rank.ts';
export type { Secrecy } from './secrecy-marks.ts';
export { secrecyMarkIn, secrecyOfField } from './secrecy-marks.ts';
