import type { Decision, DeskGround, ReceivedState } from '@qlvb/exchange-domain';
import { TenantEntity } from '@qlvb/platform-database';
import { Column, Entity } from 'typeorm';

export interface KeptFinding {
  readonly code: string;
  readonly severity: 'note' | 'warning' | 'fault';
  readonly path?: string;
  readonly value?: string;
}

export interface KeptAttachment {
  readonly name: string | null;
  readonly description: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  /** Why it cannot be used. */
  readonly fault: string | null;
}

export interface KeptDecision {
  readonly decision: Decision;
  readonly reason: string;
  readonly by: string;
  readonly userId: string;
  readonly at: string;
}

const bigint = {
  from: (value: string | null) => (value === null ? null : Number(value)),
  to: (value: number) => value,
};

/** The ledger of what came in. */
@Entity({ name: 'received_package' })
export class ReceivedPackage extends TenantEntity {
  @Column('text')
  channel!: string;

  @Column('text', { name: 'announced_kind' })
  announcedKind!: 'document' | 'status';

  @Column('text', { name: 'sender_code' })
  senderCode!: string;

  @Column('text', { name: 'recipient_code' })
  recipientCode!: string;

  @Column('uuid', { name: 'in_reply_to', nullable: true })
  inReplyTo!: string | null;

  @Column('boolean')
  urgent!: boolean;

  /** Who gave it to the channel, as far as the channel knows. */
  @Column('text', { name: 'handed_over_by' })
  handedOverBy!: string;

  @Column('text', { name: 'object_key' })
  objectKey!: string;

  @Column('text', { name: 'announced_sha256' })
  announcedSha256!: string;

  @Column('bigint', { name: 'announced_size_bytes', transformer: bigint })
  announcedSizeBytes!: number;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;

  @Column('text', { nullable: true })
  sha256!: string | null;

  @Column('bigint', { name: 'size_bytes', nullable: true, transformer: bigint })
  sizeBytes!: number | null;

  @Column('text')
  state!: ReceivedState;

  @Column('text', { nullable: true })
  ground!: DeskGround | null;

  @Column('integer')
  attempts!: number;

  @Column('integer')
  deaths!: number;

  @Column('boolean', { name: 'take_as_new' })
  takeAsNew!: boolean;

  @Column('text', { nullable: true })
  problem!: string | null;

  @Column('text', { nullable: true })
  kind!: 'document' | 'status' | 'unreadable' | null;

  @Column('text', { name: 'business_type', nullable: true })
  businessType!: string | null;

  @Column('text', { name: 'business_reason', nullable: true })
  businessReason!: string | null;

  /** The incoming document that it becomes; the outgoing one that a status speaks of. */
  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  /** The document spoken of, by its issuer's identifiers. */
  @Column('text', { name: 'sender_document_id' })
  senderDocumentId!: string;

  @Column('text', { name: 'document_code' })
  documentCode!: string;

  @Column('date', { name: 'issued_on', nullable: true })
  issuedOn!: string | null;

  @Column('text', { nullable: true })
  subject!: string | null;

  @Column('text', { name: 'status_code', nullable: true })
  statusCode!: string | null;

  @Column('jsonb')
  findings!: KeptFinding[];

  @Column('jsonb')
  attachments!: KeptAttachment[];

  @Column('jsonb', { nullable: true })
  decision!: KeptDecision | null;
}
