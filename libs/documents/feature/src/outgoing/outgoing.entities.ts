import type { FileRef, Person, Recipient, Urgency } from '@qlvb/contracts';
import type { Competence, DeliveryStatus, OutgoingState, ReplacementOutcome } from '@qlvb/documents-domain';
import type { EarlierSignatures } from '@qlvb/pdf-signature';
import { TenantEntity } from '@qlvb/platform-database';
import type { DocumentKindCode } from '@qlvb/records';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A file of an outgoing document, with what was known of the signatures it brought when the draft took it; null: not looked at. */
export interface DraftFile extends FileRef {
  readonly earlierSignatures?: EarlierSignatures | null;
}

/** Why a document goes no further, and who answers for that. */
export interface Cancellation {
  readonly reason: string;
  readonly by: Person;
  readonly at: string;
}

/** That another file takes the place of an attachment of a numbered document: the last proposal. */
export interface AttachmentReplacement {
  /** The attachment that goes. */
  readonly attachmentId: string;
  readonly attachmentName: string;
  readonly file: DraftFile;
  readonly reason: string;
  readonly proposedBy: Person;
  readonly proposedAt: string;
  readonly outcome: ReplacementOutcome;
  readonly decision: { readonly by: Person; readonly at: string; readonly comment: string | null } | null;
}

/** That a numbered document goes back because its main file is unusable: the last proposal. */
export interface Correction {
  /** The version that proved unusable. */
  readonly draftVersion: number;
  readonly reason: string;
  readonly proposedBy: Person;
  readonly proposedAt: string;
  readonly outcome: ReplacementOutcome;
  readonly decision: { readonly by: Person; readonly at: string; readonly comment: string | null } | null;
}

/** That a version was signed and numbered, and another one took its place. */
export interface Superseded {
  /** As they were signed. */
  readonly files: readonly DraftFile[];
  readonly reason: string;
  readonly proposedBy: Person;
  readonly decidedBy: Person;
  readonly supersededAt: string;
}

@Entity({ name: 'outgoing_document' })
export class OutgoingDocument extends TenantEntity {
  @Column('text')
  state!: OutgoingState;

  @Column('text', { name: 'document_type' })
  documentType!: DocumentKindCode;

  @Column('boolean', { name: 'is_normative' })
  isNormative!: boolean;

  @Column('text')
  subject!: string;

  @Column('text')
  urgency!: Urgency;

  @Column('uuid', { name: 'lead_unit_id' })
  leadUnitId!: string;

  @Column('text', { name: 'lead_unit_symbol' })
  leadUnitSymbol!: string;

  @Column('jsonb', { name: 'assigned_by' })
  assignedBy!: Person;

  @Column('jsonb')
  drafter!: Person;

  @Column('jsonb')
  signer!: Person;

  @Column('text')
  competence!: Competence;

  @Column('text', { nullable: true })
  field!: string | null;

  @Column('text', { name: 'signer_title' })
  signerTitle!: string;

  @Column('jsonb')
  recipients!: Recipient[];

  @Column('date', { name: 'reply_due_on', nullable: true })
  replyDueOn!: string | null;

  @Column('integer', { name: 'draft_version' })
  draftVersion!: number;

  @Column('jsonb')
  files!: DraftFile[];

  @Column('integer', { name: 'page_count', nullable: true })
  pageCount!: number | null;

  @Column('timestamptz', { name: 'signed_at', nullable: true })
  signedAt!: Date | null;

  @Column('timestamptz', { name: 'issue_deadline', nullable: true })
  issueDeadline!: Date | null;

  @Column('integer', { nullable: true })
  number!: number | null;

  @Column('text', { name: 'document_code', nullable: true })
  documentCode!: string | null;

  @Column('text', { name: 'code_notation', nullable: true })
  codeNotation!: string | null;

  @Column('date', { name: 'issued_on', nullable: true })
  issuedOn!: string | null;

  @Column('integer', { name: 'register_year', nullable: true })
  registerYear!: number | null;

  @Column('text', { name: 'sequence_key', nullable: true })
  sequenceKey!: string | null;

  @Column('timestamptz', { name: 'agency_signed_at', nullable: true })
  agencySignedAt!: Date | null;

  @Column('timestamptz', { name: 'issued_at', nullable: true })
  issuedAt!: Date | null;

  @Column('boolean', { name: 'issued_late', nullable: true })
  issuedLate!: boolean | null;

  @Column('jsonb', { nullable: true })
  cancellation!: Cancellation | null;

  @Column('jsonb', { name: 'attachment_replacement', nullable: true })
  attachmentReplacement!: AttachmentReplacement | null;

  @Column('jsonb', { nullable: true })
  correction!: Correction | null;
}

@Entity({ name: 'draft_version' })
export class DraftVersionEntity {
  @PrimaryColumn('uuid', { name: 'document_id' })
  documentId!: string;

  @PrimaryColumn('integer', { name: 'draft_version' })
  draftVersion!: number;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('jsonb')
  author!: Person;

  @Column('jsonb')
  content!: { readonly subject: string; readonly files: readonly DraftFile[] };

  @Column('jsonb', { nullable: true })
  superseded!: Superseded | null;
}

@Entity({ name: 'review_check' })
export class ReviewCheckEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('integer', { name: 'draft_version' })
  draftVersion!: number;

  @Column('text')
  aspect!: 'content' | 'layout';

  @Column('text')
  outcome!: 'passed' | 'returned';

  @Column('text', { nullable: true })
  comment!: string | null;

  @Column('jsonb', { name: 'checked_by' })
  checkedBy!: Person;

  @Column('timestamptz', { name: 'checked_at' })
  checkedAt!: Date;
}

/** What one recipient of an issued document reports. */
@Entity({ name: 'delivery_status' })
export class DeliveryStatusEntity {
  @PrimaryColumn('uuid', { name: 'delivery_id' })
  deliveryId!: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('text', { name: 'recipient_name' })
  recipientName!: string;

  @Column('text', { name: 'recipient_code' })
  recipientCode!: string;

  @Column('text')
  status!: DeliveryStatus;

  /** Of the delivery, as the exchange counts its changes; 0 before it did. */
  @Column('integer')
  version!: number;

  @Column('timestamptz')
  at!: Date;

  @Column('text', { nullable: true })
  reason!: string | null;
}
