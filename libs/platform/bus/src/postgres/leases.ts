import type { PostgresSession } from './session.ts';
import { PARTITIONS } from './schema.ts';

/** One partition of one group, ours as long as the session lives. */
export class Lease {
  readonly partition: number;
  /** Set when it is to be given to another replica: nothing more is fetched from it. */
  leaving = false;

  constructor(partition: number) {
    this.partition = partition;
  }
}

interface Census {
  /** Backends of the replicas of this group, and which of them we are. */
  readonly members: number[] | null;
  readonly me: number;
}

/**
 * Shares the partitions of a group among its replicas by session locks: a replica that dies loses them at once, one
 * that joins gets its fair part, nobody has to keep time.
 */
export class Leases {
  readonly #session: PostgresSession;
  readonly #held = new Map<number, Lease>();
  readonly #group: number;
  #joined = false;

  constructor(session: PostgresSession, group: number) {
    this.#session = session;
    this.#group = group;
  }

  get held(): readonly Lease[] {
    return [...this.#held.values()];
  }

  get fetchable(): readonly Lease[] {
    return this.held.filter((lease) => !lease.leaving);
  }

  /** The session is gone: nothing is ours any more. Returns what was. */
  forget(): readonly Lease[] {
    const lost = this.held;
    this.#held.clear();
    this.#joined = false;
    return lost;
  }

  /**
   * One round of balancing: takes free partitions up to our fair part.
   *
   * @returns leases above our part, marked as leaving; `giveBack` them once their work is confirmed
   */
  async balance(): Promise<readonly Lease[]> {
    if (!this.#joined) {
      await this.#session.query('SELECT pg_advisory_lock_shared($1, 0)', [this.#group]);
      this.#joined = true;
    }
    const part = await this.#fairPart();
    const mine = this.fetchable;
    if (mine.length > part) {
      const surplus = mine.slice(part);
      for (const lease of surplus) lease.leaving = true;
      return surplus;
    }
    if (mine.length < part) await this.#take(part - mine.length);
    return [];
  }

  async giveBack(lease: Lease): Promise<void> {
    if (this.#held.get(lease.partition) !== lease) return;
    await this.#session.query('SELECT pg_advisory_unlock($1, $2)', [this.#group, lease.partition + 1]);
    this.#held.delete(lease.partition);
  }

  async leave(): Promise<void> {
    for (const lease of this.held) await this.giveBack(lease);
    if (this.#joined) await this.#session.query('SELECT pg_advisory_unlock_shared($1, 0)', [this.#group]);
    this.#joined = false;
  }

  async #fairPart(): Promise<number> {
    const { rows } = await this.#session.query<Census>(
      `SELECT array_agg(pid ORDER BY pid) AS members, pg_backend_pid() AS me FROM pg_locks
       WHERE locktype = 'advisory' AND classid = $1 AND objid = 0 AND objsubid = 2 AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [this.#group],
    );
    const members = rows[0]?.members ?? [];
    const rank = members.indexOf(rows[0]?.me ?? 0);
    const count = Math.max(1, members.length);
    return Math.floor(PARTITIONS / count) + (rank < PARTITIONS % count ? 1 : 0);
  }

  async #take(count: number): Promise<void> {
    const free = Array.from({ length: PARTITIONS }, (_, partition) => partition).filter(
      (partition) => !this.#held.has(partition),
    );
    const { rows } = await this.#session.query<{ partition: number }>(
      'SELECT partition FROM unnest($2::integer[]) AS partition WHERE pg_try_advisory_lock($1, partition + 1) LIMIT $3',
      [this.#group, free, count],
    );
    for (const { partition } of rows) this.#held.set(partition, new Lease(partition));
  }
}
