import { Inject, Injectable } from '@nestjs/common';
import { SessionsEnded } from '@qlvb/contracts';
import type { Tx } from '@qlvb/platform-database';
import { IDENTITY_SETTINGS } from '../identity.settings.ts';
import type { IdentitySettings } from '../identity.settings.ts';

/** What other services' clocks may be behind, beside the life of a token. */
const SPARE_SECONDS = 60;
const AT_ONCE = 1000;

type Ended = readonly { readonly id: string }[];

/**
 * Ends sessions and tells the other services of it, so that access tokens already given end with them. There is no other way
 * to end one.
 *
 * @source SEC-S02
 */
@Injectable()
export class SessionEnds {
  constructor(@Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings) {}

  /** One session of the person, in the present agency. */
  async one(tx: Tx, userId: string, sessionId: string, reason: string): Promise<void> {
    await this.#endHere(tx, userId, reason, 'id', sessionId);
  }

  /** Those that act in a post of the present agency. */
  async ofPost(tx: Tx, userId: string, postId: string, reason: string): Promise<void> {
    await this.#endHere(tx, userId, reason, 'post_id', postId);
  }

  /** Those in the present agency. */
  async here(tx: Tx, userId: string, reason: string): Promise<void> {
    await this.#endHere(tx, userId, reason, 'agency_id', tx.agencyId);
  }

  /** Those in every agency. */
  async everywhere(tx: Tx, userId: string, reason: string): Promise<void> {
    const ended = (await tx.manager.query('SELECT end_sessions($1, $2) AS id', [userId, reason])) as Ended;
    this.#tell(tx, userId, ended);
  }

  /** Those of everybody in the present agency. */
  async ofAgency(tx: Tx, reason: string): Promise<void> {
    const [ended] = (await tx.manager.query(
      `UPDATE session SET ended_at = $1, end_reason = $2 WHERE agency_id = $3 AND ended_at IS NULL
       RETURNING id, user_id AS "userId"`,
      [tx.now, reason, tx.agencyId],
    )) as [readonly { readonly id: string; readonly userId: string }[], number];
    for (const [userId, sessions] of Map.groupBy(ended, (session) => session.userId)) {
      this.#tell(tx, userId, sessions);
    }
  }

  async #endHere(
    tx: Tx,
    userId: string,
    reason: string,
    column: 'id' | 'post_id' | 'agency_id',
    value: string,
  ): Promise<void> {
    const [ended] = (await tx.manager.query(
      `UPDATE session SET ended_at = $2, end_reason = $3 WHERE user_id = $1 AND ended_at IS NULL AND ${column} = $4
       RETURNING id`,
      [userId, tx.now, reason, value],
    )) as [Ended, number];
    this.#tell(tx, userId, ended);
  }

  #tell(tx: Tx, userId: string, ended: Ended): void {
    const lifeSeconds = this.settings.accessTokenSeconds + SPARE_SECONDS;
    const until = new Date(tx.now.getTime() + lifeSeconds * 1000).toISOString();
    for (let from = 0; from < ended.length; from += AT_ONCE) {
      const sessionIds = ended.slice(from, from + AT_ONCE).map(({ id }) => id);
      tx.publish(SessionsEnded, { userId, sessionIds, until });
    }
  }
}
