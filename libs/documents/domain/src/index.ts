export { assertAgencyOpen } from './agency-open.ts';
export { nextArrivalNumber } from './arrival-number.ts';
export type { ArrivalNumber } from './arrival-number.ts';
export { openReplacement, REPLACEMENT_OUTCOMES, shownOutcome, withReplaced } from './attachment-replacement.ts';
export type { ReplacementOutcome } from './attachment-replacement.ts';
export { assertNumberedPartsKept, openCorrection, shownCorrection, withoutIdleActs } from './correction.ts';
export { CorrectionNotOpen, NumberBindsDraft } from './correction.problems.ts';
export { AttachmentNotFound, FileAttachedAlready, ReplacementNotOpen } from './attachment-replacement.problems.ts';
export { assertReturnCommented, assertSubmittable } from './draft.ts';
export type { Draft } from './draft.ts';
export { assertDuplicatesConfirmed, duplicateKey, isPossibleDuplicate } from './duplicates.ts';
export type { DocumentIdentity } from './duplicates.ts';
export type { DeliveryStatus, ExchangeStatusCode } from './delivery-status.ts';
export { assertExchangeable, assertExchangeableReason } from './exchangeable.ts';
export type { ExchangeHeader } from './exchangeable.ts';
export { assertFilesFitPackage, assertMainFile } from './files.ts';
export type { StoredFile } from './files.ts';
export {
  followHandling,
  INCOMING_ACTS,
  INCOMING_STATES,
  INCOMING_TRANSITIONS,
  performIncomingAct,
  possibleIncomingActs,
} from './incoming-state.ts';
export type { HandlingStep, IncomingAct, IncomingRole, IncomingState } from './incoming-state.ts';
export { assertNormativeIssuable, assertPlanAcceptable, commonPlan, sequenceKey } from './numbering-plan.ts';
export type { NumberingPlan, NumberingSubject, SequenceGroup } from './numbering-plan.ts';
export { outgoingRegisterEntry } from './outgoing-register.ts';
export type { OutgoingRegisterEntry, RegisteredOutgoing } from './outgoing-register.ts';
export {
  OUTGOING_ACTS,
  OUTGOING_STATES,
  OUTGOING_TRANSITIONS,
  performOutgoingAct,
  possibleOutgoingActs,
} from './outgoing-state.ts';
export type { OutgoingAct, OutgoingRole, OutgoingState } from './outgoing-state.ts';
export { AgencyNoLonger } from './agency-open.problems.ts';
export { DraftIncomplete, ReturnNeedsComment } from './draft.problems.ts';
export { DuplicateNotConfirmed } from './duplicates.problems.ts';
export { DocumentNotExchangeable } from './exchangeable.problems.ts';
export { FileNotAllowed, FilesTooLarge } from './files.problems.ts';
export { IncomingActNotAllowed } from './incoming-state.problems.ts';
export { KindNotInNumberingPlan, NormativeNotIssuable, NumberingPlanInvalid } from './numbering-plan.problems.ts';
export { OutgoingActNotAllowed } from './outgoing-state.problems.ts';
export { RecipientsInvalid } from './recipients.problems.ts';
export { RefusalInvalid } from './refusal.problems.ts';
export { NumberAlreadyUsed, NumberDateNotInOrder } from './registration-number.problems.ts';
export { LayoutFindingsUnanswered, LayoutNotReported } from './layout-verdict.problems.ts';
export { assertLayoutReported } from './layout-verdict.ts';
export { ContentNotChecked, LayoutNotChecked } from './review.problems.ts';
export { StateSecretRefused } from './secrecy.problems.ts';
export {
  GrantNotYours,
  SignerNotFound,
  SignerNotCompetent,
  SigningFormWrong,
  SigningGrantInvalid,
  SigningGrantNotFound,
  SigningGrantRevoked,
} from './signing-authority.problems.ts';
export { ActNotYours } from './acts.problems.ts';
export { NotAcceptable, NotVerifiedYet } from './verification.problems.ts';
export { assertRecipients } from './recipients.ts';
export type { Recipient } from './recipients.ts';
export { assertRefusal, REFUSAL_REASONS, SHORTEST_EXPLANATION } from './refusal.ts';
export type { Refusal, RefusalCode } from './refusal.ts';
export { nextRegistrationNumber } from './registration-number.ts';
export type { LastNumber, RegistrationNumber } from './registration-number.ts';
export { assertFilesSignable } from './signability.ts';
export type { RehearsedFile } from './signability.ts';
export { FILE_NOT_SIGNABLE } from './signability.problems.ts';
export { assertLayoutCheckable, assertSignable, legalStatus, signatureIgnored } from './review.ts';
export type { ReviewCheck, SignatureIgnored, SignatureVerdict } from './review.ts';
export { assertNotStateSecret, isStateSecret } from './secrecy.ts';
export type { SecrecyQuestion } from './secrecy.ts';
export {
  assertCompetence,
  assertGrantAcceptable,
  bodyOf,
  competenceOf,
  headPost,
  regimeOf,
  signingAuthority,
} from './signing-authority.ts';
export type {
  AgencyRegime,
  Competence,
  Signer,
  SigningAuthority,
  SigningCapacity,
  SigningGrant,
  SigningQuestion,
} from './signing-authority.ts';
export { assertAcceptable, isAcceptable, namedSignerOf, VERIFICATION_REASONS, verifyArrival } from './verification.ts';
export type { VerificationFacts, VerificationReason, VerificationResult } from './verification.ts';
