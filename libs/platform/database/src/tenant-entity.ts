import { Column, PrimaryColumn } from 'typeorm';

/** What every row that belongs to an agency has; its table is under `platform.protect`. */
export abstract class TenantEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  /** Counts changes; the strong ETag of the resource. */
  @Column('integer')
  version!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
