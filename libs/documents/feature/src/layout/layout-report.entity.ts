import type { JobFailureReason, LAYOUT_SEVERITY_LABELS } from '@qlvb/contracts';
import type { LayoutFindingCode, LayoutPart } from '@qlvb/document-layout';
import { TenantEntity } from '@qlvb/platform-database';
import { Column, Entity } from 'typeorm';

interface Finding {
  readonly ruleId: string;
  readonly severity: keyof typeof LAYOUT_SEVERITY_LABELS;
  readonly page: number | null;
}

/** A finding as it is kept; reports made before there were codes hold what was said, in Vietnamese. */
export type KeptFinding =
  | (Finding & {
      readonly code: LayoutFindingCode;
      readonly part?: LayoutPart | undefined;
      readonly values?: Readonly<Record<string, string>> | undefined;
    })
  | (Finding & { readonly message: string });

/** What the program was asked to find about the layout of one version of a draft. */
@Entity({ name: 'layout_report' })
export class LayoutReportEntity extends TenantEntity {
  @Column('uuid', { name: 'document_id' })
  documentId!: string;

  @Column('integer', { name: 'draft_version' })
  draftVersion!: number;

  @Column('text', { name: 'object_key' })
  objectKey!: string;

  @Column('uuid', { name: 'requested_by' })
  requestedBy!: string;

  @Column('uuid', { name: 'job_id' })
  jobId!: string;

  @Column('text')
  state!: 'waiting' | 'done' | 'failed' | 'cancelled';

  @Column('text', { nullable: true })
  failure!: JobFailureReason | null;

  @Column('integer', { name: 'page_count', nullable: true })
  pageCount!: number | null;

  @Column('jsonb', { nullable: true })
  findings!: readonly KeptFinding[] | null;
}
