import { TenantEntity } from '@qlvb/platform-database';
import { Column, Entity } from 'typeorm';

/** `agencyId` is the agency of the account. One per person is open at a time. */
@Entity({ name: 'invitation' })
export class Invitation extends TenantEntity {
  /** Whose head gets the second part. */
  @Column('uuid', { name: 'deciding_agency_id' })
  decidingAgencyId!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  /** Null in an invitation by the installation itself, of which both parts are there at once. */
  @Column('uuid', { name: 'invited_by', nullable: true })
  invitedBy!: string | null;

  @Column('text', { name: 'first_hash', select: false })
  firstHash!: string;

  @Column('uuid', { name: 'confirmed_by', nullable: true })
  confirmedBy!: string | null;

  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null;

  @Column('text', { name: 'second_hash', select: false, nullable: true })
  secondHash!: string | null;

  /** Why the password had to be replaced; null in an invitation to set the first. */
  @Column('text', { name: 'lost_reason', nullable: true })
  lostReason!: string | null;

  /** Another one took its place, or the password was set. */
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
