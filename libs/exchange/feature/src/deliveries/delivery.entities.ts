import { TenantEntity } from '@qlvb/platform-database';
import type { DeliveryStatus, SendFailure, StepStatus } from '@qlvb/exchange-domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One document on its way to one recipient. */
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

  /** Follows from all of its reports. */
  @Column('text')
  status!: DeliveryStatus;

  @Column('boolean')
  urgent!: boolean;

  /** Since it was last queued. */
  @Column('integer')
  attempts!: number;

  /** Why it was not sent; null while nothing failed. */
  @Column('text', { nullable: true })
  failure!: SendFailure | null;

  @Column('text', { name: 'failure_detail', nullable: true })
  failureDetail!: string | null;
}

/** One report about a delivery, as it was received; rows are only added. */
@Entity({ name: 'delivery_event' })
export class DeliveryEvent {
  @PrimaryColumn('uuid', { name: 'delivery_id' })
  deliveryId!: string;

  /** In the order of arrival, which decides nothing. */
  @PrimaryColumn('integer')
  seq!: number;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('uuid', { name: 'report_id' })
  reportId!: string;

  @Column('text')
  status!: StepStatus;

  /** As its author says. */
  @Column('timestamptz', { nullable: true })
  at!: Date | null;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  @Column('text', { name: 'by_name', nullable: true })
  byName!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;
}
