import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A package that went out from here, as it was written. */
@Entity({ name: 'package' })
export class SentPackageEntity {
  @PrimaryColumn('uuid', { name: 'agency_id' })
  agencyId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('text')
  kind!: 'document' | 'status';

  @Column('uuid', { name: 'document_id', nullable: true })
  documentId!: string | null;

  @Column('uuid', { name: 'in_reply_to', nullable: true })
  inReplyTo!: string | null;

  @Column('text', { name: 'sender_code' })
  senderCode!: string;

  @Column('text', { name: 'recipient_code' })
  recipientCode!: string;

  @Column('text', { name: 'sender_document_id' })
  senderDocumentId!: string;

  @Column('text', { name: 'document_code' })
  documentCode!: string;

  @Column('date', { name: 'issued_on', nullable: true })
  issuedOn!: string | null;

  @Column('text', { name: 'status_code', nullable: true })
  statusCode!: string | null;

  @Column('text', { name: 'object_key' })
  objectKey!: string;

  @Column('text')
  sha256!: string;

  @Column('bigint', { name: 'size_bytes', transformer: { from: Number, to: (value: number) => value } })
  sizeBytes!: number;
}
