import type { AccessGround, ObjectKind, ObjectRight, Person, PrincipalKind } from '@qlvb/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row of access as people see and change it. */
@Entity({ name: 'access_row' })
export class AccessRightEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('text', { name: 'object_kind' })
  objectKind!: ObjectKind;

  @Column('uuid', { name: 'object_id' })
  objectId!: string;

  @Column('timestamptz', { name: 'object_at' })
  objectAt!: Date;

  @Column('text', { name: 'principal_kind' })
  principalKind!: PrincipalKind;

  @Column('uuid', { name: 'principal_id' })
  principalId!: string;

  @Column('text', { nullable: true })
  permission!: string | null;

  @Column('text', { name: 'access_right' })
  right!: ObjectRight;

  @Column('text')
  ground!: AccessGround;

  @Column('timestamptz', { name: 'valid_from' })
  validFrom!: Date;

  @Column('timestamptz', { name: 'valid_until', nullable: true })
  validUntil!: Date | null;

  @Column('jsonb', { name: 'given_by', nullable: true })
  givenBy!: Person | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  /** Null while a change by hand waits for another person. */
  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null;

  @Column('jsonb', { name: 'confirmed_by', nullable: true })
  confirmedBy!: Person | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  @Column('jsonb', { name: 'revoked_by', nullable: true })
  revokedBy!: Person | null;

  @Column('text', { name: 'revoke_reason', nullable: true })
  revokeReason!: string | null;
}
