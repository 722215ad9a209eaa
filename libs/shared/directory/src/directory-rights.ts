import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { ActorCheck } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database, listen } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';

/** How long an answer is believed while changes are heard of, and while they are not. */
const FRESH_MS = 15_000;
const FRESH_UNHEARD_MS = 500;
const KEPT = 20_000;
const CHANNEL = 'directory_rights';

interface Standing {
  readonly at: number;
  /** Tokens with an older permission version are no longer good. */
  readonly permissionVersion: number;
  readonly ended: boolean;
}

/** Tells every replica of this service that a person's rights or sessions changed, once the transaction is committed. */
export async function tellRightsChanged(tx: Tx, userId: string): Promise<void> {
  await tx.manager.query('SELECT pg_notify($1, $2)', [CHANNEL, userId]);
}

/**
 * Whether a token's rights still stand, by what identity's events told: a session or a post that ended, or rights that
 * changed since the token was given, end it. A person this service has not heard of yet is believed: the token itself is
 * good. Answers are remembered; the replica that takes in an event tells the others to ask again.
 *
 * @source SEC-S02
 * @source SEC-S03
 */
@Injectable()
export class DirectoryRights implements ActorCheck, OnApplicationBootstrap, OnApplicationShutdown {
  readonly #standings = new Map<string, Map<string, Standing>>();
  #changes = 0;
  #fresh = FRESH_UNHEARD_MS;
  #stop: (() => void) | undefined;

  constructor(@Inject(Database) private readonly database: Database) {}

  onApplicationBootstrap(): void {
    const { url } = this.database.source.options as { readonly url?: string };
    this.#stop = listen(url ?? '', {
      name: 'directory-rights',
      channel: CHANNEL,
      heard: (userId) => this.#forget(userId),
      began: () => {
        this.#forget();
        this.#fresh = FRESH_MS;
      },
      lost: () => (this.#fresh = FRESH_UNHEARD_MS),
    });
  }

  onApplicationShutdown(): void {
    this.#stop?.();
  }

  async isCurrent(actor: Actor, now = Date.now()): Promise<boolean> {
    const { permissionVersion, ended } = await this.#standing(actor, now);
    return !ended && actor.permissionVersion >= permissionVersion;
  }

  async #standing({ agencyId, userId, postId, sessionId }: Actor, now: number): Promise<Standing> {
    const key = `${agencyId} ${postId ?? ''} ${sessionId ?? ''}`;
    const known = this.#standings.get(userId)?.get(key);
    if (known && now - known.at < this.#fresh) return known;
    const changes = this.#changes;
    const [row] = await this.database.read(
      (manager): Promise<{ version: number | null; ended: boolean | null }[]> =>
        manager.query(
          `SELECT max(permission_version) AS version,
                  coalesce(bool_or(post_id = $2 AND NOT active), false)
                    OR EXISTS (SELECT 1 FROM directory_ended_session WHERE session_id = $3) AS ended
           FROM directory_post WHERE user_id = $1`,
          [userId, postId ?? null, sessionId ?? null],
        ),
      { agencyId },
    );
    const standing = { at: now, permissionVersion: row?.version ?? 0, ended: row?.ended ?? false };
    // What was told of while the question ran may not be in its answer.
    if (changes === this.#changes) this.#keep(userId, key, standing);
    return standing;
  }

  #keep(userId: string, key: string, standing: Standing): void {
    if (this.#standings.size >= KEPT) this.#standings.clear();
    const ofUser = this.#standings.get(userId) ?? new Map<string, Standing>();
    if (ofUser.size >= 100) ofUser.clear();
    this.#standings.set(userId, ofUser.set(key, standing));
  }

  #forget(userId?: string): void {
    this.#changes += 1;
    if (userId === undefined) this.#standings.clear();
    else this.#standings.delete(userId);
  }
}
