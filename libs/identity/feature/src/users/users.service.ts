import { Inject, Injectable } from '@nestjs/common';
import { AccountInUse, AccountNotFound } from '@qlvb/identity-domain';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { inOrder, keysetPage, searchPatterns } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { hashPassword } from '../auth/passwords.ts';
import { Account, Post } from '../identity.entities.ts';
import { CitizenNumbers } from './citizen-numbers.ts';
import type { AcceptedNumber } from './citizen-numbers.ts';
import { makePassword } from './initial-password.ts';
import type { InvitationView, PostView, UserQuery, UserView } from './users.dto.ts';

const INVITATION_HOURS = 72;

/** A person to be given an account. */
export interface NewAccount {
  readonly userId: string;
  readonly number: string;
  readonly fullName: string;
  /** Left out for a person who is to be invited. */
  readonly passwordHash?: string;
  readonly override?: AcceptedNumber['override'];
}

/** The people of one agency. */
@Injectable()
export class UsersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CitizenNumbers) private readonly numbers: CitizenNumbers,
  ) {}

  async list(query: z.output<typeof UserQuery>): Promise<Page<z.input<typeof UserView>>> {
    const { limit, cursor, ...filter } = query;
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: filter,
          keys: z.tuple([z.string(), z.uuid()]),
          query: (after) => {
            const builder = manager.createQueryBuilder(Account, 'account').where('true');
            if (filter.query) {
              builder.andWhere(`replace(lower(unaccent(account.fullName)), 'đ', 'd') ~ ALL (:words::text[])`, {
                words: searchPatterns(filter.query),
              });
            }
            return inOrder(builder, 'ASC', ['account.fullName', 'account.id'], after);
          },
          keysOf: (account) => [account.fullName, account.id],
        },
      );
      return { ...page, items: await views(manager, page.items) };
    });
  }

  /** @throws AccountNotFound */
  get(userId: string): Promise<z.input<typeof UserView>> {
    return this.database.read((manager) => this.#view(manager, userId));
  }

  /**
   * A password that its bearer must replace, once for an account that was never used. It is told to the caller alone and only now:
   * who lost it asks for the next one.
   *
   * @throws AccountNotFound, AccountInUse, DutiesNotSeparate
   * @source SEC-A03
   */
  async invite(userId: string, actor: Actor): Promise<z.input<typeof InvitationView>> {
    assertSeparate('account-change.propose', [{ act: 'account-change.concern', userId }], actor);
    const oneTimePassword = makePassword();
    const passwordHash = await hashPassword(oneTimePassword);
    return this.database.command(async (tx) => {
      const account = await tx.manager.findOne(Account, {
        where: { id: userId, homeAgencyId: tx.agencyId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!account) throw AccountNotFound({ id: userId });
      if (!account.mustChangePassword || account.state !== 'active') throw AccountInUse();
      const expiresAt = new Date(tx.now.getTime() + INVITATION_HOURS * 3_600_000);
      const change = { passwordHash, initialPasswordUntil: expiresAt, version: account.version + 1, updatedAt: tx.now };
      await tx.manager.update(Account, { id: userId }, change);
      tx.audit({ action: 'account.invited', resource: { type: 'account', id: userId }, after: { expiresAt } });
      return { userId, expiresAt, oneTimePassword };
    });
  }

  /** @throws AccountExists */
  async insert(tx: Tx, account: NewAccount): Promise<void> {
    const { userId, number, fullName, passwordHash, override } = account;
    const invited = passwordHash === undefined;
    const sealed = await this.numbers.claim(tx, userId, number);
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(Account)
      .values({
        id: userId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        homeAgencyId: tx.agencyId,
        ...sealed,
        fullName,
        // Nobody's password, and it has run out: the invitation brings the first.
        passwordHash: passwordHash ?? (await hashPassword(makePassword())),
        mustChangePassword: invited,
        initialPasswordUntil: invited ? tx.now : null,
        state: 'active',
        permissionVersion: 1,
      })
      .returning([])
      .updateEntity(false)
      .execute();
    tx.audit({
      action: 'account.created',
      resource: { type: 'account', id: userId },
      after: { fullName, ...(override ? { override } : {}) },
    });
  }

  async #view(manager: EntityManager, userId: string): Promise<z.input<typeof UserView>> {
    const account = await manager.findOneBy(Account, { id: userId });
    const [view] = account ? await views(manager, [account]) : [];
    if (!view) throw AccountNotFound({ id: userId });
    return view;
  }
}

async function views(manager: EntityManager, accounts: readonly Account[]): Promise<z.input<typeof UserView>[]> {
  const posts = await manager.find(Post, {
    where: { userId: In(accounts.map((account) => account.id)) },
    order: { createdAt: 'ASC', id: 'ASC' },
  });
  return accounts.map(({ id, fullName, cccdMasked, state }) => ({
    userId: id,
    fullName,
    cccdMasked,
    state,
    posts: posts.filter((post) => post.userId === id).map(postView),
  }));
}

const postView = ({
  id,
  version,
  userId,
  agencyId,
  unitId,
  title,
  rank,
  roles,
  active,
}: Post): z.input<typeof PostView> => ({
  postId: id,
  version,
  userId,
  agencyId,
  unitId,
  title,
  rank,
  roles,
  active,
});
