import { Inject, Injectable } from '@nestjs/common';
import { PostChanged, rolesGoTogether } from '@qlvb/contracts';
import { LastAdministrator, RolesIncompatible, UnitNotFound } from '@qlvb/identity-domain';
import type { Tx } from '@qlvb/platform-database';
import { vietnamDate } from '@qlvb/vietnam';
import { permissionsOf } from '../auth/access-token-issuer.ts';
import { SessionEnds } from '../auth/session-ends.ts';
import { Account, Post, Unit } from '../identity.entities.ts';

export type PersonOfPost = Pick<Account, 'id' | 'fullName' | 'permissionVersion'>;

/** What a post is to be. */
export type PostContent = Pick<Post, 'unitId' | 'title' | 'rank' | 'roles'>;

/**
 * The posts of the present agency: the only place where somebody gets or loses rights. Whoever calls this has seen that it was
 * proposed and approved.
 */
@Injectable()
export class Posts {
  constructor(@Inject(SessionEnds) private readonly ends: SessionEnds) {}

  /** @throws UnitNotFound, RolesIncompatible */
  async give(tx: Tx, postId: string, person: PersonOfPost, content: PostContent): Promise<Post> {
    const unit = await this.unit(tx, content.unitId);
    await this.assertRoles(tx, person.id, undefined, content.roles);
    const post = Object.assign(new Post(), {
      id: postId,
      agencyId: tx.agencyId,
      version: 1,
      createdAt: tx.now,
      updatedAt: tx.now,
      userId: person.id,
      active: true,
      ...content,
    });
    await tx.manager.insert(Post, post);
    publish(tx, post, unit, person);
    tx.audit({
      action: 'post.given',
      resource: { type: 'post', id: postId },
      after: { userId: person.id, ...content },
    });
    return post;
  }

  /**
   * Changes, ends or restores a post; tokens that name the former rights are no longer good.
   *
   * @param post locked by the caller
   * @throws UnitNotFound, RolesIncompatible, LastAdministrator
   * @source SEC-S03
   */
  async change(tx: Tx, post: Post, content: PostContent & { readonly active: boolean }): Promise<void> {
    const unit = await this.unit(tx, content.unitId);
    if (content.active) await this.assertRoles(tx, post.userId, post.id, content.roles);
    await this.assertAdministratorLeft(tx, post, content);
    const before = contentOf(post);
    Object.assign(post, content, { version: post.version + 1, updatedAt: tx.now });
    const { unitId, title, rank, roles, active, version, updatedAt } = post;
    await tx.manager.update(Post, { id: post.id }, { unitId, title, rank, roles, active, version, updatedAt });
    const account = await tx.manager.findOneOrFail(Account, {
      where: { id: post.userId },
      lock: { mode: 'pessimistic_write' },
    });
    const permissionVersion = account.permissionVersion + 1;
    await tx.manager.update(Account, { id: account.id }, { permissionVersion, version: account.version + 1 });
    if (!active) await this.ends.ofPost(tx, post.userId, post.id, 'post-ended');
    publish(tx, post, unit, { ...account, permissionVersion });
    tx.audit({
      action: active ? 'post.changed' : 'post.ended',
      resource: { type: 'post', id: post.id },
      before,
      after: contentOf(post),
    });
  }

  /** @throws UnitNotFound */
  async unit(tx: Tx, unitId: string): Promise<Unit> {
    const unit = await tx.manager.findOneBy(Unit, { id: unitId, agencyId: tx.agencyId });
    if (!unit) throw UnitNotFound({ id: unitId });
    return unit;
  }

  /**
   * Over every agency in which the person has a post; nobody else can give this person one until the transaction ends.
   *
   * @throws RolesIncompatible
   * @source SEC-Z06
   */
  async assertRoles(tx: Tx, userId: string, exceptPostId: string | undefined, roles: readonly string[]): Promise<void> {
    await tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 11))', [userId]);
    const posts = (await tx.manager.query('SELECT post_id, roles FROM login_posts($1, $2)', [
      userId,
      vietnamDate(tx.now),
    ])) as {
      post_id: string;
      roles: string[];
    }[];
    const others = posts.filter((post) => post.post_id !== exceptPostId).map((post) => post.roles);
    if (!rolesGoTogether([roles, ...others])) throw RolesIncompatible();
  }

  /** @throws LastAdministrator */
  async assertAdministratorLeft(
    tx: Tx,
    post: Post,
    next: { readonly roles: readonly string[]; readonly active: boolean },
  ): Promise<void> {
    const administers = (one: { roles: readonly string[]; active: boolean }): boolean =>
      one.active && one.roles.includes('agency_admin');
    if (!administers(post) || administers(next)) return;
    await tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 12))', [tx.agencyId]);
    const [row] = (await tx.manager.query(
      `SELECT count(*)::int AS others FROM post WHERE agency_id = $1 AND active AND 'agency_admin' = ANY (roles) AND id <> $2`,
      [tx.agencyId, post.id],
    )) as { others: number }[];
    if (!row?.others) throw LastAdministrator();
  }
}

const contentOf = ({ unitId, title, rank, roles, active }: Post): PostContent & { readonly active: boolean } => ({
  unitId,
  title,
  rank,
  roles,
  active,
});

function publish(tx: Tx, post: Post, unit: Unit, { fullName, permissionVersion }: PersonOfPost): void {
  const { id, version, userId, agencyId, unitId, title, rank, roles, active } = post;
  tx.publish(PostChanged, {
    postId: id,
    version,
    userId,
    agencyId,
    unitId,
    unitName: unit.name,
    unitSymbol: unit.symbol,
    fullName,
    title,
    roles,
    permissions: permissionsOf(roles),
    active,
    permissionVersion,
    ...(rank === null ? {} : { rank }),
  });
}
