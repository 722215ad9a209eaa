import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'notification' })
export class Notification {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('uuid', { name: 'task_id' })
  taskId!: string;

  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('text')
  title!: string;

  @Column('text')
  urgency!: string;

  @Column('uuid', { name: 'assignee_id', nullable: true })
  assigneeId!: string | null;

  @Column('text', { nullable: true })
  role!: string | null;

  @Column('uuid', { name: 'unit_id', nullable: true })
  unitId!: string | null;
}
