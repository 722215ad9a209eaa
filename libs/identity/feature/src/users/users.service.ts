import { Inject, Injectable } from '@nestjs/common';
import { PostChanged } from '@qlvb/contracts';
import {
  AccountMissing,
  NumberWithoutAccount,
  OwnRolesUnchanged,
  PostMissing,
  UnitMissing,
} from '@qlvb/identity-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { decodeCursor, toPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import { normaliseCccd } from '@qlvb/vietnam';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { permissionsOf } from '../auth/access-token-issuer.ts';
import { hashPassword } from '../auth/passwords.ts';
import { SessionEnds } from '../auth/session-ends.ts';
import { Account, Post, Unit } from '../identity.entities.ts';
import { Vault } from '../vault.ts';
import { CitizenNumbers } from './citizen-numbers.ts';
import type { AcceptedNumber } from './citizen-numbers.ts';
import { makePassword } from './initial-password.ts';
import type {
  AssignmentInput,
  PostChangeInput,
  PostInput,
  PostView,
  UserCreated,
  UserInput,
  UserQuery,
  UserView,
} from './users.dto.ts';

const INITIAL_PASSWORD_HOURS = 72;

/** A person to be given an account. */
export interface NewAccount {
  readonly userId: string;
  readonly number: string;
  readonly fullName: string;
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  readonly override?: AcceptedNumber['override'];
}

type PersonOfPost = Pick<Account, 'id' | 'fullName' | 'permissionVersion'>;

/** Accounts and posts of one agency. */
@Injectable()
export class UsersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(CitizenNumbers) private readonly numbers: CitizenNumbers,
    @Inject(SessionEnds) private readonly ends: SessionEnds,
  ) {}

  async list(query: z.output<typeof UserQuery>): Promise<Page<z.input<typeof UserView>>> {
    const { limit, cursor, ...filter } = query;
    const [name, id] = cursor ? decodeCursor(cursor, filter, z.tuple([z.string(), z.uuid()])) : ['', null];
    return this.database.read(async (manager) => {
      const builder = manager
        .createQueryBuilder(Account, 'account')
        .where(
          `(account.fullName, account.id) > (:name, coalesce(:id::uuid, '00000000-0000-0000-0000-000000000000'))`,
          { name, id },
        )
        .orderBy('account.fullName')
        .addOrderBy('account.id')
        .take(limit + 1);
      if (filter.query) {
        builder.andWhere('unaccent(account.fullName) ILIKE unaccent(:query)', { query: `%${filter.query}%` });
      }
      const accounts = await builder.getMany();
      const page = toPage(accounts, limit, filter, (account) => [account.fullName, account.id]);
      return { items: await views(manager, page.items), nextCursor: page.nextCursor };
    });
  }

  /** @throws AccountMissing */
  get(userId: string): Promise<z.input<typeof UserView>> {
    return this.database.read((manager) => this.#view(manager, userId));
  }

  /**
   * @throws CccdInvalid, CccdDoubtful, CccdEntriesDiffer, AccountExists, UnitMissing
   * @source CID-15
   */
  async create(input: z.output<typeof UserInput>): Promise<z.input<typeof UserCreated>> {
    const { number, override } = this.numbers.accept(input);
    const initialPassword = makePassword();
    const passwordHash = await hashPassword(initialPassword);
    return this.database.command(async (tx) => {
      const userId = newId();
      const { fullName } = input;
      await this.insert(tx, { userId, number, fullName, passwordHash, mustChangePassword: true, override });
      await this.insertPost(tx, newId(), { id: userId, fullName, permissionVersion: 1 }, input.post);
      return { user: await this.#view(tx.manager, userId), initialPassword };
    });
  }

  /**
   * A post in this agency for a person whose account another agency may have made.
   *
   * @throws NumberWithoutAccount, UnitMissing, OwnRolesUnchanged
   * @source CID-15
   */
  assign(input: z.output<typeof AssignmentInput>, actor: Actor): Promise<z.input<typeof PostView>> {
    const { cccd, ...post } = input;
    const number = normaliseCccd(cccd);
    return this.database.command(async (tx) => {
      const [account] = (await tx.manager.query('SELECT * FROM login_account($1)', [
        this.vault.index(number ?? ''),
      ])) as { id: string; full_name: string; state: string; permission_version: number }[];
      if (account?.state !== 'active') throw NumberWithoutAccount();
      if (account.id === actor.userId) throw OwnRolesUnchanged();
      const person = { id: account.id, fullName: account.full_name, permissionVersion: account.permission_version };
      return postView(await this.insertPost(tx, newId(), person, post));
    });
  }

  /** @throws AccountMissing, UnitMissing */
  addPost(userId: string, input: z.output<typeof PostInput>, actor: Actor): Promise<z.input<typeof PostView>> {
    if (userId === actor.userId) throw OwnRolesUnchanged();
    return this.database.command(async (tx) => {
      const account = await tx.manager.findOneBy(Account, { id: userId });
      if (!account) throw AccountMissing({ id: userId });
      return postView(await this.insertPost(tx, newId(), account, input));
    });
  }

  /** @throws PostMissing, UnitMissing, OwnRolesUnchanged, VersionStale */
  changePost(
    postId: string,
    input: z.output<typeof PostChangeInput>,
    ifMatch: number,
    actor: Actor,
  ): Promise<z.input<typeof PostView>> {
    return update(
      this.database,
      {
        entity: Post,
        id: postId,
        missing: PostMissing,
        ifMatch,
        action: 'post.changed',
        access: 'agency',
      },
      async (post, tx) => {
        if (post.userId === actor.userId) throw OwnRolesUnchanged();
        const unit = await tx.manager.findOneBy(Unit, { id: input.unitId });
        if (!unit) throw UnitMissing({ id: input.unitId });
        const { unitId, title, rank = null, roles, active } = input;
        Object.assign(post, { unitId, title, rank, roles, active });
        const account = await tx.manager.findOneOrFail(Account, {
          where: { id: post.userId },
          lock: { mode: 'pessimistic_write' },
        });
        const permissionVersion = account.permissionVersion + 1;
        await tx.manager.update(Account, { id: account.id }, { permissionVersion, version: account.version + 1 });
        if (!active) await this.ends.ofPost(tx, post.userId, post.id, 'post-ended');
        publish(tx, post, unit, { ...account, permissionVersion });
        return postView(post);
      },
    );
  }

  /** @throws AccountExists */
  async insert(tx: Tx, account: NewAccount): Promise<void> {
    const { userId, number, fullName, passwordHash, mustChangePassword, override } = account;
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
        passwordHash,
        mustChangePassword,
        initialPasswordUntil: mustChangePassword
          ? new Date(tx.now.getTime() + INITIAL_PASSWORD_HOURS * 3_600_000)
          : null,
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

  /** @throws UnitMissing */
  async insertPost(tx: Tx, postId: string, person: PersonOfPost, input: z.output<typeof PostInput>): Promise<Post> {
    const unit = await tx.manager.findOneBy(Unit, { id: input.unitId, agencyId: tx.agencyId });
    if (!unit) throw UnitMissing({ id: input.unitId });
    const post = Object.assign(new Post(), {
      id: postId,
      agencyId: tx.agencyId,
      version: 1,
      createdAt: tx.now,
      updatedAt: tx.now,
      userId: person.id,
      active: true,
      ...input,
      rank: input.rank ?? null,
    });
    await tx.manager.insert(Post, post);
    publish(tx, post, unit, person);
    tx.audit({
      action: 'post.given',
      resource: { type: 'post', id: postId },
      after: { userId: person.id, ...input },
    });
    return post;
  }

  async #view(manager: EntityManager, userId: string): Promise<z.input<typeof UserView>> {
    const account = await manager.findOneBy(Account, { id: userId });
    const [view] = account ? await views(manager, [account]) : [];
    if (!view) throw AccountMissing({ id: userId });
    return view;
  }
}

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
