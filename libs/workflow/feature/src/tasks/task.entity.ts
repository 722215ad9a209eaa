import type { Person, Urgency } from '@qlvb/contracts';
import { TenantEntity } from '@qlvb/platform-database';
import type { DueBasis, ProcessRole, TaskState, TaskStep } from '@qlvb/workflow-domain';
import { Column, Entity } from 'typeorm';

@Entity({ name: 'task' })
export class Task extends TenantEntity {
  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('uuid', { name: 'process_id' })
  processId!: string;

  @Column('text')
  step!: TaskStep;

  @Column('text')
  title!: string;

  @Column('text')
  subject!: string;

  @Column('text')
  urgency!: Urgency;

  /** A person, or nobody yet: then everybody of the role (in the unit). */
  @Column('uuid', { name: 'assignee_id', nullable: true })
  assigneeId!: string | null;

  @Column('text', { name: 'assignee_name', nullable: true })
  assigneeName!: string | null;

  @Column('text', { nullable: true })
  role!: ProcessRole | null;

  @Column('uuid', { name: 'unit_id', nullable: true })
  unitId!: string | null;

  @Column('uuid', { name: 'instruction_id', nullable: true })
  instructionId!: string | null;

  @Column('text')
  state!: TaskState;

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  /** What the deadline was counted from; null where it was given as a day, or is at once. */
  @Column('jsonb', { name: 'due_basis', nullable: true })
  dueBasis!: DueBasis | null;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column('jsonb', { name: 'ended_by', nullable: true })
  endedBy!: Person | null;

  @Column('text', { nullable: true })
  result!: string | null;

  @Column('uuid', { name: 'reply_document_id', nullable: true })
  replyDocumentId!: string | null;
}
