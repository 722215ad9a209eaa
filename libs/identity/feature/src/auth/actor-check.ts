import { Inject, Injectable } from '@nestjs/common';
import type { ActorCheck } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';

/**
 * Identity itself knows at once that an account's rights changed or its session ended; the other services learn it from
 * events.
 *
 * @source SEC-S03
 */
@Injectable()
export class AccountCheck implements ActorCheck {
  constructor(@Inject(Database) private readonly database: Database) {}

  async isCurrent(actor: Actor): Promise<boolean> {
    const [row] = (await this.database.source.query('SELECT actor_current($1, $2, $3) AS current', [
      actor.userId,
      actor.permissionVersion,
      actor.sessionId ?? null,
    ])) as { current: boolean }[];
    return row?.current ?? false;
  }
}
