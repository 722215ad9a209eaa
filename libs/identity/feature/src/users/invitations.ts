import { Inject, Injectable } from '@nestjs/common';
import { IdentityNotificationRequested, notificationRequest } from '@qlvb/contracts';
import type { PerformedAct } from '@qlvb/contracts';
import { AccountInUse, AccountNotFound, InvitationNotWaiting, NotTheHead } from '@qlvb/identity-domain';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { newId } from '@qlvb/shared-domain';
import { IsNull } from 'typeorm';
import type { z } from 'zod';
import { hashPassword } from '../auth/passwords.ts';
import { Account, Agency } from '../identity.entities.ts';
import { Deciders } from '../proposals/deciders.ts';
import type { Head } from '../proposals/deciders.ts';
import { makePassword } from './initial-password.ts';
import { Invitation } from './invitation.entity.ts';
import type { InvitationConfirmationView, InvitationView } from './users.dto.ts';

const INVITATION_HOURS = 72;

/**
 * The first password of an account, in two parts: the administrator is told one, the head who decides about the account the other,
 * each once. Who lost his part asks for the next invitation, which voids both parts of the one before. Only both open the account,
 * so that nobody ever holds what opens another's.
 *
 * @source SEC-A03
 * @source SEC-Z06
 */
@Injectable()
export class Invitations {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Deciders) private readonly deciders: Deciders,
  ) {}

  /** @throws AccountNotFound, AccountInUse, DutiesNotSeparate, NobodyDecides */
  async make(userId: string, actor: Actor): Promise<z.input<typeof InvitationView>> {
    assertSeparate('invitation.make', [{ act: 'account-change.concern', userId }], actor);
    const firstPart = makePassword();
    const firstHash = await hashPassword(firstPart);
    return this.database.command(async (tx) => {
      const account = await tx.manager.findOne(Account, {
        where: { id: userId, homeAgencyId: tx.agencyId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!account) throw AccountNotFound({ id: userId });
      if (!account.mustChangePassword || account.state !== 'active') throw AccountInUse();
      const { agencyId: decidingAgencyId, heads } = await this.#deciding(tx, userId, actor.userId);
      await tx.manager
        .createQueryBuilder()
        .update(Invitation)
        .set({ endedAt: tx.now, updatedAt: tx.now, version: () => 'version + 1' })
        .where({ userId, endedAt: IsNull() })
        .execute();
      const expiresAt = new Date(tx.now.getTime() + INVITATION_HOURS * 3_600_000);
      await tx.manager.insert(Invitation, {
        id: newId(),
        agencyId: tx.agencyId,
        decidingAgencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        userId,
        expiresAt,
        invitedBy: actor.userId,
        firstHash,
        confirmedBy: null,
        confirmedAt: null,
        secondHash: null,
        endedAt: null,
      });
      tx.audit({ action: 'account.invited', resource: { type: 'account', id: userId }, after: { expiresAt } });
      const { fullName: by } = await tx.manager.findOneByOrFail(Account, { id: actor.userId });
      for (const head of heads) {
        tx.forAgency(decidingAgencyId).publish(
          IdentityNotificationRequested,
          notificationRequest('invitation-made', {
            to: { userId: head.userId },
            about: { type: 'account', id: userId },
            parameters: { person: account.fullName, by },
          }),
        );
      }
      return { userId, decidingAgencyId, expiresAt, firstPart };
    });
  }

  /** @throws AccountNotFound, DutiesNotSeparate, InvitationNotWaiting, NobodyDecides, NotTheHead */
  async confirm(userId: string, actor: Actor): Promise<z.input<typeof InvitationConfirmationView>> {
    const { id, agencyId } = await this.#seen(userId);
    const secondPart = makePassword();
    const secondHash = await hashPassword(secondPart);
    return this.database.command(
      async (tx) => {
        const row = await tx.manager.findOneOrFail(Invitation, { where: { id }, lock: { mode: 'pessimistic_write' } });
        const performed: PerformedAct[] = [
          { act: 'account-change.concern', userId },
          { act: 'invitation.make', userId: row.invitedBy },
        ];
        assertSeparate('invitation.confirm', performed, actor);
        const deciding = await this.#deciding(tx, userId, row.invitedBy);
        if (!deciding.heads.some((head) => head.userId === actor.userId && head.postId === actor.postId)) {
          const { name } = await tx.manager.findOneByOrFail(Agency, { id: deciding.agencyId });
          throw NotTheHead({ agency: name });
        }
        if (row.endedAt || row.confirmedAt || row.expiresAt <= tx.now) throw InvitationNotWaiting();
        const confirmed = { confirmedBy: actor.userId, confirmedAt: tx.now, secondHash };
        await tx.manager.update(Invitation, { id }, { ...confirmed, version: row.version + 1, updatedAt: tx.now });
        const { expiresAt } = row;
        const resource = { type: 'account', id: userId };
        tx.audit({ action: 'account.invitation-confirmed', resource, after: { invitedBy: row.invitedBy, expiresAt } });
        return { userId, expiresAt, secondPart };
      },
      { agencyId },
    );
  }

  /** The open invitation, if the caller's agency has to do with it. @throws AccountNotFound, InvitationNotWaiting */
  #seen(userId: string): Promise<Invitation> {
    return this.database.read(async (manager) => {
      const row = await manager.findOneBy(Invitation, { userId, endedAt: IsNull() });
      if (row) return row;
      throw (await manager.existsBy(Account, { id: userId }))
        ? InvitationNotWaiting()
        : AccountNotFound({ id: userId });
    });
  }

  /** Those who could decide about the account now. @throws NobodyDecides */
  async #deciding(
    tx: Tx,
    userId: string,
    invitedBy: string,
  ): Promise<{ readonly agencyId: string; readonly heads: readonly Head[] }> {
    const own = await this.deciders.headsOf(tx.manager, tx.agencyId);
    const above = own.some((head) => head.userId === userId);
    return this.deciders.find(tx.manager, tx.agencyId, above, [invitedBy, userId]);
  }
}
