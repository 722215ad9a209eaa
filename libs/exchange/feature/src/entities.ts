import { TenantEntity } from '@qlvb/platform-database';
import type { DeliveryStatus } from '@qlvb/exchange-domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'package' })
export class PackageEntity {
  @PrimaryColumn('uuid', { name: 'agency_id' })
  agencyId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('text')
  direction!: 'outgoing' | 'incoming';

  @Column('text')
  kind!: 'document' | 'status';

  @Column('uuid', { name: 'document_id', nullable: true })
  documentId!: string | null;

  @Column('uuid', { name: 'in_reply_to', nullable: true })
  inReplyTo!: string | null;

  @Column('text', { name: 'sender_code' })
  senderCode!: string;

  @Column('text', { name: 'recipient_code' })
  recipientCode!: string;

  @Column('text', { name: 'sender_document_id' })
  senderDocumentId!: string;

  @Column('text', { name: 'document_code' })
  documentCode!: string;

  @Column('date', { name: 'issued_on', nullable: true })
  issuedOn!: string | null;

  @Column('text', { name: 'status_code', nullable: true })
  statusCode!: string | null;

  @Column('text', { name: 'object_key' })
  objectKey!: string;

  @Column('text')
  sha256!: string;

  @Column('bigint', { name: 'size_bytes', transformer: { from: Number, to: (value: number) => value } })
  sizeBytes!: number;

  @Column('text')
  state!: 'sent' | 'received' | 'failed';

  @Column('jsonb')
  findings!: string[];
}

@Entity({ name: 'delivery' })
export class Delivery extends TenantEntity {
  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('uuid', { name: 'package_id' })
  packageId!: string;

  @Column('uuid', { name: 'recipient_id' })
  recipientId!: string;

  @Column('uuid', { name: 'recipient_agency_id', nullable: true })
  recipientAgencyId!: string | null;

  @Column('text', { name: 'recipient_code' })
  recipientCode!: string;

  @Column('text', { name: 'recipient_name' })
  recipientName!: string;

  @Column('text')
  status!: DeliveryStatus;
}

@Entity({ name: 'delivery_event' })
export class DeliveryEvent {
  @PrimaryColumn('uuid', { name: 'delivery_id' })
  deliveryId!: string;

  @PrimaryColumn('integer')
  seq!: number;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('text')
  status!: DeliveryStatus;

  @Column('timestamptz')
  at!: Date;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  @Column('text', { name: 'by_name', nullable: true })
  byName!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;
}

@Entity({ name: 'status_report' })
export class StatusReport {
  @PrimaryColumn('uuid', { name: 'agency_id' })
  agencyId!: string;

  @PrimaryColumn('uuid', { name: 'package_id' })
  packageId!: string;

  @PrimaryColumn('text')
  code!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text', { name: 'by_name', nullable: true })
  byName!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
}
