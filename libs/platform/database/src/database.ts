import { AsyncLocalStorage } from 'node:async_hooks';
import { currentContext } from '@qlvb/platform-context';
import type { IdempotencyContext, StoredResponse } from '@qlvb/platform-context';
import { failPoint } from '@qlvb/platform-faults';
import { systemClock } from '@qlvb/shared-domain';
import type { Clock } from '@qlvb/shared-domain';
import type { DataSource, EntityManager } from 'typeorm';
import { escapeLiteral } from 'pg';
import type { PoolClient, QueryResult } from 'pg';
import { IdempotencyInFlight, IdempotencyKeyReused, NoAgencyInContext } from './database.problems.ts';
import { Tx } from './tx.ts';

/** Ends a command early because its answer is known; nothing is written. */
class AlreadyAnswered extends Error {}

interface Scope {
  /** Whose rows are visible; the context's agency when left out. */
  readonly agencyId?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

/**
 * The one way to this service's PostgreSQL. A command is four trips: begin with agency and idempotency, load and lock,
 * save, append outbox + audit + answer and commit.
 */
export class Database {
  readonly source: DataSource;
  readonly service: string;
  readonly #clock: Clock;
  readonly #ambient = new AsyncLocalStorage<Tx>();

  constructor(source: DataSource, service: string, clock: Clock = systemClock) {
    this.source = source;
    this.service = service;
    this.#clock = clock;
  }

  /**
   * Runs a command in one transaction; joins the transaction of the event being handled, if any. What `work` returns is
   * the answer: under an Idempotency-Key it is stored with the effect, and a repetition gets it back byte for byte, but for what
   * is secret in it.
   * May run again after a deadlock, so `work` has no effect outside the transaction.
   */
  async command<T>(work: (tx: Tx) => Promise<T>, scope: Scope = {}): Promise<T> {
    const agencyId = scope.agencyId ?? this.#agency();
    const ambient = this.#ambient.getStore();
    if (ambient) return this.#join(ambient, agencyId, work);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(agencyId, work);
      } catch (error) {
        if (!RETRIED.has(String((error as { code?: unknown }).code)) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** Reads under the agency's row-level security, in a read-only transaction. */
  async read<T>(work: (manager: EntityManager) => Promise<T>, scope: Scope = {}): Promise<T> {
    const agencyId = scope.agencyId ?? this.#agency();
    const ambient = this.#ambient.getStore();
    if (ambient) return this.#join(ambient, agencyId, (tx) => work(tx.manager));
    return this.#transaction(`BEGIN READ ONLY; ${setAgency(agencyId)}`, async (manager, client) => {
      const result = await work(manager);
      await client.query('COMMIT');
      return result;
    });
  }

  /**
   * Applies an event's effect once for ever: the group's inbox row and the effect commit together.
   *
   * @returns 'duplicate' when this group has already applied the event
   */
  async once(
    group: string,
    event: { readonly id: string; readonly agencyId: string },
    effect: () => Promise<void>,
  ): Promise<'applied' | 'duplicate'> {
    const begin = `BEGIN; ${setAgency(event.agencyId)}`;
    return this.#transaction(begin, async (manager, client) => {
      const { rowCount } = await client.query(
        'INSERT INTO platform.inbox (consumer_group, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [group, event.id],
      );
      if (rowCount === 0) {
        await client.query('ROLLBACK');
        return 'duplicate';
      }
      const tx = new Tx(manager, this.service, event.agencyId, this.#clock.now());
      await this.#ambient.run(tx, effect);
      await failPoint('inbox:before-commit');
      await this.#commit(client, tx, undefined);
      await failPoint('inbox:after-commit');
      return 'applied';
    });
  }

  /** The time by the platform's clock, as a transaction that begins now has it. */
  now(): Date {
    return this.#clock.now();
  }

  #agency(): string {
    const context = currentContext();
    const agencyId = context?.agencyId ?? context?.actor?.agencyId;
    if (!agencyId) throw NoAgencyInContext();
    return agencyId;
  }

  /** Removes stored answers of that age, in milliseconds; a request repeated after that is a new one. @returns how many */
  async forgetAnswers(age: number): Promise<number> {
    const before = new Date(this.#clock.now().getTime() - age);
    const [, count] = (await this.source.query('DELETE FROM platform.idempotency WHERE created_at < $1', [before])) as [
      unknown,
      number,
    ];
    return count;
  }

  async #join<T>(ambient: Tx, agencyId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (agencyId === ambient.agencyId) return work(ambient);
    const tx = ambient.forAgency(agencyId);
    await ambient.manager.query(setAgency(agencyId));
    const result = await this.#ambient.run(tx, () => work(tx));
    await ambient.manager.query(setAgency(ambient.agencyId));
    return result;
  }

  async #attempt<T>(agencyId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const context = currentContext();
    const idempotency = context?.idempotency;
    // Its answer would be kept for the first command's, and never be given.
    if (idempotency?.answer) throw new Error('a second command under one Idempotency-Key');
    const caller = `${agencyId}:${context?.actor?.userId ?? 'anonymous'}`;
    const begin = `BEGIN; ${setAgency(agencyId)}${idempotency ? `; ${claim(caller, idempotency)}` : ''}`;
    try {
      return await this.#transaction(begin, async (manager, client, opened) => {
        if (idempotency) assertClaimed(opened, idempotency);
        const tx = new Tx(manager, this.service, agencyId, this.#clock.now());
        const result = await this.#ambient.run(tx, () => work(tx));
        const answer = idempotency?.serialise(result);
        await failPoint('command:before-commit');
        await this.#commit(client, tx, idempotency && answer && { caller, ...pick(idempotency), ...stored(answer) });
        if (idempotency && answer) idempotency.answer = { ...answer, replayed: false };
        await failPoint('command:after-commit');
        return result;
      });
    } catch (error) {
      // The stored answer is in the context; the HTTP edge sends that and never looks at this value.
      if (error instanceof AlreadyAnswered) return undefined as T;
      throw error;
    }
  }

  async #commit(client: PoolClient, tx: Tx, answer: object | undefined): Promise<void> {
    const { events, audits } = tx.pending;
    if (events.length === 0 && audits.length === 0 && !answer) {
      await client.query('COMMIT');
      return;
    }
    const json = (value: unknown): string => `${client.escapeLiteral(JSON.stringify(value))}::jsonb`;
    await client.query(
      `SELECT platform.append(${json(events)}, ${json(audits)}, ${answer ? json(answer) : 'NULL'}); COMMIT`,
    );
  }

  /** `work` also gets what the statements of `begin` returned, the last one last. */
  async #transaction<T>(
    begin: string,
    work: (manager: EntityManager, client: PoolClient, opened: QueryResult[]) => Promise<T>,
  ): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      const opened = (await client.query(begin)) as unknown as QueryResult[];
      // TypeORM must know that a transaction is open, or its own save() would begin and commit one.
      Object.assign(runner, { isTransactionActive: true });
      try {
        return await work(runner.manager, client, opened);
      } catch (error) {
        await client.query('ROLLBACK').catch((lost: unknown) => {
          // The connection is gone and the server has rolled back by itself; the first error is the one to report.
          if (error instanceof Error) error.cause ??= lost;
        });
        throw error;
      } finally {
        Object.assign(runner, { isTransactionActive: false });
      }
    } finally {
      await runner.release();
    }
  }
}

const pick = ({ key, fingerprint }: IdempotencyContext): { key: string; fingerprint: string } => ({
  key,
  fingerprint: fingerprint(),
});

/** @source SEC-A03 what is secret in an answer is not kept */
const stored = ({ kept, ...answer }: StoredResponse): StoredResponse =>
  kept === undefined ? answer : { ...answer, body: kept };

function setAgency(agencyId: string): string {
  if (!UUID.test(agencyId)) throw new Error('agency id is not a UUID');
  return `SELECT set_config('app.agency_id', '${agencyId}', true)`;
}

interface Claim {
  readonly claimed: boolean;
  readonly fingerprint: string | null;
  readonly status: number;
  readonly body: string;
  readonly etag: string | null;
}

const claim = (caller: string, { key }: IdempotencyContext): string =>
  `SELECT * FROM platform.claim_idempotency(${escapeLiteral(caller)}, ${escapeLiteral(key)})`;

function assertClaimed(opened: readonly QueryResult[], idempotency: IdempotencyContext): void {
  const found = opened.at(-1)?.rows[0] as Claim | undefined;
  if (!found) throw new Error('platform.claim_idempotency returned no row');
  if (found.fingerprint !== null) {
    if (found.fingerprint !== idempotency.fingerprint()) throw IdempotencyKeyReused();
    const { status, body, etag } = found;
    idempotency.answer = { status, body, ...(etag === null ? {} : { etag }), replayed: true };
    throw new AlreadyAnswered();
  }
  if (!found.claimed) throw IdempotencyInFlight();
}
