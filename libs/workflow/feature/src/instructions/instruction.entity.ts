import type { Person } from '@qlvb/contracts';
import { TenantEntity } from '@qlvb/platform-database';
import { Column, Entity } from 'typeorm';

@Entity({ name: 'instruction' })
export class InstructionEntity extends TenantEntity {
  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('text')
  text!: string;

  @Column('jsonb')
  lead!: Person;

  @Column('jsonb', { name: 'co_handlers' })
  coHandlers!: Person[];

  @Column('jsonb', { name: 'follow_up', nullable: true })
  followUp!: Person | null;

  @Column('timestamptz')
  deadline!: Date;

  @Column('jsonb', { name: 'issued_by' })
  issuedBy!: Person;

  /** The instruction that this one took the place of. */
  @Column('uuid', { name: 'replaces_id', nullable: true })
  replacesId!: string | null;
}
