import type { FileRef, JobFailureReason } from '@qlvb/contracts';
import { AgencyRow, TenantEntity } from '@qlvb/platform-database';
import type { Placement } from '@qlvb/pdf-signature';
import type { SignatureKind, Stage } from '@qlvb/signature-domain';
import type { KeptReport } from './validation/report-view.ts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'certificate' })
export class CertificateEntity extends TenantEntity {
  @Column('text', { name: 'subject_kind' })
  subjectKind!: 'person' | 'agency';

  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;

  @Column('bytea')
  der!: Buffer;

  @Column('bytea', { array: true })
  chain!: Buffer[];

  @Column('text')
  fingerprint!: string;

  @Column('text')
  serial!: string;

  /** Common name and organisation; the citizen number in the certificate stays in it. */
  @Column('text')
  subject!: string;

  @Column('text')
  issuer!: string;

  @Column('timestamptz', { name: 'valid_from' })
  validFrom!: Date;

  @Column('timestamptz', { name: 'valid_to' })
  validTo!: Date;

  @Column('bytea', { select: false })
  picture!: Buffer;
}

/** The field is left out by documents that were signed before its name was free. */
export type PersonalPlacement = Placement & { readonly fieldName?: string };

@Entity({ name: 'signable_document' })
export class SignableDocument {
  @PrimaryColumn('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  @Column('text')
  stage!: Stage;

  @Column('text')
  subject!: string;

  @Column('uuid', { name: 'signer_id' })
  signerId!: string;

  @Column('text', { name: 'signer_name' })
  signerName!: string;

  @Column('jsonb')
  files!: FileRef[];

  /** Version of the draft that both checks passed. */
  @Column('integer', { name: 'draft_version', nullable: true })
  draftVersion!: number | null;

  @Column('text', { name: 'document_code', nullable: true })
  documentCode!: string | null;

  @Column('date', { name: 'issued_on', nullable: true })
  issuedOn!: string | null;

  /** Where the person's picture stands, the seal goes over its left third, and the field that bears the signature. */
  @Column('jsonb', { name: 'personal_placement', nullable: true })
  personalPlacement!: PersonalPlacement | null;
}

/** One file of a session: what was prepared and where its bytes lie. */
export interface PreparedFile {
  readonly fileId: string;
  readonly name: string;
  readonly fieldName: string;
  readonly sourceKey: string;
  readonly preparedKey: string;
  readonly sourceLength: number;
  readonly byteRange: readonly [number, number, number, number];
  /** Base64. */
  readonly messageDigest: string;
  readonly signedAttributes: string;
  readonly digest: string;
  readonly placement: Placement;
}

@Entity({ name: 'signing_session' })
export class SigningSession extends TenantEntity {
  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('text', { name: 'signature_kind' })
  signatureKind!: SignatureKind;

  @Column('uuid', { name: 'certificate_id' })
  certificateId!: string;

  @Column('uuid', { name: 'signer_id' })
  signerId!: string;

  @Column('text')
  state!: 'open' | 'completed' | 'replaced';

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('jsonb')
  files!: PreparedFile[];

  @Column('jsonb', { name: 'signed_files', nullable: true })
  signedFiles!: FileRef[] | null;

  @Column('text', { nullable: true })
  level!: 'B-B' | 'B-T' | null;

  @Column('timestamptz', { name: 'completed_at', nullable: true })
  completedAt!: Date | null;
}

@Entity({ name: 'validation' })
export class ValidationEntity extends AgencyRow {
  @Column('uuid', { name: 'document_id', nullable: true })
  documentId!: string | null;

  /** Whose file it was, when it is of no document. */
  @Column('uuid', { name: 'requested_by', nullable: true })
  requestedBy!: string | null;

  @Column('text', { name: 'file_name' })
  fileName!: string;

  @Column('text')
  sha256!: string;

  @Column('text', { name: 'object_key', nullable: true })
  objectKey!: string | null;

  @Column('text')
  state!: 'waiting' | 'done' | 'failed' | 'cancelled';

  @Column('uuid', { name: 'job_id', nullable: true })
  jobId!: string | null;

  @Column('text', { nullable: true })
  failure!: JobFailureReason | null;

  /** Of a report of an older release the time of its row. */
  @Column('timestamptz', { name: 'validated_at', nullable: true })
  validatedAt!: Date | null;

  @Column('jsonb', { nullable: true })
  report!: KeptReport | null;
}
