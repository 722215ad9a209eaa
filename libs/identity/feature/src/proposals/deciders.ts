import { Injectable } from '@nestjs/common';
import type { PostRank } from '@qlvb/contracts';
import { NobodyDecides } from '@qlvb/identity-domain';
import { leadsAgency } from '@qlvb/records';
import type { EntityManager } from 'typeorm';
import { Agency } from '../identity.entities.ts';
import type { Party } from './account-proposal.entity.ts';

/** Who leads an agency, with the roles of the post. */
export interface Head extends Party {
  readonly roles: readonly string[];
}

interface LeaderRow {
  readonly post_id: string;
  readonly user_id: string;
  readonly full_name: string;
  readonly title: string;
  readonly rank: PostRank | null;
  readonly roles: string[];
}

/** Finds who decides about proposals. */
@Injectable()
export class Deciders {
  async headsOf(manager: EntityManager, agencyId: string): Promise<Head[]> {
    const leaders = (await manager.query('SELECT * FROM leaders_of($1)', [agencyId])) as LeaderRow[];
    return leaders
      .filter(leadsAgency)
      .map(({ post_id: postId, user_id: userId, full_name: fullName, title, roles }) => ({
        postId,
        userId,
        fullName,
        title,
        roles,
      }));
  }

  /**
   * The nearest agency that has a head other than those who have a part in the matter: this one, or one above it.
   *
   * @param above not this one
   * @param involved who proposes, and whom it concerns
   * @throws NobodyDecides
   * @source IDN-02
   */
  async find(
    manager: EntityManager,
    agencyId: string,
    above: boolean,
    involved: readonly (string | null)[],
  ): Promise<{ readonly agencyId: string; readonly heads: readonly Head[] }> {
    let id: string | null = above ? await parentOf(manager, agencyId) : agencyId;
    while (id !== null) {
      const heads = (await this.headsOf(manager, id)).filter(({ userId }) => !involved.includes(userId));
      if (heads.length > 0) return { agencyId: id, heads };
      id = await parentOf(manager, id);
    }
    throw NobodyDecides();
  }
}

const parentOf = async (manager: EntityManager, id: string): Promise<string | null> =>
  (await manager.findOneByOrFail(Agency, { id })).parentId;
