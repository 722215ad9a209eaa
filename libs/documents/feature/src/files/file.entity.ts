import type { FileRef } from '@qlvb/contracts';
import { TenantEntity } from '@qlvb/platform-database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'file' })
export class StoredFileEntity extends TenantEntity {
  @Column('text')
  name!: string;

  @Column('text', { name: 'media_type' })
  mediaType!: string;

  @Column('bigint', { name: 'size_bytes', transformer: { from: Number, to: (value: number) => value } })
  sizeBytes!: number;

  @Column('text')
  sha256!: string;

  @Column('text', { name: 'object_key' })
  objectKey!: string;

  @Column('text', { name: 'virus_scan' })
  virusScan!: 'clean' | 'not_scanned';

  @Column('uuid', { name: 'uploaded_by', nullable: true })
  uploadedBy!: string | null;
}

/** One document that holds the file. */
@Entity({ name: 'file_use' })
export class FileUseEntity {
  @PrimaryColumn('uuid', { name: 'agency_id' })
  agencyId!: string;

  @PrimaryColumn('uuid', { name: 'file_id' })
  fileId!: string;

  @PrimaryColumn('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('text')
  direction!: 'outgoing' | 'incoming';
}

export const refOf = (file: StoredFileEntity, role: FileRef['role']): FileRef => ({
  fileId: file.id,
  role,
  name: file.name,
  mediaType: file.mediaType,
  sizeBytes: file.sizeBytes,
  sha256: file.sha256,
  objectKey: file.objectKey,
});
