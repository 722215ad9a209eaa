import { Inject, Injectable } from '@nestjs/common';
import { IdentityNotificationRequested, mayGrant, notificationRequest, rolesGoTogether } from '@qlvb/contracts';
import {
  AccountNotFound,
  GrantExceeded,
  isDecidedAbove,
  PostNotFound,
  ProposalNotFound,
  RolesIncompatible,
  UrgentNotAllowed,
} from '@qlvb/identity-domain';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import { maskCccd } from '@qlvb/vietnam';
import { z } from 'zod';
import { Account, Post, Unit } from '../identity.entities.ts';
import { CitizenNumbers } from '../users/citizen-numbers.ts';
import type { AcceptedNumber } from '../users/citizen-numbers.ts';
import { Posts } from '../users/posts.ts';
import type { PostInput } from '../users/users.dto.ts';
import { Vault } from '../vault.ts';
import { AccountProposal } from './account-proposal.entity.ts';
import type { ProposedPost } from './account-proposal.entity.ts';
import type { Party } from './proposal.entity.ts';
import { proposalPage } from './proposal-page.ts';
import { actingParty, Deciders } from './deciders.ts';
import type { Deciding } from './deciders.ts';
import { proposalView } from './proposal-view.ts';
import type { ProposalInput, ProposalQuery, ProposalView } from './proposals.dto.ts';

type Input = z.output<typeof ProposalInput>;
type View = z.input<typeof ProposalView>;

/** What a proposal is about, as the agency knows it. */
type Matter = Pick<AccountProposal, 'userId' | 'postId' | 'postVersion' | 'fullName' | 'postBefore' | 'postAfter'>;

/**
 * Accounts, posts and rights are proposed by an administrator and decided by the head of the agency, or of one above it.
 *
 * @source IDN-02
 */
@Injectable()
export class ProposalsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(CitizenNumbers) private readonly numbers: CitizenNumbers,
    @Inject(Posts) private readonly posts: Posts,
    @Inject(Deciders) private readonly deciders: Deciders,
  ) {}

  list(query: z.output<typeof ProposalQuery>, actor: Actor): Promise<Page<View>> {
    return this.database.read(async (manager) => {
      const page = await proposalPage(manager, AccountProposal, query);
      const deciders = await this.deciders.of(manager, actor.agencyId);
      return { ...page, items: page.items.map((row) => proposalView(row, actor, deciders)) };
    });
  }

  /** @throws ProposalNotFound */
  get(id: string, actor: Actor): Promise<View> {
    return this.database.read(async (manager) => {
      const row = await manager.findOneBy(AccountProposal, { id });
      if (!row) throw ProposalNotFound();
      return proposalView(row, actor, await this.deciders.of(manager, actor.agencyId));
    });
  }

  /**
   * Nothing here depends on whether a citizen number has an account: that is looked at when the proposal is approved.
   *
   * @throws AccountNotFound, CccdDoubtful, CccdEntriesDiffer, CccdInvalid, DutiesNotSeparate, GrantExceeded, LastAdministrator,
   * NobodyDecides, PostNotFound, RolesIncompatible, UnitNotFound, UrgentNotAllowed
   * @source IDN-02
   * @source SEC-Z04
   * @source SEC-Z06
   */
  propose(input: Input, actor: Actor): Promise<View> {
    const accepted = 'cccd' in input ? this.numbers.accept(input) : undefined;
    return this.database.command(async (tx) => {
      const proposer = await this.#proposer(tx, actor);
      const matter = await this.#matter(tx, input);
      const { userId, postBefore, postAfter } = matter;
      const roles = [...(postBefore?.roles ?? []), ...(postAfter?.roles ?? [])];
      if (!mayGrant('propose', proposer.roles, roles)) throw GrantExceeded();
      const concerned = userId ?? (await this.#ownNumber(tx, actor, accepted));
      if (concerned !== null) {
        assertSeparate('account-change.propose', [{ act: 'account-change.concern', userId: concerned }], actor);
      }
      if (postAfter) await this.#assertRoles(tx, matter, postAfter);
      const own = await this.deciders.headsOf(tx.manager, tx.agencyId);
      const above = isDecidedAbove(
        [postBefore, postAfter],
        own.some((head) => head.userId === userId),
      );
      const deciding = await this.deciders.find(tx.manager, tx.agencyId, above, [actor.userId, userId]);
      const urgent = input.kind === 'post-end' && input.urgent;
      if (urgent) {
        await this.#assertUrgent(tx, userId, actor, deciding);
        await this.#endNow(tx, input.postId);
      }
      const id = newId();
      const row = Object.assign(new AccountProposal(), {
        ...matter,
        ...this.#sealed(id, accepted),
        id,
        agencyId: tx.agencyId,
        decidingAgencyId: deciding.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        kind: input.kind,
        state: 'waiting' as const,
        inEffect: urgent,
        urgent,
        standIn: deciding.standIn,
        reason: input.reason,
        proposedBy: proposer.party,
        decidedBy: null,
        decidedAt: null,
        decisionReason: null,
      });
      await tx.manager.insert(AccountProposal, row);
      tx.audit({
        action: 'account-proposal.made',
        resource: { type: 'account-proposal', id },
        after: { kind: row.kind, userId, fullName: row.fullName, postBefore, postAfter, urgent, reason: row.reason },
      });
      // Whoever leads the top agency learns of it also where others decide about him.
      const led = deciding.standIn ? await this.deciders.headsOf(tx.manager, deciding.agencyId) : [];
      for (const head of [...deciding.heads, ...led]) {
        tx.forAgency(deciding.agencyId).publish(
          IdentityNotificationRequested,
          notificationRequest('account-proposed', {
            to: { userId: head.userId },
            about: { type: 'account-proposal', id },
            urgency: urgent ? 'urgent' : 'normal',
            parameters: { person: row.fullName, proposer: row.proposedBy.fullName, reason: row.reason },
          }),
        );
      }
      return proposalView(row, actor, []);
    });
  }

  /** @throws GrantExceeded when the post that the token names is no longer held */
  async #proposer(tx: Tx, actor: Actor): Promise<{ readonly party: Party; readonly roles: readonly string[] }> {
    const acting = await actingParty(tx.manager, actor);
    if (!acting || !mayGrant('propose', acting.roles, ['officer'])) throw GrantExceeded();
    return acting;
  }

  /** @throws AccountNotFound, PostNotFound, UnitNotFound */
  async #matter(tx: Tx, input: Input): Promise<Matter> {
    const nothing = { userId: null, postId: null, postVersion: null, postBefore: null, postAfter: null };
    if (input.kind === 'account') {
      return { ...nothing, fullName: input.fullName, postAfter: await this.#proposedPost(tx, input.post) };
    }
    if (input.kind === 'post' || input.kind === 'number') {
      const account = await tx.manager.findOneBy(Account, { id: input.userId });
      const foreign = input.kind === 'number' && account?.homeAgencyId !== tx.agencyId;
      if (!account || foreign) throw AccountNotFound({ id: input.userId });
      const postAfter = input.kind === 'post' ? await this.#proposedPost(tx, input.post) : null;
      return { ...nothing, userId: account.id, fullName: account.fullName, postAfter };
    }
    const post = await tx.manager.findOneBy(Post, { id: input.postId, active: true });
    if (!post) throw PostNotFound({ id: input.postId });
    const { fullName } = await tx.manager.findOneByOrFail(Account, { id: post.userId });
    return {
      userId: post.userId,
      postId: post.id,
      postVersion: post.version,
      fullName,
      postBefore: await this.#proposedPost(tx, post),
      postAfter: input.kind === 'post-change' ? await this.#proposedPost(tx, input.post) : null,
    };
  }

  /** @throws UnitNotFound */
  async #proposedPost(tx: Tx, input: z.output<typeof PostInput> | Post): Promise<ProposedPost> {
    const unit: Unit = await this.posts.unit(tx, input.unitId);
    const { unitId, title, rank = null, roles } = input;
    return { unitId, unitName: unit.name, title, rank, roles: roles as ProposedPost['roles'] };
  }

  /** Whether somebody proposes for the own number, which is no news to him; other numbers are not looked up. */
  async #ownNumber(tx: Tx, { userId }: Actor, accepted: AcceptedNumber | undefined): Promise<string | null> {
    if (!accepted) return null;
    const own = { id: userId, cccdIndex: this.vault.index(accepted.number) };
    return (await tx.manager.existsBy(Account, own)) ? userId : null;
  }

  /** @throws RolesIncompatible */
  async #assertRoles(tx: Tx, { userId, postId }: Matter, { roles }: ProposedPost): Promise<void> {
    if (userId !== null) await this.posts.assertRoles(tx, userId, postId ?? undefined, roles);
    else if (!rolesGoTogether([roles])) throw RolesIncompatible();
  }

  /**
   * Nobody is stronger than the decision: an administrator whose urgent withdrawal was not approved, or whom he let off himself,
   * withdraws from that person at once no more; and at once from nobody about whom no head could decide soon.
   *
   * @throws UrgentNotAllowed
   * @source IDN-02
   */
  async #assertUrgent(tx: Tx, userId: string | null, actor: Actor, { standIn }: Deciding): Promise<void> {
    const [row] = (await tx.manager.query(
      `SELECT EXISTS (SELECT 1 FROM account_proposal WHERE agency_id = $1 AND user_id = $2 AND urgent
         AND state IN ('refused', 'withdrawn') AND proposed_by->>'userId' = $3) AS before`,
      [tx.agencyId, userId, actor.userId],
    )) as { before: boolean }[];
    if (standIn || row?.before) throw UrgentNotAllowed();
  }

  /** Closing is safe, so it may come before the decision. @throws PostNotFound, LastAdministrator; @source IDN-02 */
  async #endNow(tx: Tx, postId: string): Promise<void> {
    const post = await tx.manager.findOne(Post, {
      where: { id: postId, active: true },
      lock: { mode: 'pessimistic_write' },
    });
    if (!post) throw PostNotFound({ id: postId });
    await this.posts.change(tx, post, { ...post, active: false });
  }

  #sealed(id: string, accepted: AcceptedNumber | undefined): Partial<AccountProposal> {
    return accepted
      ? {
          cccdSealed: this.vault.seal(accepted.number, id),
          cccdMasked: maskCccd(accepted.number),
          cccdOverride: accepted.override ?? null,
        }
      : { cccdSealed: null, cccdMasked: null, cccdOverride: null };
  }
}
