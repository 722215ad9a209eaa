export {
  ACCESS_AUDIENCES,
  ACCESS_GROUNDS,
  ACCESS_KINDS,
  ACCESS_RIGHTS,
  DOSSIER_RIGHTS,
  PRINCIPAL_KINDS,
  REGISTER_AUDIENCES,
  REGISTER_KINDS,
  REGISTER_OF,
  rightsTo,
} from './access/rights.ts';
export type {
  AccessAudience,
  AccessGround,
  AccessKind,
  AccessRight,
  AccessSubject,
  DossierRight,
  ObjectKind,
  ObjectRight,
  PrincipalKind,
  RegisterKind,
  RightTo,
} from './access/rights.ts';
export { DocumentFiled, DossierStateChanged } from './archive/dossier.ts';
export { DocumentAccessChanged, RegisterAccessChanged } from './documents/document-access.ts';
export {
  IncomingDocumentAccepted,
  IncomingDocumentArrived,
  IncomingDocumentRefused,
} from './documents/incoming-document.ts';
export {
  OutgoingDocumentAttachmentReplaced,
  OutgoingDocumentCancelled,
  OutgoingDocumentChecked,
  OutgoingDocumentIssued,
  OutgoingDocumentNumbered,
  OutgoingDocumentReopened,
  OutgoingDocumentRevised,
  OutgoingDocumentSignatureRecorded,
  OutgoingDocumentSubmitted,
} from './documents/outgoing-document.ts';
export { cloudEventSchema, declaredEvents, defineEvent } from './event.ts';
export type { CloudEvent, DataOf, EventDeclaration, EventOf } from './event.ts';
export { AxisDocumentPackage, AxisStatusPackage } from './exchange/axis.ts';
export {
  DeliveryStatusChanged,
  deliveryStatus,
  PACKAGE_RECEIVED_LIMITS,
  PackageReceived,
} from './exchange/delivery.ts';
export { fitted, shortened } from './exchange/long-values.ts';
export { groundOf, isPackageFault, PACKAGE_FAULTS, REFUSAL_GROUNDS } from './exchange/package-faults.ts';
export type { PackageFault, RefusalGround } from './exchange/package-faults.ts';
export { administers, GRANTS, mayGrant, rolesGoTogether } from './grants.ts';
export { AgencyChanged } from './identity/agency.ts';
export { calendarDay, CalendarYearChanged } from './identity/calendar.ts';
export { PersonNumbered } from './identity/person.ts';
export { POST_RANKS, PostChanged } from './identity/post.ts';
export type { PostRank } from './identity/post.ts';
export { SessionsEnded } from './identity/session.ts';
export {
  ACCEPTANCE_CHECK_LABELS,
  ACCEPTANCE_REASON_LABELS,
  acceptanceReason,
  acceptanceReasonLabel,
  CHECK_OUTCOME_LABELS,
  CLOSING_FAULT_AT_LABEL,
  CLOSING_FAULT_LABELS,
  DOSSIER_ACT_LABELS,
  DOSSIER_CODE_PART_LABELS,
  DOSSIER_ROLE_LABELS,
  DOSSIER_STATE_LABELS,
  SUBMISSION_ACT_LABELS,
  SUBMISSION_STATE_LABELS,
} from './labels/archive.ts';
export {
  COMPETENCE_LABELS,
  DOCUMENT_KIND_LABELS,
  DRAFT_PART_LABELS,
  EARLIER_SIGNATURES_LABELS,
  INCOMING_ACT_LABELS,
  LAYOUT_SEVERITY_LABELS,
  INCOMING_ROLE_LABELS,
  INCOMING_STATE_LABELS,
  OUTGOING_ACT_LABELS,
  OUTGOING_ROLE_LABELS,
  OUTGOING_STATE_LABELS,
  REFUSAL_GROUND_LABELS,
  NUMBERED_PART_LABELS,
  REPLACEMENT_OUTCOME_LABELS,
} from './labels/documents.ts';
export { CATALOGUES } from './labels/catalogues.ts';
export { LEGAL_EFFECT_LABELS, SIGNATURE_LEVEL_LABELS, SIGNATURE_VERDICT_LABELS } from './labels/signature.ts';
export type { Catalogue } from './labels/catalogues.ts';
export {
  CHANNEL_LABELS,
  DELIVERY_STATUS_LABELS,
  DESK_GROUND_LABELS,
  HANDED_OVER_BY_OTHERS,
  PACKAGE_PROBLEM_LABELS,
  SEND_FAILURE_LABELS,
} from './labels/exchange.ts';
export { JOB_FAILURE_LABELS, JOB_STATE_LABELS } from './labels/jobs.ts';
export type { JobFailureReason } from './labels/jobs.ts';
export { codesOf, fillLabel } from './labels/label.ts';
export {
  ACCOUNT_STATE_LABELS,
  AGENCY_LEVEL_LABELS,
  AGENCY_PROPOSAL_KIND_LABELS,
  PERMISSION_LABELS,
  ROLE_LABELS,
} from './labels/identity.ts';
export type { Label } from './labels/label.ts';
export { refusalReasonLabel } from './labels/refusal-reason.ts';
export {
  CALENDAR_REASONS,
  CERTIFICATE_REASONS,
  CITIZEN_NUMBER_DOUBTS,
  DEADLINE_REASONS,
  EXCHANGE_TEXT_REASONS,
  FILE_NAME_REASONS,
  HANDLING_PART_LABELS,
  INSTRUCTION_PART_LABELS,
  MISSING_LABEL,
  NUMBERING_PLAN_REASONS,
  PART_FAULT_LABEL,
  PASSWORD_REASONS,
  PERSONAL_SIGNATURE_REASONS,
  RECIPIENT_REASONS,
  REFUSAL_FAULTS,
  SIGNING_GRANT_REASONS,
} from './labels/reasons.ts';
export {
  CANCELLED_NUMBER_LABEL,
  CORRECTED_NUMBER_LABEL,
  FILE_COPY_KEEPER_LABEL,
  OUTGOING_REGISTER_COLUMNS,
} from './labels/registers.ts';
export {
  DUE_RULE_LABELS,
  NOTIFICATION_SUBJECT_LABELS,
  PROCESS_LABELS,
  PROCESS_ROLE_LABELS,
  PROCESS_STATE_LABELS,
  PROCESS_TRIGGER_LABELS,
  TASK_ACT_LABELS,
  TASK_ACTOR_LABELS,
  TASK_STATE_LABELS,
  TASK_STEP_LABELS,
} from './labels/workflow.ts';
export { isNotificationKind, NOTIFICATION_KINDS, NOTIFICATION_SEVERITIES } from './notifications/notification-kinds.ts';
export type {
  NotificationKind,
  NotificationParameters,
  NotificationSeverity,
} from './notifications/notification-kinds.ts';
export {
  ArchiveNotificationRequested,
  DocumentsNotificationRequested,
  ExchangeNotificationRequested,
  IdentityNotificationRequested,
  notificationRequest,
  SignatureNotificationRequested,
} from './notifications/notification-requested.ts';
export type { NotificationRequest } from './notifications/notification-requested.ts';
export { PERMISSIONS, ROLES } from './permissions.ts';
export type { Permission, Role } from './permissions.ts';
export { brokenSeparation, SEPARATED_ACTS, SEPARATIONS } from './separations.ts';
export type { PerformedAct, SeparatedAct, Separation } from './separations.ts';
export { agencyCode, calendarDate, fileRef, id, instant, person, recipient, shortText, urgency } from './shapes.ts';
export type { FileRef, Person, Recipient, Urgency } from './shapes.ts';
export { DocumentSigned, ValidationCompleted } from './signature/document.ts';
export { HandlingCompleted, HandlingStarted, InstructionIssued } from './workflow/handling.ts';
export { TaskChanged } from './workflow/task.ts';
export { topics } from './topics.ts';
export type { TopicDeclaration } from './topics.ts';
export { describeFields, FIELD_WORDS } from './words/field-words.ts';
