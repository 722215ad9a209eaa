import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ROLES } from '@qlvb/contracts';
import type { Permission, Role } from '@qlvb/contracts';
import {
  AccountLocked,
  afterFailure,
  afterSuccess,
  checkPassword,
  lockedMinutes,
  LoginFailed,
  NoPost,
  PasswordChangeRequired,
  RefreshInvalid,
  RefreshReused,
} from '@qlvb/identity-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { newId, systemClock } from '@qlvb/shared-domain';
import { normaliseCccd } from '@qlvb/vietnam';
import { SignJWT } from 'jose';
import type { z } from 'zod';
import { Account, Session } from '../identity.entities.ts';
import { IDENTITY_SETTINGS } from '../identity.settings.ts';
import type { IdentitySettings } from '../identity.settings.ts';
import { Vault } from '../vault.ts';
import type { LoginInput, MeView, PasswordChangeInput, PostOfSession, RefreshInput, SessionView } from './auth.dto.ts';
import { hashPassword, passwordMatches } from './passwords.ts';
import { hashSecret, newSecret, readRefreshToken, writeRefreshToken } from './refresh-token.ts';
import { SigningKeys } from './signing-keys.ts';

type SessionAnswer = z.input<typeof SessionView>;
type PostRow = z.output<typeof PostOfSession>;

interface LoginRow {
  readonly id: string;
  readonly full_name: string;
  readonly password_hash: string;
  readonly must_change_password: boolean;
  readonly initial_password_until: Date | null;
  readonly state: string;
  readonly permission_version: number;
  readonly failed_logins: number;
  readonly first_failure_at: Date | null;
  readonly locked_until: Date | null;
}

/** Issuer and audience of every access token. */
export interface TokenNames {
  readonly issuer: string;
  readonly audience: string;
}
export const TOKEN_NAMES = Symbol('token names');

/** Login, refresh with rotation, logout. */
@Injectable()
export class AuthService {
  readonly #database: Database;
  readonly #vault: Vault;
  readonly #keys: SigningKeys;
  readonly #settings: IdentitySettings;
  readonly #names: TokenNames;

  constructor(
    @Inject(Database) database: Database,
    @Inject(Vault) vault: Vault,
    @Inject(SigningKeys) keys: SigningKeys,
    @Inject(IDENTITY_SETTINGS) settings: IdentitySettings,
    @Inject(TOKEN_NAMES) names: TokenNames,
  ) {
    this.#database = database;
    this.#vault = vault;
    this.#keys = keys;
    this.#settings = settings;
    this.#names = names;
  }

  /** @throws LoginFailed, AccountLocked, PasswordChangeRequired, NoPost */
  async login(input: z.output<typeof LoginInput>): Promise<SessionAnswer> {
    const account = await this.#authenticate(input.cccd, input.password);
    if (account.must_change_password) throw PasswordChangeRequired();
    const posts = await this.#posts(account.id);
    const post = input.postId ? posts.find((candidate) => candidate.postId === input.postId) : posts[0];
    if (!post) throw NoPost();
    const now = systemClock.now();
    const secret = newSecret();
    const session = {
      id: newId(),
      agencyId: post.agencyId,
      userId: account.id,
      postId: post.postId,
      tokenHash: hashSecret(secret),
      generation: 1,
      createdAt: now,
      usedAt: now,
      expiresAt: new Date(now.getTime() + this.#settings.sessionHours * 3_600_000),
      endedAt: null,
      endReason: null,
    };
    await this.#database.command(
      async (tx) => {
        await tx.manager.insert(Session, session);
        tx.audit({
          action: 'session.started',
          resource: { type: 'session', id: session.id },
          after: { userId: account.id },
        });
      },
      { agencyId: post.agencyId },
    );
    return this.#answer(account.id, account.full_name, account.permission_version, posts, post, session.id, 1, secret);
  }

  /**
   * Gives the next token of a family. A token shown a second time ends the family, whoever shows it.
   *
   * @throws RefreshInvalid, RefreshReused, NoPost
   * @source SEC-S05
   */
  async refresh(input: z.output<typeof RefreshInput>): Promise<SessionAnswer> {
    const token = readRefreshToken(input.refreshToken);
    if (!token) throw RefreshInvalid();
    const secret = newSecret();
    const outcome = await this.#database.command(
      async (tx) => {
        const session = await tx.manager.findOne(Session, {
          where: { id: token.sessionId },
          lock: { mode: 'pessimistic_write' },
        });
        const idle = tx.now.getTime() - this.#settings.sessionIdleMinutes * 60_000;
        if (!session || session.endedAt || session.expiresAt <= tx.now || session.usedAt.getTime() < idle)
          return 'invalid';
        const genuine = timingSafeEqual(session.tokenHash, hashSecret(token.secret));
        if (token.generation > session.generation || (token.generation === session.generation && !genuine))
          return 'invalid';
        if (token.generation < session.generation) {
          await this.#end(tx, session, 'refresh-reused');
          return 'reused';
        }
        await tx.manager.update(
          Session,
          { id: session.id },
          { tokenHash: hashSecret(secret), generation: session.generation + 1, usedAt: tx.now },
        );
        return { session };
      },
      { agencyId: token.agencyId },
    );
    if (outcome === 'reused') throw RefreshReused();
    if (outcome === 'invalid') throw RefreshInvalid();
    const { session } = outcome;
    const posts = await this.#posts(session.userId);
    const post = posts.find((candidate) => candidate.postId === (input.postId ?? session.postId));
    if (!post) throw NoPost();
    const account = await this.#database.read((manager) => manager.findOneByOrFail(Account, { id: session.userId }), {
      agencyId: session.agencyId,
    });
    if (account.state !== 'active') throw RefreshInvalid();
    const { id, userId, generation } = session;
    return this.#answer(userId, account.fullName, account.permissionVersion, posts, post, id, generation + 1, secret);
  }

  /** Ends every session of this person in the present agency. */
  async logout(actor: Actor): Promise<void> {
    await this.#database.command(async (tx) => {
      await tx.manager.query(
        `UPDATE session SET ended_at = $2, end_reason = 'logout' WHERE user_id = $1 AND ended_at IS NULL`,
        [actor.userId, tx.now],
      );
      tx.audit({
        action: 'session.ended',
        resource: { type: 'account', id: actor.userId },
        after: { reason: 'logout' },
      });
    });
  }

  /** @throws LoginFailed, AccountLocked, PasswordWeak */
  async changePassword(input: z.output<typeof PasswordChangeInput>): Promise<void> {
    const account = await this.#authenticate(input.cccd, input.currentPassword);
    checkPassword(input.newPassword, normaliseCccd(input.cccd) ?? '');
    const hash = await hashPassword(input.newPassword);
    await this.#database.source.query('SELECT login_new_password($1, $2)', [account.id, hash]);
  }

  async me(actor: Actor): Promise<z.input<typeof MeView>> {
    const account = await this.#database.read((manager) => manager.findOneByOrFail(Account, { id: actor.userId }));
    const { permissionVersion, permissions, ...place } = actor;
    void permissionVersion;
    return { ...place, permissions: [...permissions], fullName: account.fullName };
  }

  async #authenticate(cccd: string, password: string): Promise<LoginRow> {
    const number = normaliseCccd(cccd);
    const [account] = (await this.#database.source.query('SELECT * FROM login_account($1)', [
      this.#vault.index(number ?? ''),
    ])) as LoginRow[];
    const now = systemClock.now();
    const record = {
      failedLogins: account?.failed_logins ?? 0,
      firstFailureAt: account?.first_failure_at ?? null,
      lockedUntil: account?.locked_until ?? null,
    };
    const matches = await passwordMatches(account?.password_hash, password);
    const minutes = lockedMinutes(record, now);
    if (minutes > 0) throw AccountLocked({ minutes });
    const expired =
      account?.must_change_password && account.initial_password_until && account.initial_password_until < now;
    const next = matches ? afterSuccess : afterFailure(record, now);
    if (account && (!matches || record.failedLogins > 0)) {
      await this.#database.source.query('SELECT login_result($1, $2, $3, $4)', [
        account.id,
        next.failedLogins,
        next.firstFailureAt,
        next.lockedUntil,
      ]);
    }
    if (!account || !matches || account.state !== 'active' || expired) throw LoginFailed();
    return account;
  }

  async #posts(userId: string): Promise<PostRow[]> {
    const rows = (await this.#database.source.query('SELECT * FROM login_posts($1)', [userId])) as Record<
      string,
      never
    >[];
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

  async #end(tx: Tx, session: Session, reason: string): Promise<void> {
    await tx.manager.update(Session, { id: session.id }, { endedAt: tx.now, endReason: reason });
    tx.audit({ action: 'session.ended', resource: { type: 'session', id: session.id }, after: { reason } });
  }

  async #answer(
    userId: string,
    fullName: string,
    permissionVersion: number,
    posts: PostRow[],
    post: PostRow,
    sessionId: string,
    generation: number,
    secret: string,
  ): Promise<SessionAnswer> {
    const { kid, privateKey } = await this.#keys.current();
    const seconds = this.#settings.accessTokenSeconds;
    const accessToken = await new SignJWT({
      agency: post.agencyId,
      unit: post.unitId,
      post: post.postId,
      permissions: permissionsOf(post.roles),
      pv: permissionVersion,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
      .setSubject(userId)
      .setIssuer(this.#names.issuer)
      .setAudience(this.#names.audience)
      .setJti(newId())
      .setIssuedAt()
      .setNotBefore('0 s')
      .setExpirationTime(`${seconds} s`)
      .sign(privateKey);
    return {
      accessToken,
      tokenType: 'Bearer',
      expiresInSeconds: seconds,
      refreshToken: writeRefreshToken({ agencyId: post.agencyId, sessionId, generation, secret }),
      user: { userId, fullName },
      posts,
      activePostId: post.postId,
    };
  }
}

/** The union of what the roles allow, without repetition. */
export const permissionsOf = (roles: readonly string[]): Permission[] =>
  [...new Set(roles.flatMap((role): readonly Permission[] => (role in ROLES ? ROLES[role as Role] : [])))].sort();
