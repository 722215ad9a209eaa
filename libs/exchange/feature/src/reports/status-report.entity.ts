import type { ReportedStatus } from '@qlvb/exchange-domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What has to be reported about a received package, each status once. */
@Entity({ name: 'status_report' })
export class StatusReport {
  @PrimaryColumn('uuid', { name: 'agency_id' })
  agencyId!: string;

  @PrimaryColumn('uuid', { name: 'package_id' })
  packageId!: string;

  @PrimaryColumn('text')
  code!: ReportedStatus;

  @Column('timestamptz')
  at!: Date;

  @Column('text', { name: 'by_name', nullable: true })
  byName!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
}
