import type { AgencyProposalKind } from '@qlvb/identity-domain';
import { Column, Entity } from 'typeorm';
import { Proposal } from '../proposals/proposal.entity.ts';

/** Days are yyyy-MM-dd. */
@Entity({ name: 'agency_proposal' })
export class AgencyProposal extends Proposal {
  @Column('uuid', { name: 'proposing_agency_id' })
  proposingAgencyId!: string;

  @Column('text')
  kind!: AgencyProposalKind;

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
}
