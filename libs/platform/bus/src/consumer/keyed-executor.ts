import type { Lane } from '../bus-record.ts';

export interface KeyedTask {
  /** Tasks of one chain run one after the other, in the order of submission. */
  readonly chain: string;
  readonly lane: Lane;
  /** Whoever submitted it: a partition that may be taken away. */
  readonly owner: object;
}

/** Done, or to be run again after a pause during which only its own chain waits. */
export type Outcome = 'done' | { readonly retryAfterMs: number };

interface Chain<Task> {
  readonly lane: Lane;
  readonly tasks: Task[];
  state: 'ready' | 'running' | 'waiting';
  timer?: NodeJS.Timeout | undefined;
}

/**
 * Runs tasks of different keys in parallel and of one key in order, urgent chains first. A task that asks to be run
 * again parks its chain without holding one of the parallel places.
 */
export class KeyedExecutor<Task extends KeyedTask> {
  readonly #concurrency: number;
  readonly #run: (task: Task) => Promise<Outcome>;
  readonly #onDrop: (task: Task) => void;
  readonly #chains = new Map<string, Chain<Task>>();
  readonly #ready: Record<Lane, Chain<Task>[]> = { urgent: [], normal: [] };
  readonly #startedAt = new Map<Task, number>();
  readonly #names = new Map<Chain<Task>, string>();
  readonly #dropped = new WeakSet<object>();
  #droppedAll = false;
  #paused = false;
  #idleWaiters: (() => void)[] = [];
  #queued = 0;

  /**
   * @param run does a task and never rejects
   * @param onDrop told about each task that was dropped instead of done
   */
  constructor(concurrency: number, run: (task: Task) => Promise<Outcome>, onDrop: (task: Task) => void) {
    this.#concurrency = concurrency;
    this.#run = run;
    this.#onDrop = onDrop;
  }

  /** Tasks of this chain that have not started. */
  queuedIn(chain: string): number {
    const found = this.#chains.get(chain);
    return found ? found.tasks.length - (found.state === 'running' ? 1 : 0) : 0;
  }

  /** Tasks submitted and neither done nor discarded. */
  get pending(): number {
    return this.#queued + this.#startedAt.size;
  }

  get running(): number {
    return this.#startedAt.size;
  }

  /** Chains whose first task waits for its next attempt. */
  get waiting(): number {
    let count = 0;
    for (const chain of this.#chains.values()) if (chain.state === 'waiting') count += 1;
    return count;
  }

  /** When the longest-running task started. */
  get oldestStart(): number | undefined {
    let oldest: number | undefined;
    for (const at of this.#startedAt.values()) oldest = Math.min(oldest ?? at, at);
    return oldest;
  }

  submit(task: Task): void {
    this.#queued += 1;
    const chain = this.#chains.get(task.chain);
    if (chain) {
      chain.tasks.push(task);
      return;
    }
    const made: Chain<Task> = { lane: task.lane, tasks: [task], state: 'ready' };
    this.#chains.set(task.chain, made);
    this.#names.set(made, task.chain);
    this.#ready[made.lane].push(made);
    this.#pump();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#pump();
  }

  /**
   * Drops what has not started and belongs to `owner`; running tasks go on but are not run again. Without an owner
   * everything is dropped, for good: the executor is at its end.
   */
  discard(owner?: object): void {
    if (owner) this.#dropped.add(owner);
    else this.#droppedAll = true;
    for (const chain of this.#chains.values()) {
      const first = chain.state === 'running' ? 1 : 0;
      const keeps = (task: Task, index: number): boolean =>
        index < first || (owner !== undefined && task.owner !== owner);
      const dropped = chain.tasks.filter((task, index) => !keeps(task, index));
      if (dropped.length === 0) continue;
      const kept = chain.tasks.filter(keeps);
      this.#queued -= dropped.length;
      const headDropped = kept[0] !== chain.tasks[0];
      chain.tasks.splice(0, chain.tasks.length, ...kept);
      if (headDropped) this.#afterHeadDropped(chain);
      dropped.forEach(this.#onDrop);
    }
    this.#checkIdle();
  }

  /** Resolves when nothing runs; with `pause` before it, that is the end of everything started. */
  async untilNoneRuns(): Promise<void> {
    if (this.#startedAt.size === 0) return;
    await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  #afterHeadDropped(chain: Chain<Task>): void {
    if (chain.timer) clearTimeout(chain.timer);
    chain.timer = undefined;
    const waited = chain.state === 'waiting';
    if (chain.tasks.length > 0) {
      if (waited) this.#makeReady(chain);
    } else {
      if (!waited) this.#ready[chain.lane].splice(this.#ready[chain.lane].indexOf(chain), 1);
      this.#forget(chain);
    }
  }

  #forget(chain: Chain<Task>): void {
    this.#chains.delete(this.#names.get(chain) ?? '');
    this.#names.delete(chain);
  }

  #makeReady(chain: Chain<Task>): void {
    chain.state = 'ready';
    this.#ready[chain.lane].push(chain);
    this.#pump();
  }

  #pump(): void {
    while (!this.#paused && this.#startedAt.size < this.#concurrency) {
      const chain = this.#ready.urgent.shift() ?? this.#ready.normal.shift();
      if (!chain) return;
      void this.#start(chain);
    }
  }

  async #start(chain: Chain<Task>): Promise<void> {
    const task = chain.tasks[0] as Task;
    chain.state = 'running';
    this.#queued -= 1;
    this.#startedAt.set(task, Date.now());
    const outcome = await this.#run(task);
    this.#startedAt.delete(task);
    const dropped = outcome !== 'done' && (this.#droppedAll || this.#dropped.has(task.owner));
    if (outcome === 'done' || dropped) {
      if (dropped) this.#onDrop(task);
      chain.tasks.shift();
      if (chain.tasks.length > 0) this.#makeReady(chain);
      else this.#forget(chain);
    } else {
      this.#queued += 1;
      chain.state = 'waiting';
      chain.timer = setTimeout(() => {
        chain.timer = undefined;
        this.#makeReady(chain);
      }, outcome.retryAfterMs);
    }
    this.#checkIdle();
    this.#pump();
  }

  #checkIdle(): void {
    if (this.#startedAt.size > 0) return;
    const waiters = this.#idleWaiters;
    this.#idleWaiters = [];
    for (const resolve of waiters) resolve();
  }
}
