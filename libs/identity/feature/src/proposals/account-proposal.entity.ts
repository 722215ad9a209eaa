import type { PostRank, Role } from '@qlvb/contracts';
import type { ProposalKind } from '@qlvb/identity-domain';
import { Column, Entity } from 'typeorm';
import { Proposal } from './proposal.entity.ts';

/** A post as it was, or is to be. */
export interface ProposedPost {
  readonly unitId: string;
  readonly unitName: string;
  readonly title: string;
  readonly rank: PostRank | null;
  readonly roles: Role[];
}

/** The sealed number is read and erased by statements of its own, so that no audit copies it. */
@Entity({ name: 'account_proposal' })
export class AccountProposal extends Proposal {
  @Column('text')
  kind!: ProposalKind;

  /** An urgent withdrawal holds before it is decided. */
  @Column('boolean', { name: 'in_effect' })
  inEffect!: boolean;

  /** As it was proposed, whatever became of it. */
  @Column('boolean')
  urgent!: boolean;

  /** Another administrator of the top agency decides, since no agency has a head who may. */
  @Column('boolean', { name: 'stand_in' })
  standIn!: boolean;

  /** Null while nobody has looked whose number it is. */
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;

  @Column('uuid', { name: 'post_id', nullable: true })
  postId!: string | null;

  @Column('integer', { name: 'post_version', nullable: true })
  postVersion!: number | null;

  @Column('text', { name: 'full_name' })
  fullName!: string;

  @Column('bytea', { name: 'cccd_sealed', nullable: true, select: false })
  cccdSealed!: Buffer | null;

  @Column('text', { name: 'cccd_masked', nullable: true })
  cccdMasked!: string | null;

  @Column('jsonb', { name: 'cccd_override', nullable: true })
  cccdOverride!: { readonly doubts: readonly string[]; readonly reason: string } | null;

  @Column('jsonb', { name: 'post_before', nullable: true })
  postBefore!: ProposedPost | null;

  @Column('jsonb', { name: 'post_after', nullable: true })
  postAfter!: ProposedPost | null;
}
