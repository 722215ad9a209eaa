import type { Person } from '@qlvb/contracts';
import type { SigningGrant } from '@qlvb/documents-domain';
import { TenantEntity } from '@qlvb/platform-database';
import type { DocumentKindCode } from '@qlvb/records';
import { Column, Entity } from 'typeorm';

@Entity({ name: 'signing_grant' })
export class SigningGrantEntity extends TenantEntity {
  @Column('text')
  form!: SigningGrant['form'];

  @Column('jsonb')
  grantee!: Person;

  @Column('jsonb', { name: 'granted_by' })
  grantedBy!: Person;

  @Column('text', { array: true })
  kinds!: DocumentKindCode[];

  @Column('text', { nullable: true })
  field!: string | null;

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  @Column('date', { name: 'valid_until', nullable: true })
  validUntil!: string | null;

  @Column('text', { nullable: true })
  document!: string | null;

  @Column('jsonb', { nullable: true })
  revocation!: { readonly reason: string; readonly by: Person; readonly at: string } | null;
}

export const grantOf = (row: SigningGrantEntity): SigningGrant => ({
  form: row.form,
  granteeId: row.grantee.userId,
  grantedBy: row.grantedBy.userId,
  kinds: row.kinds,
  field: row.field ?? undefined,
  from: row.validFrom,
  until: row.validUntil ?? undefined,
  document: row.document ?? undefined,
});
