import { Inject, Injectable } from '@nestjs/common';
import { IdentityNotificationRequested, notificationRequest } from '@qlvb/contracts';
import type { PerformedAct } from '@qlvb/contracts';
import {
  AccountInUse,
  AccountNotFound,
  AccountNotInUse,
  InvitationNotWaiting,
  NotTheHead,
} from '@qlvb/identity-domain';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { newId } from '@qlvb/shared-domain';
import { IsNull } from 'typeorm';
import type { z } from 'zod';
import { hashPassword } from '../auth/passwords.ts';
import { SessionEnds } from '../auth/session-ends.ts';
import { Account, Agency } from '../identity.entities.ts';
import { Deciders } from '../proposals/deciders.ts';
import type { Deciding } from '../proposals/deciders.ts';
import { makePassword } from './initial-password.ts';
import { Invitation } from './invitation.entity.ts';
import type { InvitationConfirmationView, InvitationView } from './users.dto.ts';

const INVITATION_HOURS = 72;

/**
 * The first password of an account, or one in the place of a password that was lost, in two parts: the administrator is told one, the
 * head who decides about the account the other, each once. Who lost his part asks for the next invitation, which voids both parts of
 * the one before. Only both open the account, so that nobody ever holds what opens another's.
 *
 * @source SEC-A03
 * @source SEC-A12
 * @source SEC-Z06
 */
@Injectable()
export class Invitations {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Deciders) private readonly deciders: Deciders,
    @Inject(SessionEnds) private readonly ends: SessionEnds,
  ) {}

  /** @throws AccountNotFound, AccountInUse, DutiesNotSeparate, NobodyDecides */
  make(userId: string, actor: Actor): Promise<z.input<typeof InvitationView>> {
    return this.#make(userId, actor, null);
  }

  /**
   * For a person who lost the password and told an administrator. Until it is confirmed the password stands, so that an administrator
   * alone locks nobody out; the person is told at once, and by setting another password ends it.
   *
   * @throws AccountNotFound, AccountNotInUse, DutiesNotSeparate, NobodyDecides
   * @source SEC-A12
   * @source IDN-07
   */
  reset(userId: string, reason: string, actor: Actor): Promise<z.input<typeof InvitationView>> {
    return this.#make(userId, actor, reason);
  }

  /** By an administrator of the account's agency, or of one above it: else the only administrator had no way back. */
  async #make(userId: string, actor: Actor, lostReason: string | null): Promise<z.input<typeof InvitationView>> {
    assertSeparate('invitation.make', [{ act: 'account-change.concern', userId }], actor);
    const firstPart = makePassword();
    const firstHash = await hashPassword(firstPart);
    const agencyId = await this.#home(userId, actor);
    return this.database.command(
      async (tx) => {
        const account = await tx.manager.findOne(Account, {
          where: { id: userId, homeAgencyId: tx.agencyId },
          lock: { mode: 'pessimistic_write' },
        });
        if (!account || (lostReason !== null && account.state !== 'active')) throw AccountNotFound({ id: userId });
        if (lostReason !== null && account.mustChangePassword) throw AccountNotInUse();
        if (lostReason === null && (!account.mustChangePassword || account.state !== 'active')) throw AccountInUse();
        const { fullName: by } = await this.#nameOf(actor);
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
          lostReason,
          endedAt: null,
        });
        const about = { type: 'account', id: userId };
        tx.audit(
          lostReason === null
            ? { action: 'account.invited', resource: about, after: { expiresAt } }
            : { action: 'account.password-reset-asked', resource: about, after: { expiresAt, reason: lostReason } },
        );
        for (const { userId: head } of heads) {
          const request = { to: { userId: head }, about, parameters: { person: account.fullName, by } };
          tx.forAgency(decidingAgencyId).publish(
            IdentityNotificationRequested,
            lostReason === null
              ? notificationRequest('invitation-made', request)
              : notificationRequest('password-reset-asked', {
                  ...request,
                  parameters: { ...request.parameters, reason: lostReason },
                }),
          );
        }
        if (lostReason !== null) {
          const parameters = { by, reason: lostReason };
          tx.publish(
            IdentityNotificationRequested,
            notificationRequest('own-password-reset-asked', { to: { userId }, about, urgency: 'urgent', parameters }),
          );
        }
        return { userId, decidingAgencyId, expiresAt, firstPart };
      },
      { agencyId },
    );
  }

  /** @throws AccountNotFound also for an account of an agency that is neither the caller's nor below it */
  async #home(userId: string, actor: Actor): Promise<string> {
    const [row] = (await this.database.read((manager) =>
      manager.query('SELECT home_below($1, $2) AS home', [userId, actor.agencyId]),
    )) as { home: string | null }[];
    if (!row?.home) throw AccountNotFound({ id: userId });
    return row.home;
  }

  #nameOf({ userId: id }: Actor): Promise<Account> {
    return this.database.read((manager) => manager.findOneByOrFail(Account, { id }));
  }

  /**
   * Of a password that was lost too: with this it opens nothing any more, and every session ends.
   *
   * @throws AccountNotFound, DutiesNotSeparate, InvitationNotWaiting, NobodyDecides, NotTheHead
   * @source SEC-A12
   */
  async confirm(userId: string, actor: Actor): Promise<z.input<typeof InvitationConfirmationView>> {
    const { id, agencyId } = await this.#seen(userId);
    const secondPart = makePassword();
    const secondHash = await hashPassword(secondPart);
    return this.database.command(
      async (tx) => {
        const row = await tx.manager.findOneOrFail(Invitation, { where: { id }, lock: { mode: 'pessimistic_write' } });
        if (row.invitedBy === null) throw InvitationNotWaiting();
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
        const { expiresAt, invitedBy, lostReason } = row;
        const resource = { type: 'account', id: userId };
        if (lostReason !== null) await this.#losePassword(tx, userId);
        tx.audit({
          action: lostReason === null ? 'account.invitation-confirmed' : 'account.password-reset',
          resource,
          after: { invitedBy, expiresAt, ...(lostReason === null ? {} : { reason: lostReason }) },
        });
        return { userId, expiresAt, secondPart };
      },
      { agencyId },
    );
  }

  /** Neither does the wait after wrong logins hold who has to start anew. */
  async #losePassword(tx: Tx, userId: string): Promise<void> {
    await tx.manager.query(
      'UPDATE account SET must_change_password = true, version = version + 1, updated_at = $2 WHERE id = $1',
      [userId, tx.now],
    );
    await tx.manager.query(
      'DELETE FROM login_record WHERE cccd_index = (SELECT cccd_index FROM account WHERE id = $1)',
      [userId],
    );
    await this.ends.everywhere(tx, userId, 'password-reset');
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
  async #deciding(tx: Tx, userId: string, invitedBy: string): Promise<Deciding> {
    const own = await this.deciders.headsOf(tx.manager, tx.agencyId);
    const above = own.some((head) => head.userId === userId);
    return this.deciders.find(tx.manager, tx.agencyId, above, [invitedBy, userId]);
  }
}
