import { Inject, Injectable } from '@nestjs/common';
import type { PostRank } from '@qlvb/contracts';
import { NobodyDecides } from '@qlvb/identity-domain';
import type { Actor } from '@qlvb/platform-context';
import { CLOCK } from '@qlvb/platform-service';
import { leadsAgency } from '@qlvb/records';
import type { Clock } from '@qlvb/shared-domain';
import { vietnamDate } from '@qlvb/vietnam';
import type { EntityManager } from 'typeorm';
import { Account, Agency, Post } from '../identity.entities.ts';
import type { Party } from './proposal.entity.ts';

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
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Nobody leads an agency that has ended. */
  async headsOf(manager: EntityManager, agencyId: string): Promise<Head[]> {
    const agency = await manager.findOneBy(Agency, { id: agencyId });
    if (agency?.validTo && agency.validTo < vietnamDate(this.clock.now())) return [];
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
    const from = above ? await parentOf(manager, agencyId) : agencyId;
    const nearest = await this.#nearest(manager, from, agencyId, involved);
    if (nearest.heads.length > 0) return { ...nearest, standIn: false };
    const heads = above ? await this.#standIns(manager, nearest.agencyId, involved) : [];
    if (heads.length === 0) throw NobodyDecides();
    return { agencyId: nearest.agencyId, heads, standIn: true };
  }

  /**
   * Who decides what becomes of an agency: the nearest one above it with a head who does not propose it; above the top one is nobody,
   * so that its own does.
   *
   * @throws NobodyDecides
   * @source SEC-Z04
   */
  async above(manager: EntityManager, agencyId: string, involved: readonly string[]): Promise<Deciding> {
    const from = (await parentOf(manager, agencyId)) ?? agencyId;
    const nearest = await this.#nearest(manager, from, agencyId, involved);
    if (nearest.heads.length === 0) throw NobodyDecides();
    return { ...nearest, standIn: false };
  }

  /** @returns the first agency from here upwards that has such heads; the top one with none where there are none */
  async #nearest(
    manager: EntityManager,
    from: string | null,
    start: string,
    involved: readonly (string | null)[],
  ): Promise<{ readonly agencyId: string; readonly heads: readonly Head[] }> {
    let top = start;
    for (let id = from; id !== null; id = await parentOf(manager, id)) {
      const heads = (await this.headsOf(manager, id)).filter(({ userId }) => !involved.includes(userId));
      if (heads.length > 0) return { agencyId: id, heads };
      top = id;
    }
    return { agencyId: top, heads: [] };
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

/** Who acts, in the post that the token names; undefined when it is no longer held. */
export async function actingParty(
  manager: EntityManager,
  { userId, postId }: Actor,
): Promise<{ readonly party: Party; readonly roles: readonly string[] } | undefined> {
  const post = await manager.findOneBy(Post, { id: postId ?? '', userId, active: true });
  if (!post) return undefined;
  const { fullName } = await manager.findOneByOrFail(Account, { id: userId });
  return { party: { userId, postId: post.id, fullName, title: post.title }, roles: post.roles };
}

const parentOf = async (manager: EntityManager, id: string): Promise<string | null> =>
  (await manager.findOneByOrFail(Agency, { id })).parentId;
