import { Inject, Injectable } from '@nestjs/common';
import type { ActorCheck } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';

/** How long an answer is believed: well within the minute in which a removed right must have ended everywhere. */
const FRESH_MS = 15_000;
const KEPT = 20_000;

interface Standing {
  readonly at: number;
  /** Tokens with an older permission version are no longer good. */
  readonly permissionVersion: number;
  readonly ended: boolean;
}

/**
 * Whether a token's rights still stand, by what identity's events told: a post that ended, or rights that changed since the
 * token was given, end it. A person this service has not heard of yet is believed: the token itself is good.
 *
 * @source SEC-S03
 */
@Injectable()
export class DirectoryRights implements ActorCheck {
  readonly #standings = new Map<string, Standing>();

  constructor(@Inject(Database) private readonly database: Database) {}

  async isCurrent(actor: Actor, now = Date.now()): Promise<boolean> {
    const { permissionVersion, ended } = await this.#standing(actor, now);
    return !ended && actor.permissionVersion >= permissionVersion;
  }

  async #standing({ agencyId, userId, postId }: Actor, now: number): Promise<Standing> {
    const key = `${agencyId} ${userId} ${postId ?? ''}`;
    const known = this.#standings.get(key);
    if (known && now - known.at < FRESH_MS) return known;
    const [row] = await this.database.read(
      (manager): Promise<{ version: number | null; ended: boolean | null }[]> =>
        manager.query(
          `SELECT max(permission_version) AS version, bool_or(post_id = $2 AND NOT active) AS ended
           FROM directory_post WHERE user_id = $1`,
          [userId, postId ?? null],
        ),
      { agencyId },
    );
    const standing = { at: now, permissionVersion: row?.version ?? 0, ended: row?.ended ?? false };
    if (this.#standings.size >= KEPT) this.#standings.clear();
    this.#standings.set(key, standing);
    return standing;
  }
}
