import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  checkPassword,
  LoginFailed,
  NoPost,
  PasswordChangeRequired,
  RefreshInvalid,
  RefreshReused,
} from '@qlvb/identity-domain';
import { PERMISSIONS } from '@qlvb/contracts';
import { TokenRevoked } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { LOGGER } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';
import { DomainError, newId } from '@qlvb/shared-domain';
import { normaliseCccd, vietnamDate } from '@qlvb/vietnam';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import type { z } from 'zod';
import { Account, Session } from '../identity.entities.ts';
import { IDENTITY_SETTINGS } from '../identity.settings.ts';
import type { IdentitySettings } from '../identity.settings.ts';
import { Vault } from '../vault.ts';
import { AccessTokenIssuer } from './access-token-issuer.ts';
import type { LoginInput, MeView, PasswordChangeInput, PostOfSession, RefreshInput, SessionView } from './auth.dto.ts';
import { LoginRecords } from './login-records.ts';
import { credentialsMatch, hashPassword } from './passwords.ts';
import type { Credentials } from './passwords.ts';
import { SessionEnds } from './session-ends.ts';
import { hashSecret, newSecret, readRefreshToken, writeRefreshToken } from './refresh-token.ts';

type SessionAnswer = z.input<typeof SessionView>;
type PostRow = z.output<typeof PostOfSession>;

interface LoginRow {
  readonly id: string;
  readonly home_agency_id: string;
  readonly full_name: string;
  readonly password_hash: string;
  readonly must_change_password: boolean;
  readonly state: string;
  readonly permission_version: number;
  readonly first_hash: string | null;
  readonly second_hash: string | null;
  readonly invited_until: Date | null;
}

/** Login, refresh with rotation, logout. */
@Injectable()
export class AuthService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(AccessTokenIssuer) private readonly tokens: AccessTokenIssuer,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
    @Inject(LoginRecords) private readonly records: LoginRecords,
    @Inject(SessionEnds) private readonly ends: SessionEnds,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws LoginFailed, AccountLocked, PasswordChangeRequired, NoPost */
  async login(input: z.output<typeof LoginInput>): Promise<SessionAnswer> {
    const account = await this.#authenticate(input.cccd, input.password);
    if (account.must_change_password) throw PasswordChangeRequired();
    const posts = await this.#posts(account.id);
    const post = input.postId ? posts.find((candidate) => candidate.postId === input.postId) : posts[0];
    if (!post) throw NoPost();
    const secret = newSecret();
    const session = await this.database.command(
      (tx) => this.#open(tx, account.id, post, secret, this.#sessionEnd(tx.now)),
      { agencyId: post.agencyId },
    );
    return this.#answer(
      { id: account.id, fullName: account.full_name, permissionVersion: account.permission_version },
      posts,
      post,
      { sessionId: session.id, generation: 1, secret },
    );
  }

  /**
   * Gives the next token of a family. A token shown a second time ends the family, whoever shows it. Another post is another
   * session, in the place of the first.
   *
   * @throws RefreshInvalid, RefreshReused, NoPost
   * @source SEC-S02
   * @source SEC-S05
   */
  async refresh(input: z.output<typeof RefreshInput>): Promise<SessionAnswer> {
    const token = readRefreshToken(input.refreshToken);
    if (!token) throw RefreshInvalid();
    const secret = newSecret();
    const outcome = await this.database.command(
      async (tx): Promise<(() => Error) | (() => Promise<SessionAnswer>)> => {
        const session = await tx.manager.findOne(Session, {
          where: { id: token.sessionId },
          lock: { mode: 'pessimistic_write' },
        });
        const idle = tx.now.getTime() - this.settings.sessionIdleMinutes * 60_000;
        if (!session || session.endedAt || session.expiresAt <= tx.now || session.usedAt.getTime() < idle)
          return () => RefreshInvalid();
        const genuine = timingSafeEqual(session.tokenHash, hashSecret(token.secret));
        if (token.generation > session.generation || (token.generation === session.generation && !genuine))
          return () => RefreshInvalid();
        if (token.generation < session.generation) {
          await this.#end(tx, session, 'refresh-reused');
          return () => RefreshReused();
        }
        const account = await tx.manager.findOneByOrFail(Account, { id: session.userId });
        if (account.state !== 'active') return () => RefreshInvalid();
        const posts = await this.#posts(session.userId, tx.manager);
        const post = posts.find((candidate) => candidate.postId === (input.postId ?? session.postId));
        if (!post) return () => NoPost();
        const family =
          post.postId === session.postId
            ? await this.#rotate(tx, session, secret)
            : await this.#switchPost(tx, session, post, secret);
        return () => this.#answer(account, posts, post, { ...family, secret });
      },
      { agencyId: token.agencyId },
    );
    const answer = outcome();
    if (answer instanceof Error) throw answer;
    return answer;
  }

  /** Ends the session of the token; for a token that names none, every session of the person in the present agency. */
  async logout(actor: Actor): Promise<void> {
    await this.database.command(async (tx) => {
      if (actor.sessionId === undefined) await this.ends.here(tx, actor.userId, 'logout');
      else await this.ends.one(tx, actor.userId, actor.sessionId, 'logout');
      tx.audit({
        action: 'session.ended',
        resource: { type: 'session', id: actor.sessionId ?? actor.userId },
        after: { reason: 'logout' },
      });
    });
  }

  /** @throws LoginFailed, AccountLocked, PasswordWeak; @source SEC-A13 */
  async changePassword(input: z.output<typeof PasswordChangeInput>): Promise<void> {
    const account = await this.#authenticate(input.cccd, input.currentPassword);
    checkPassword(input.newPassword, normaliseCccd(input.cccd) ?? '');
    const hash = await hashPassword(input.newPassword);
    await this.database.command(
      async (tx) => {
        await tx.manager.query('SELECT login_new_password($1, $2)', [account.id, hash]);
        await this.ends.everywhere(tx, account.id, 'password-changed');
        tx.audit({ action: 'account.password-changed', resource: { type: 'account', id: account.id } });
      },
      { agencyId: account.home_agency_id },
    );
  }

  /** @throws TokenRevoked when the person has nothing to do with the token's agency any more */
  async me(actor: Actor): Promise<z.input<typeof MeView>> {
    const account = await this.database.read((manager) =>
      manager.findOne(Account, {
        where: { id: actor.userId },
        select: { id: true, fullName: true, cccdSealed: true },
      }),
    );
    if (!account) throw TokenRevoked();
    const { permissionVersion, sessionId, permissions, ...place } = actor;
    void permissionVersion;
    void sessionId;
    const cccd = this.vault.open(account.cccdSealed, account.id);
    return {
      ...place,
      permissions: PERMISSIONS.filter((one) => permissions.includes(one)),
      fullName: account.fullName,
      cccd,
    };
  }

  /** The same steps, answer and time whether or not there is such an account. @source CID-25 */
  async #authenticate(cccd: string, password: string): Promise<LoginRow> {
    const number = normaliseCccd(cccd);
    if (number === undefined) throw LoginFailed();
    const index = this.vault.index(number);
    return this.records.inTurn(index, async () => {
      const now = this.clock.now();
      try {
        await this.records.assertOpen(index, now);
        const [account] = (await this.database.source.query('SELECT * FROM login_account($1)', [index])) as LoginRow[];
        const matches = await credentialsMatch(account ? credentialsOf(account, now) : {}, password);
        if (account && matches && account.state === 'active') {
          await this.records.succeeded(index);
          return account;
        }
        await this.records.failed(index, now);
        throw LoginFailed();
      } catch (error) {
        const code = error instanceof DomainError ? error.code : 'error';
        this.logger.warn({ login: this.vault.shortIndex(index), code }, 'login refused');
        throw error;
      }
    });
  }

  async #posts(userId: string, manager = this.database.source.manager): Promise<PostRow[]> {
    const rows = (await manager.query('SELECT * FROM login_posts($1, $2)', [
      userId,
      vietnamDate(this.database.now()),
    ])) as Record<string, never>[];
    return rows.map((row) => ({
      postId: row['post_id'] ?? '',
      agencyId: row['agency_id'] ?? '',
      agencyName: row['agency_name'] ?? '',
      unitId: row['unit_id'] ?? '',
      unitName: row['unit_name'] ?? '',
      title: row['title'] ?? '',
      roles: row['roles'] ?? [],
    }));
  }

  #sessionEnd(now: Date): Date {
    return new Date(now.getTime() + this.settings.sessionHours * 3_600_000);
  }

  async #open(
    tx: Tx,
    userId: string,
    post: PostRow,
    secret: string,
    expiresAt: Date,
  ): Promise<{ readonly id: string }> {
    const session = {
      id: newId(),
      agencyId: post.agencyId,
      userId,
      postId: post.postId,
      tokenHash: hashSecret(secret),
      generation: 1,
      createdAt: tx.now,
      usedAt: tx.now,
      expiresAt,
      endedAt: null,
      endReason: null,
    };
    await tx.manager.insert(Session, session);
    tx.audit({ action: 'session.started', resource: { type: 'session', id: session.id }, after: { userId } });
    return session;
  }

  async #rotate(tx: Tx, session: Session, secret: string): Promise<Family> {
    const generation = session.generation + 1;
    await tx.manager.update(Session, { id: session.id }, { tokenHash: hashSecret(secret), generation, usedAt: tx.now });
    return { sessionId: session.id, generation };
  }

  /** The absolute end of a session does not move with it. */
  async #switchPost(tx: Tx, session: Session, post: PostRow, secret: string): Promise<Family> {
    await this.#end(tx, session, 'post-switched');
    const next = await this.database.command(
      (there) => this.#open(there, session.userId, post, secret, session.expiresAt),
      { agencyId: post.agencyId },
    );
    return { sessionId: next.id, generation: 1 };
  }

  async #end(tx: Tx, session: Session, reason: string): Promise<void> {
    await this.ends.one(tx, session.userId, session.id, reason);
    tx.audit({ action: 'session.ended', resource: { type: 'session', id: session.id }, after: { reason } });
  }

  async #answer(
    account: Pick<Account, 'id' | 'fullName' | 'permissionVersion'>,
    posts: PostRow[],
    post: PostRow,
    family: Family & { readonly secret: string },
  ): Promise<SessionAnswer> {
    const { accessToken, seconds } = await this.tokens.issue(account, post, family.sessionId);
    return {
      accessToken,
      tokenType: 'Bearer',
      expiresInSeconds: seconds,
      refreshToken: writeRefreshToken({ agencyId: post.agencyId, ...family }),
      user: { userId: account.id, fullName: account.fullName },
      posts,
      activePostId: post.postId,
    };
  }
}

/** Until a password is set, an invitation opens the account, while it lasts, and nothing else does. */
function credentialsOf(account: LoginRow, now: Date): Credentials {
  if (!account.must_change_password) return { passwordHash: account.password_hash };
  const { first_hash: firstHash, second_hash: secondHash, invited_until: until } = account;
  return firstHash !== null && until !== null && until >= now ? { invitation: { firstHash, secondHash } } : {};
}

/** Where a refresh token belongs. */
interface Family {
  readonly sessionId: string;
  readonly generation: number;
}
