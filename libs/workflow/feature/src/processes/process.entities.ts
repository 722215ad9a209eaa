import type { Person, Urgency } from '@qlvb/contracts';
import { TenantEntity } from '@qlvb/platform-database';
import { Column, Entity } from 'typeorm';

/** What tasks and deadlines of a process are made from. */
export interface ProcessContext {
  readonly subject: string;
  readonly urgency: Urgency;
  readonly unitId?: string;
  readonly drafter?: Person;
  readonly signer?: Person;
  readonly signedAt?: string;
  readonly arrivedAt?: string;
  readonly packageId?: string;
  readonly arrivalNumber?: number;
}

@Entity({ name: 'process_instance' })
export class ProcessInstance extends TenantEntity {
  @Column('text')
  definition!: string;

  @Column('integer', { name: 'definition_version' })
  definitionVersion!: number;

  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('text')
  state!: string;

  @Column('boolean')
  finished!: boolean;

  @Column('jsonb')
  context!: ProcessContext;
}
