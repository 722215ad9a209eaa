import { Column, PrimaryColumn } from 'typeorm';

/** What every row that belongs to an agency has; its table is under `platform.protect`. */
export abstract class AgencyRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

/** A row that people change. */
export abstract class TenantEntity extends AgencyRow {
  /** Counts changes; the strong ETag of the resource. */
  @Column('integer')
  version!: number;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
