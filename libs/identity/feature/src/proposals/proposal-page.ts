import { BY_ID, inOrder, keysetPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import type { EntityManager, EntityTarget } from 'typeorm';
import type { Proposal } from './proposal.entity.ts';

interface ProposalsAsked {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly state?: string | undefined;
  readonly kind?: string | undefined;
  readonly order: 'newest' | 'oldest';
}

/** Proposals that row-level security shows the caller's agency, in the order in which they were made. */
export function proposalPage<Row extends Proposal>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  { limit, cursor, ...filter }: ProposalsAsked,
): Promise<Page<Row>> {
  return keysetPage(
    { limit, cursor },
    {
      scope: filter,
      ...BY_ID,
      query: (after) => {
        const builder = manager.createQueryBuilder(entity, 'proposal').where('true');
        if (filter.state) builder.andWhere('proposal.state = :state', { state: filter.state });
        if (filter.kind) builder.andWhere('proposal.kind = :kind', { kind: filter.kind });
        return inOrder(builder, filter.order === 'newest' ? 'DESC' : 'ASC', ['proposal.id'], after);
      },
    },
  );
}
