import { Inject, Injectable } from '@nestjs/common';
import { AccountExists, AccountNotFound, PostNotFound, ProposalStale } from '@qlvb/identity-domain';
import type { Tx } from '@qlvb/platform-database';
import { newId } from '@qlvb/shared-domain';
import { foldText } from '@qlvb/vietnam';
import { Account, Post } from '../identity.entities.ts';
import { CitizenNumbers } from '../users/citizen-numbers.ts';
import { Posts } from '../users/posts.ts';
import type { PersonOfPost, PostContent } from '../users/posts.ts';
import { UsersService } from '../users/users.service.ts';
import { Vault } from '../vault.ts';
import { AccountProposal } from './account-proposal.entity.ts';
import type { ProposedPost } from './account-proposal.entity.ts';

/** Carries out what was approved, in the agency concerned. */
@Injectable()
export class AccountChanges {
  constructor(
    @Inject(Vault) private readonly vault: Vault,
    @Inject(CitizenNumbers) private readonly numbers: CitizenNumbers,
    @Inject(Posts) private readonly posts: Posts,
    @Inject(UsersService) private readonly users: UsersService,
  ) {}

  /** The number that was proposed, which from now on is kept with the account only, or nowhere. @source CID-20 */
  async takeNumber(tx: Tx, { id }: AccountProposal): Promise<string | undefined> {
    const row = await tx.manager.findOne(AccountProposal, { where: { id }, select: { id: true, cccdSealed: true } });
    if (!row?.cccdSealed) return undefined;
    await tx.manager.query('UPDATE account_proposal SET cccd_sealed = NULL WHERE id = $1', [id]);
    return this.vault.open(row.cccdSealed, id);
  }

  /**
   * @returns the person concerned
   * @throws AccountExists, AccountNotFound, LastAdministrator, ProposalStale, RolesIncompatible, UnitNotFound
   */
  async carryOut(tx: Tx, row: AccountProposal, number: string | undefined): Promise<string> {
    if (row.kind === 'account') return this.#account(tx, row, number ?? '');
    const userId = row.userId ?? '';
    if (row.kind === 'post') {
      const person = await tx.manager.findOneBy(Account, { id: userId, state: 'active' });
      if (!person) throw AccountNotFound({ id: userId });
      row.postId = newId();
      await this.posts.give(tx, row.postId, person, contentOf(row.postAfter));
    } else if (row.kind === 'number') {
      await this.numbers.replace(tx, userId, {
        number: number ?? '',
        reason: row.reason,
        ...(row.cccdOverride ? { override: row.cccdOverride } : {}),
      });
    } else if (!row.inEffect) {
      await this.#changePost(tx, row);
    }
    return userId;
  }

  /** Gives back a post that was ended before the decision. @throws RolesIncompatible, UnitNotFound, ProposalStale */
  async restore(tx: Tx, row: AccountProposal): Promise<void> {
    const post = await lockPost(tx, row.postId ?? '');
    if (post.active) throw ProposalStale();
    await this.posts.change(tx, post, { ...contentOf(row.postBefore), active: true });
  }

  /**
   * One account per person in the whole province: where the number has one, it gets the post, if its holder bears the name that
   * was proposed.
   *
   * @throws AccountExists
   * @source CID-15
   */
  async #account(tx: Tx, row: AccountProposal, number: string): Promise<string> {
    const known = await this.numbers.holder(tx, number);
    let person: PersonOfPost;
    if (known) {
      if (known.state !== 'active' || foldText(known.fullName) !== foldText(row.fullName)) throw AccountExists();
      person = known;
    } else {
      const userId = newId();
      const { fullName, cccdOverride: override } = row;
      await this.users.insert(tx, { userId, number, fullName, ...(override ? { override } : {}) });
      person = { id: userId, fullName, permissionVersion: 1 };
    }
    Object.assign(row, { userId: person.id, postId: newId() });
    await this.posts.give(tx, row.postId ?? '', person, contentOf(row.postAfter));
    return person.id;
  }

  async #changePost(tx: Tx, row: AccountProposal): Promise<void> {
    const post = await lockPost(tx, row.postId ?? '');
    // What was shown to whoever approves is what is changed.
    if (!post.active || post.version !== row.postVersion) throw ProposalStale();
    const content = contentOf(row.postAfter ?? row.postBefore);
    await this.posts.change(tx, post, { ...content, active: row.kind === 'post-change' });
  }
}

async function lockPost(tx: Tx, id: string): Promise<Post> {
  const post = await tx.manager.findOne(Post, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!post) throw PostNotFound({ id });
  return post;
}

function contentOf(post: ProposedPost | null): PostContent {
  if (!post) throw new Error('the proposal names no post');
  const { unitId, title, rank, roles } = post;
  return { unitId, title, rank, roles };
}
