import type { DossierDocument, DossierState, KeptCheck, RetentionTerm, SubmissionState } from '@qlvb/archive-domain';
import type { FileRef, JobFailureReason, Person } from '@qlvb/contracts';
import { AgencyRow, TenantEntity } from '@qlvb/platform-database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'filable_document' })
export class FilableDocument {
  @PrimaryColumn('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('text')
  direction!: 'outgoing' | 'incoming';

  @Column('text', { name: 'document_code' })
  documentCode!: string;

  @Column('text', { name: 'code_number' })
  codeNumber!: string;

  @Column('text', { name: 'code_notation' })
  codeNotation!: string;

  @Column('date', { name: 'issued_on' })
  issuedOn!: string;

  @Column('text', { name: 'kind_name' })
  kindName!: string;

  @Column('text')
  subject!: string;

  @Column('text')
  author!: string;

  @Column('jsonb')
  files!: FileRef[];
}

/** What the signature service found on a document. */
@Entity({ name: 'document_signature' })
export class DocumentSignature {
  @PrimaryColumn('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('text')
  verdict!: 'passed' | 'failed' | 'indeterminate';
}

/** One line of a list of dossiers. */
export interface ListLine {
  readonly notation: string;
  readonly heading: string;
  readonly title: string;
  readonly retention: RetentionTerm;
  readonly responsible: string;
}

@Entity({ name: 'dossier_list' })
export class DossierListEntity extends TenantEntity {
  @Column('integer')
  year!: number;

  @Column('text')
  state!: 'draft' | 'approved';

  @Column('jsonb')
  entries!: ListLine[];

  /** Null in lists made before this was kept. */
  @Column('jsonb', { name: 'made_by', nullable: true })
  madeBy!: Person | null;

  @Column('jsonb', { name: 'approved_by', nullable: true })
  approvedBy!: Person | null;

  @Column('timestamptz', { name: 'approved_at', nullable: true })
  approvedAt!: Date | null;
}

@Entity({ name: 'dossier' })
export class DossierEntity extends TenantEntity {
  @Column('text')
  code!: string;

  @Column('text')
  notation!: string;

  @Column('text')
  title!: string;

  @Column('text')
  state!: DossierState;

  @Column('jsonb')
  maker!: Person;

  @Column('date', { name: 'started_on' })
  startedOn!: string;

  @Column('jsonb')
  retention!: RetentionTerm;

  @Column('uuid', { name: 'list_id', nullable: true })
  listId!: string | null;

  @Column('jsonb')
  documents!: DossierDocument[];

  @Column('date', { name: 'closed_on', nullable: true })
  closedOn!: string | null;

  @Column('date', { name: 'submission_due_on', nullable: true })
  submissionDueOn!: string | null;
}

@Entity({ name: 'archive_package' })
export class ArchivePackageEntity extends AgencyRow {
  @Column('text')
  kind!: 'sip' | 'aip';

  @Column('uuid', { name: 'dossier_id' })
  dossierId!: string;

  @Column('text', { name: 'object_id' })
  objectId!: string;

  @Column('text', { name: 'object_key' })
  objectKey!: string;

  @Column('text')
  sha256!: string;

  @Column('bigint', { name: 'size_bytes', transformer: { from: Number, to: (value: number) => value } })
  sizeBytes!: number;

  /** Since when the store refuses to delete it, as far as that was asked for. */
  @Column('timestamptz', { name: 'locked_at', nullable: true })
  lockedAt!: Date | null;
}

@Entity({ name: 'submission' })
export class SubmissionEntity extends TenantEntity {
  @Column('uuid', { name: 'dossier_id' })
  dossierId!: string;

  /** Once its files have been found whole. */
  @Column('text', { nullable: true })
  code!: string | null;

  @Column('text')
  state!: SubmissionState;

  @Column('integer')
  batch!: number;

  /** The package, once it is made. */
  @Column('uuid', { name: 'sip_id', nullable: true })
  sipId!: string | null;

  @Column('uuid', { name: 'aip_id', nullable: true })
  aipId!: string | null;

  @Column('jsonb')
  checks!: KeptCheck[];

  @Column('jsonb', { name: 'submitted_by' })
  submittedBy!: Person;

  @Column('jsonb', { name: 'decided_by', nullable: true })
  decidedBy!: Person | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  /** The work under way, or the last that was. */
  @Column('uuid', { name: 'job_id', nullable: true })
  jobId!: string | null;

  /** Why that work was given up. */
  @Column('text', { nullable: true })
  failure!: JobFailureReason | null;

  /** Who accepts, until it is done. */
  @Column('jsonb', { nullable: true })
  deciding!: { readonly by: Person; readonly at: string; readonly reason: string | null } | null;
}
