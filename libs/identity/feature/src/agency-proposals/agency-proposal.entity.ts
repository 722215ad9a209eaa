import type { AgencyProposalKind, ProposalState } from '@qlvb/identity-domain';
import { TenantEntity } from '@qlvb/platform-database';
import { Column, Entity } from 'typeorm';
import type { Party } from '../proposals/account-proposal.entity.ts';

/** `agencyId` is the agency concerned. Days are yyyy-MM-dd. */
@Entity({ name: 'agency_proposal' })
export class AgencyProposal extends TenantEntity {
  @Column('uuid', { name: 'proposing_agency_id' })
  proposingAgencyId!: string;

  @Column('uuid', { name: 'deciding_agency_id' })
  decidingAgencyId!: string;

  @Column('text')
  kind!: AgencyProposalKind;

  @Column('text')
  state!: ProposalState;

  @Column('text')
  reason!: string;

  /** Last day, of a closure. */
  @Column('date', { name: 'ends_on', nullable: true })
  endsOn!: string | null;

  @Column('uuid', { name: 'successor_id', nullable: true })
  successorId!: string | null;

  @Column('text', { nullable: true })
  code!: string | null;

  @Column('text', { name: 'code_source', nullable: true })
  codeSource!: 'official' | 'derived' | null;

  /** First day of the other code. */
  @Column('date', { name: 'starts_on', nullable: true })
  startsOn!: string | null;

  @Column('jsonb', { name: 'proposed_by' })
  proposedBy!: Party;

  @Column('jsonb', { name: 'decided_by', nullable: true })
  decidedBy!: Party | null;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;

  @Column('text', { name: 'decision_reason', nullable: true })
  decisionReason!: string | null;
}
