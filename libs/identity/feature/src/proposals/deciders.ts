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

/** Who decides: heads of one agency, or those who stand in for them. */
export interface Deciding {
  readonly agencyId: string;
  readonly heads: readonly Head[];
  readonly standIn: boolean;
}

/** Finds who decides about proposals. */
@Injectable()
export class Deciders {
  async headsOf(manager: EntityManager, agencyId: string): Promise<Head[]> {
    const leaders = (await manager.query('SELECT * FROM leaders_of($1)', [agencyId])) as LeaderRow[];
    return leaders.filter(leadsAgency).map(headOf);
  }

  /**
   * The nearest agency that has a head other than those who have a part in the matter: this one, or one above it. Where none has,
   * nobody could ever be made its head: about who leads an agency, and about nothing else, another administrator of the top agency
   * decides.
   *
   * @param above not this one, since it is about who leads it
   * @param involved who proposes, and whom it concerns
   * @throws NobodyDecides
   * @source IDN-02
   * @source SEC-Z06
   */
  async find(
    manager: EntityManager,
    agencyId: string,
    above: boolean,
    involved: readonly (string | null)[],
  ): Promise<Deciding> {
    let top = agencyId;
    let id: string | null = above ? await parentOf(manager, agencyId) : agencyId;
    while (id !== null) {
      const heads = (await this.headsOf(manager, id)).filter(({ userId }) => !involved.includes(userId));
      if (heads.length > 0) return { agencyId: id, heads, standIn: false };
      top = id;
      id = await parentOf(manager, id);
    }
    const heads = above ? await this.#standIns(manager, top, involved) : [];
    if (heads.length === 0) throw NobodyDecides();
    return { agencyId: top, heads, standIn: true };
  }

  /** Heads, and administrators who may have to stand in for one; for views. */
  async of(manager: EntityManager, agencyId: string): Promise<Head[]> {
    return [...(await this.headsOf(manager, agencyId)), ...(await this.#standIns(manager, agencyId, []))];
  }

  async #standIns(manager: EntityManager, agencyId: string, involved: readonly (string | null)[]): Promise<Head[]> {
    const rows = (await manager.query('SELECT * FROM administrators_of($1)', [agencyId])) as LeaderRow[];
    return rows.map(headOf).filter(({ userId }) => !involved.includes(userId));
  }
}

const headOf = ({ post_id: postId, user_id: userId, full_name: fullName, title, roles }: LeaderRow): Head => ({
  postId,
  userId,
  fullName,
  title,
  roles,
});

const parentOf = async (manager: EntityManager, id: string): Promise<string | null> =>
  (await manager.findOneByOrFail(Agency, { id })).parentId;
