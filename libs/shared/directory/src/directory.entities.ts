import type { PostRank } from '@qlvb/contracts';
import type { CalendarDay } from '@qlvb/vietnam';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'directory_agency' })
export class DirectoryAgency {
  @PrimaryColumn('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('integer')
  version!: number;

  @Column('text')
  code!: string;

  @Column('text', { name: 'legacy_code', nullable: true })
  legacyCode!: string | null;

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

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;

  @Column('text', { name: 'other_codes', array: true })
  otherCodes!: string[];

  /** Each code with its days, the oldest first; empty when nobody has told them yet. */
  @Column('jsonb')
  codes!: { code: string; legacyCode: string | null; validFrom: string; validTo: string | null }[];
}

@Entity({ name: 'directory_post' })
export class DirectoryPost {
  @PrimaryColumn('uuid', { name: 'post_id' })
  postId!: string;

  @Column('uuid', { name: 'agency_id' })
  agencyId!: string;

  @Column('integer')
  version!: number;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('uuid', { name: 'unit_id' })
  unitId!: string;

  @Column('text', { name: 'unit_name' })
  unitName!: string;

  @Column('text', { name: 'unit_symbol' })
  unitSymbol!: string;

  @Column('text', { name: 'full_name' })
  fullName!: string;

  @Column('text')
  title!: string;

  @Column('text', { nullable: true })
  rank!: PostRank | null;

  @Column('text', { array: true })
  roles!: string[];

  @Column('text', { array: true })
  permissions!: string[];

  @Column('boolean')
  active!: boolean;

  @Column('integer', { name: 'permission_version', nullable: true })
  permissionVersion!: number | null;
}

@Entity({ name: 'directory_calendar' })
export class DirectoryCalendar {
  @PrimaryColumn('integer')
  year!: number;

  @Column('integer')
  version!: number;

  @Column('boolean')
  complete!: boolean;

  @Column('jsonb')
  days!: CalendarDay[];
}

export const DIRECTORY_ENTITIES = [DirectoryAgency, DirectoryCalendar, DirectoryPost];
