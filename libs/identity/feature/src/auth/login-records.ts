import { Inject, Injectable } from '@nestjs/common';
import { AccountLocked, afterFailure, lockedMinutes } from '@qlvb/identity-domain';
import type { LoginRecord } from '@qlvb/identity-domain';
import { Database } from '@qlvb/platform-database';

interface Row {
  readonly failed_logins: number;
  readonly first_failure_at: Date | null;
  readonly locked_until: Date | null;
}

/**
 * Wrong logins per number typed, known or not: an account cannot be told from nobody by its lock.
 *
 * @source SEC-A07
 * @source CID-25
 */
@Injectable()
export class LoginRecords {
  readonly #running = new Map<string, Promise<unknown>>();

  constructor(@Inject(Database) private readonly database: Database) {}

  /** One attempt after another for the same number, so that many at once get no more guesses than one by one. */
  inTurn<T>(index: Buffer, attempt: () => Promise<T>): Promise<T> {
    const number = index.toString('hex');
    const before = this.#running.get(number) ?? Promise.resolve();
    const turn = before.then(attempt, attempt);
    const settled = turn.catch(() => undefined);
    this.#running.set(number, settled);
    void settled.then(() => {
      if (this.#running.get(number) === settled) this.#running.delete(number);
    });
    return turn;
  }

  /** @throws AccountLocked */
  async assertOpen(index: Buffer, now: Date): Promise<void> {
    const [row] = (await this.database.source.query('SELECT * FROM login_record WHERE cccd_index = $1', [
      index,
    ])) as Row[];
    const minutes = row ? lockedMinutes(recordOf(row), now) : 0;
    if (minutes > 0) throw AccountLocked({ minutes });
  }

  /** @throws AccountLocked when this failure was one too many */
  async failed(index: Buffer, now: Date): Promise<void> {
    const next = await this.database.source.transaction(async (manager) => {
      await manager.query('INSERT INTO login_record VALUES ($1, 0) ON CONFLICT DO NOTHING', [index]);
      const [row] = (await manager.query('SELECT * FROM login_record WHERE cccd_index = $1 FOR UPDATE', [
        index,
      ])) as Row[];
      const record = afterFailure(row ? recordOf(row) : NONE, now);
      await manager.query(
        'UPDATE login_record SET failed_logins = $2, first_failure_at = $3, locked_until = $4 WHERE cccd_index = $1',
        [index, record.failedLogins, record.firstFailureAt, record.lockedUntil],
      );
      // Guessed numbers leave no lasting rows.
      await manager.query(
        `DELETE FROM login_record WHERE cccd_index IN (
           SELECT cccd_index FROM login_record WHERE first_failure_at < $1::timestamptz - interval '1 day'
           LIMIT 100 FOR UPDATE SKIP LOCKED)`,
        [now],
      );
      return record;
    });
    const minutes = lockedMinutes(next, now);
    if (minutes > 0) throw AccountLocked({ minutes });
  }

  async succeeded(index: Buffer): Promise<void> {
    await this.database.source.query('DELETE FROM login_record WHERE cccd_index = $1', [index]);
  }
}

const NONE: LoginRecord = { failedLogins: 0, firstFailureAt: null, lockedUntil: null };

const recordOf = (row: Row): LoginRecord => ({
  failedLogins: row.failed_logins,
  firstFailureAt: row.first_failure_at,
  lockedUntil: row.locked_until,
});
