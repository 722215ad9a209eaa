import { Inject, Injectable } from '@nestjs/common';
import { AccountNotFound, AgencyOutsideSubtree } from '@qlvb/identity-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { hasWords, inOrder, keysetPage, searchPatterns } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { assertInside } from '../agencies/catalogue-checks.ts';
import { hashPassword } from '../auth/passwords.ts';
import { Account, Post } from '../identity.entities.ts';
import { CitizenNumbers } from './citizen-numbers.ts';
import type { AcceptedNumber } from './citizen-numbers.ts';
import { makePassword } from './initial-password.ts';
import type { PostView, UserQuery, UserView } from './users.dto.ts';

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

  /**
   * Of the caller's agency; of one below it for its administrators, who else could not help the only administrator there.
   *
   * @throws AgencyNotFound, AgencyOutsideSubtree
   * @source SEC-Z04
   */
  async list(query: z.output<typeof UserQuery>, actor: Actor): Promise<Page<z.input<typeof UserView>>> {
    const { limit, cursor, ...filter } = query;
    const agencyId = filter.agencyId ?? actor.agencyId;
    if (agencyId !== actor.agencyId) {
      if (!actor.permissions.includes('users.manage')) throw AgencyOutsideSubtree();
      await this.database.read((manager) => assertInside(manager, agencyId, actor.agencyId));
    }
    return this.database.read(
      async (manager) => {
        const page = await keysetPage(
          { limit, cursor },
          {
            scope: filter,
            keys: z.tuple([z.string(), z.uuid()]),
            query: (after) => {
              const builder = manager.createQueryBuilder(Account, 'account').where('true');
              if (filter.query) {
                builder.andWhere(hasWords('account.fullName', ':words'), { words: searchPatterns(filter.query) });
              }
              return inOrder(builder, 'ASC', ['account.fullName', 'account.id'], after);
            },
            keysOf: (account) => [account.fullName, account.id],
          },
        );
        return { ...page, items: await views(manager, page.items) };
      },
      { agencyId },
    );
  }

  /** @throws AccountNotFound */
  get(userId: string): Promise<z.input<typeof UserView>> {
    return this.database.read((manager) => this.#view(manager, userId));
  }

  /** @throws AccountExists */
  async insert(tx: Tx, account: NewAccount): Promise<void> {
    const { userId, number, fullName, passwordHash, override } = account;
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
        // Nobody's password: both parts of an invitation bring the first.
        passwordHash: passwordHash ?? (await hashPassword(makePassword())),
        mustChangePassword: passwordHash === undefined,
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
