import { AgencyProposal } from './agency-proposals/agency-proposal.entity.ts';
import { AccountProposal } from './proposals/account-proposal.entity.ts';
import { Invitation } from './users/invitation.entity.ts';
import type { ACCOUNT_STATE_LABELS, PostRank, Role } from '@qlvb/contracts';
import type { CalendarDay } from '@qlvb/vietnam';
import { TenantEntity } from '@qlvb/platform-database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'agency' })
export class Agency {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('integer')
  version!: number;

  @Column('text')
  name!: string;

  @Column('text', { name: 'short_name' })
  shortName!: string;

  @Column('text')
  level!: string;

  @Column('uuid', { name: 'parent_id', nullable: true })
  parentId!: string | null;

  @Column('text', { nullable: true })
  subdomain!: string | null;

  @Column('text', { name: 'place_of_issue' })
  placeOfIssue!: string;

  @Column('text', { name: 'code_source' })
  codeSource!: string;

  @Column('text', { name: 'symbol_aliases', array: true })
  symbolAliases!: string[];

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;

  @Column('uuid', { name: 'successor_id', nullable: true })
  successorId!: string | null;
}

@Entity({ name: 'agency_code' })
export class AgencyCode {
  @PrimaryColumn('text')
  code!: string;

  @Column('text', { name: 'legacy_code', nullable: true })
  legacyCode!: string | null;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;
}

@Entity({ name: 'unit' })
export class Unit extends TenantEntity {
  @Column('text')
  name!: string;

  @Column('text')
  symbol!: string;
}

@Entity({ name: 'post' })
export class Post extends TenantEntity {
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('uuid', { name: 'unit_id' })
  unitId!: string;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  rank!: PostRank | null;

  @Column('text', { array: true })
  roles!: Role[];

  @Column('boolean')
  active!: boolean;
}

@Entity({ name: 'account' })
export class Account {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('integer')
  version!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;

  @Column('uuid', { name: 'home_agency_id' })
  homeAgencyId!: string;

  @Column('bytea', { name: 'cccd_sealed', select: false })
  cccdSealed!: Buffer;

  @Column('bytea', { name: 'cccd_index', select: false })
  cccdIndex!: Buffer;

  @Column('text', { name: 'cccd_masked' })
  cccdMasked!: string;

  /** Id of the key under which the number was last told to signature; null when it was not told yet. */
  @Column('text', { name: 'holder_key', nullable: true, select: false })
  holderKey!: string | null;

  @Column('text', { name: 'full_name' })
  fullName!: string;

  @Column('text', { name: 'password_hash', select: false })
  passwordHash!: string;

  @Column('boolean', { name: 'must_change_password' })
  mustChangePassword!: boolean;

  @Column('text')
  state!: keyof typeof ACCOUNT_STATE_LABELS;

  @Column('integer', { name: 'permission_version' })
  permissionVersion!: number;
}

@Entity({ name: 'session' })
export class Session {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('uuid', { name: 'post_id' })
  postId!: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;

  @Column('integer')
  generation!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'used_at' })
  usedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column('text', { name: 'end_reason', nullable: true })
  endReason!: string | null;
}

@Entity({ name: 'signing_key' })
export class SigningKey {
  @PrimaryColumn('text')
  kid!: string;

  @Column('jsonb', { name: 'public_jwk' })
  publicJwk!: Record<string, unknown>;

  @Column('bytea', { name: 'private_sealed' })
  privateSealed!: Buffer;

  @Column('timestamptz', { name: 'activates_at' })
  activatesAt!: Date;

  @Column('timestamptz', { name: 'retires_at', nullable: true })
  retiresAt!: Date | null;
}

@Entity({ name: 'calendar_year' })
export class CalendarYearEntity {
  @PrimaryColumn('integer')
  year!: number;

  @Column('integer')
  version!: number;

  @Column('boolean')
  complete!: boolean;

  @Column('jsonb')
  days!: CalendarDay[];
}

export const IDENTITY_ENTITIES = [
  AccountProposal,
  Agency,
  AgencyCode,
  AgencyProposal,
  CalendarYearEntity,
  Invitation,
  Unit,
  Post,
  Account,
  Session,
  SigningKey,
];
