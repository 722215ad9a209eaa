import type { ProposalState } from '@qlvb/identity-domain';
import { TenantEntity } from '@qlvb/platform-database';
import { Column } from 'typeorm';

/** Who proposed or decided, as known then. */
export interface Party {
  readonly userId: string;
  readonly postId: string;
  readonly fullName: string;
  readonly title: string;
}

/** What one person proposes and another decides, whatever it is about. `agencyId` is the agency concerned. */
export abstract class Proposal extends TenantEntity {
  @Column('uuid', { name: 'deciding_agency_id' })
  decidingAgencyId!: string;

  @Column('text')
  state!: ProposalState;

  @Column('text')
  reason!: string;

  @Column('jsonb', { name: 'proposed_by' })
  proposedBy!: Party;

  @Column('jsonb', { name: 'decided_by', nullable: true })
  decidedBy!: Party | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;

  @Column('text', { name: 'decision_reason', nullable: true })
  decisionReason!: string | null;
}
