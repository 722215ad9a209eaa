import type { Label, NotificationKind, Permission, Urgency } from '@qlvb/contracts';
import { AgencyRow } from '@qlvb/platform-database';
import { Column, Entity } from 'typeorm';

@Entity({ name: 'notification' })
export class Notification extends AgencyRow {
  @Column('text')
  kind!: NotificationKind;

  @Column('jsonb')
  parameters!: Readonly<Record<string, string | Label>>;

  @Column('text')
  urgency!: Urgency;

  @Column('text', { name: 'about_type' })
  aboutType!: string;

  @Column('uuid', { name: 'about_id' })
  aboutId!: string;

  @Column('uuid', { name: 'task_id', nullable: true })
  taskId!: string | null;

  @Column('uuid', { name: 'document_id', nullable: true })
  documentId!: string | null;

  /** The person told; null when everybody with the permission (in the unit) is. */
  @Column('uuid', { name: 'assignee_id', nullable: true })
  assigneeId!: string | null;

  @Column('text', { nullable: true })
  permission!: Permission | null;

  @Column('uuid', { name: 'unit_id', nullable: true })
  unitId!: string | null;
}
