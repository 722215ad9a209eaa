import { Inject, Injectable } from '@nestjs/common';
import { IdentityNotificationRequested, mayGrant, notificationRequest } from '@qlvb/contracts';
import type { PerformedAct } from '@qlvb/contracts';
import { GrantExceeded, NotTheHead, NotTheProposer, ProposalDecided, ProposalNotFound } from '@qlvb/identity-domain';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { z } from 'zod';
import { Agency } from '../identity.entities.ts';
import { AccountChanges } from './account-changes.ts';
import { AccountProposal } from './account-proposal.entity.ts';
import type { Party } from './proposal.entity.ts';
import { Deciders } from './deciders.ts';
import type { Head } from './deciders.ts';
import { proposalView } from './proposal-view.ts';
import type { ProposalView } from './proposals.dto.ts';

type View = z.input<typeof ProposalView>;

interface Decision {
  readonly state: 'approved' | 'refused' | 'withdrawn';
  readonly by: Party;
  readonly reason?: string;
}

/** What becomes of a proposal. @source IDN-02 */
@Injectable()
export class ProposalDecisions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Deciders) private readonly deciders: Deciders,
    @Inject(AccountChanges) private readonly changes: AccountChanges,
  ) {}

  /**
   * Approves and carries out.
   *
   * @throws AccountExists, AccountNotFound, DutiesNotSeparate, GrantExceeded, LastAdministrator, NobodyDecides, NotTheHead, ProposalDecided,
   * ProposalNotFound, ProposalStale, RolesIncompatible, UnitNotFound
   */
  approve(id: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, 'account-proposal.approved', async (row, tx) => {
      const { head, grant } = await this.#decider(tx, row, actor);
      const roles = [...(row.postBefore?.roles ?? []), ...(row.postAfter?.roles ?? [])];
      if (!mayGrant(grant, head.roles, roles)) throw GrantExceeded();
      const number = await this.changes.takeNumber(tx, row);
      const concerned = await this.changes.carryOut(tx, row, number);
      // Whose number it is was not known before.
      const performed: PerformedAct[] = [{ act: 'account-change.concern', userId: concerned }];
      assertSeparate('account-change.approve', performed, actor);
      assertSeparate('account-change.propose', performed, row.proposedBy);
      return { state: 'approved', by: partyOf(head) };
    });
  }

  /** @throws DutiesNotSeparate, NobodyDecides, NotTheHead, ProposalDecided, ProposalNotFound, RolesIncompatible */
  refuse(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, 'account-proposal.refused', async (row, tx) => {
      const { head } = await this.#decider(tx, row, actor);
      await this.#undo(tx, row);
      return { state: 'refused', by: partyOf(head), reason };
    });
  }

  /** @throws NotTheProposer, ProposalDecided, ProposalNotFound, RolesIncompatible */
  withdraw(id: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, 'account-proposal.withdrawn', async (row, tx) => {
      if (row.proposedBy.userId !== actor.userId) throw NotTheProposer();
      await this.#undo(tx, row);
      return { state: 'withdrawn', by: row.proposedBy };
    });
  }

  async #decide(
    id: string,
    actor: Actor,
    action: string,
    decide: (row: AccountProposal, tx: Tx) => Promise<Decision>,
  ): Promise<View> {
    // Who decides may belong to an agency above; what is changed belongs to the one concerned.
    const found = await this.database.read((manager) => manager.findOneBy(AccountProposal, { id }));
    if (!found) throw ProposalNotFound();
    const scope = { agencyId: found.agencyId };
    const options = {
      entity: AccountProposal,
      id,
      missing: ProposalNotFound,
      action,
      scope,
      access: 'agency' as const,
    };
    return update(this.database, options, async (row, tx) => {
      const { state, by, reason = null } = await decide(row, tx);
      Object.assign(row, { state, decidedBy: by, decidedAt: tx.now, decisionReason: reason });
      if (state !== 'withdrawn') tell(tx, row, state, by);
      return proposalView(row, actor, await this.deciders.of(tx.manager, actor.agencyId));
    });
  }

  /** @throws NobodyDecides, NotTheHead, DutiesNotSeparate, ProposalDecided */
  async #decider(
    tx: Tx,
    row: AccountProposal,
    actor: Actor,
  ): Promise<{ readonly head: Head; readonly grant: 'approve' | 'standIn' }> {
    const { heads, grant } = await this.#deciders(tx, row);
    const head = heads.find(({ postId, userId }) => postId === actor.postId && userId === actor.userId);
    if (!head) {
      const { name } = await tx.manager.findOneByOrFail(Agency, { id: row.decidingAgencyId });
      throw NotTheHead({ agency: name });
    }
    const performed: PerformedAct[] = [{ act: 'account-change.propose', userId: row.proposedBy.userId }];
    if (row.userId !== null) performed.push({ act: 'account-change.concern', userId: row.userId });
    assertSeparate('account-change.approve', performed, actor);
    if (row.state !== 'waiting') throw ProposalDecided();
    return { head, grant };
  }

  /** As it is now: who stands in for a head does so until there is one. */
  async #deciders(
    { manager }: Tx,
    row: AccountProposal,
  ): Promise<{ readonly heads: readonly Head[]; readonly grant: 'approve' | 'standIn' }> {
    if (!row.standIn) return { heads: await this.deciders.headsOf(manager, row.decidingAgencyId), grant: 'approve' };
    const { heads, standIn } = await this.deciders.find(manager, row.agencyId, true, [
      row.proposedBy.userId,
      row.userId,
    ]);
    return { heads, grant: standIn ? 'standIn' : 'approve' };
  }

  /** @throws ProposalDecided, RolesIncompatible */
  async #undo(tx: Tx, row: AccountProposal): Promise<void> {
    if (row.state !== 'waiting') throw ProposalDecided();
    await this.changes.takeNumber(tx, row);
    if (row.inEffect) await this.changes.restore(tx, row);
    row.inEffect = false;
  }
}

const partyOf = ({ userId, postId, fullName, title }: Party): Party => ({ userId, postId, fullName, title });

function tell(tx: Tx, row: AccountProposal, state: 'approved' | 'refused', by: Party): void {
  const request = { to: { userId: row.proposedBy.userId }, about: { type: 'account-proposal', id: row.id } };
  const parameters = { person: row.fullName, by: by.fullName };
  tx.publish(
    IdentityNotificationRequested,
    state === 'approved'
      ? notificationRequest('account-proposal-approved', { ...request, parameters })
      : notificationRequest('account-proposal-refused', {
          ...request,
          parameters: { ...parameters, reason: row.decisionReason ?? '' },
        }),
  );
}
