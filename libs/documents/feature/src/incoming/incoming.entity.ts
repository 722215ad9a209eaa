import type { FileRef, Person, Urgency } from '@qlvb/contracts';
import type { IncomingState, RefusalCode, VerificationResult } from '@qlvb/documents-domain';
import { TenantEntity } from '@qlvb/platform-database';
import { Column, Entity } from 'typeorm';

/** What the work on an incoming document has come to, as workflow reports it. */
export interface Handling {
  readonly lead?: string;
  readonly deadline?: string;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly result?: string;
}

@Entity({ name: 'incoming_document' })
export class IncomingDocument extends TenantEntity {
  @Column('uuid', { name: 'package_id' })
  packageId!: string;

  @Column('text')
  state!: IncomingState;

  @Column('text', { name: 'sender_code' })
  senderCode!: string;

  @Column('text', { name: 'sender_name' })
  senderName!: string;

  @Column('text', { name: 'sender_document_id' })
  senderDocumentId!: string;

  @Column('text', { name: 'document_type' })
  documentType!: string;

  @Column('text', { name: 'document_code' })
  documentCode!: string;

  @Column('text', { name: 'code_number' })
  codeNumber!: string;

  @Column('text', { name: 'code_notation' })
  codeNotation!: string;

  @Column('date', { name: 'issued_on', nullable: true })
  issuedOn!: string | null;

  @Column('text', { name: 'place_of_issue' })
  placeOfIssue!: string;

  @Column('text')
  subject!: string;

  @Column('text', { name: 'signer_name' })
  signerName!: string;

  @Column('text', { name: 'signer_position' })
  signerPosition!: string;

  @Column('text')
  urgency!: Urgency;

  @Column('date', { name: 'reply_due_on', nullable: true })
  replyDueOn!: string | null;

  @Column('jsonb')
  files!: FileRef[];

  @Column('jsonb')
  findings!: string[];

  /** Findings that make a part of the package unusable. */
  @Column('jsonb')
  faults!: string[];

  @Column('timestamptz', { name: 'arrived_at' })
  arrivedAt!: Date;

  @Column('jsonb', { nullable: true })
  verification!: VerificationResult | null;

  @Column('text', { name: 'legal_value', nullable: true })
  legalValue!: 'binding' | 'reference' | null;

  @Column('integer', { name: 'arrival_number', nullable: true })
  arrivalNumber!: number | null;

  @Column('integer', { name: 'arrival_year', nullable: true })
  arrivalYear!: number | null;

  @Column('date', { name: 'arrival_date', nullable: true })
  arrivalDate!: string | null;

  @Column('jsonb', { name: 'accepted_by', nullable: true })
  acceptedBy!: Person | null;

  @Column('timestamptz', { name: 'accepted_at', nullable: true })
  acceptedAt!: Date | null;

  @Column('timestamptz', { name: 'present_by', nullable: true })
  presentBy!: Date | null;

  /** Number, symbol and issuer however they are written. */
  @Column('text', { name: 'duplicate_key', nullable: true })
  duplicateKey!: string | null;

  @Column('jsonb', { nullable: true })
  refusal!: {
    readonly reasonCode: RefusalCode;
    readonly reason: string;
    readonly refusedBy: Person;
    readonly refusedAt: string;
  } | null;

  @Column('jsonb')
  handling!: Handling;
}
