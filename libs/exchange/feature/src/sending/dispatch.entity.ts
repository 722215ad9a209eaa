import type { DataOf, OutgoingDocumentIssued } from '@qlvb/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type Issued = DataOf<typeof OutgoingDocumentIssued>;

/** What was issued, as packages are written from it. */
@Entity({ name: 'dispatch' })
export class Dispatch {
  @PrimaryColumn('uuid', { name: 'agency_id' })
  agencyId!: string;

  @PrimaryColumn('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('jsonb')
  issued!: Issued;
}
