import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { newId } from '@qlvb/shared-domain';
import type { BusConfig } from '../bus-config.ts';
import type { BusLog } from '../bus-log.ts';
import { createEventBus } from '../create-event-bus.ts';
import type { BusRecord, Lane } from '../bus-record.ts';
import type { EventBus, SubscribeOptions, Subscription } from '../event-bus.ts';

/** What a driver's test gives to the contract suite. */
export interface BusUnderTest {
  readonly config: () => BusConfig;
  /** Present where the test may stop and start the broker. */
  readonly restart?: (whileDown: () => Promise<void>) => Promise<void>;
  /** Stops the broker, empties its disk and starts it again. */
  readonly wipe?: () => Promise<void>;
}

const log: BusLog = process.env['QLVB_TEST_VERBOSE']
  ? {
      log: (message) => process.stderr.write(`${message}\n`),
      warn: (message) => process.stderr.write(`W ${message}\n`),
      error: (message) => process.stderr.write(`E ${message}\n`),
    }
  : { log: () => undefined, warn: () => undefined, error: () => undefined };

export const quietLog = log;

/** Buses opened by one test, all closed at its end. */
export class Buses {
  readonly #config: () => BusConfig;
  readonly #open = new Set<EventBus>();
  readonly #installed = new Map<string, Set<string>>();
  readonly #children = new Set<ChildProcess>();

  constructor(config: () => BusConfig) {
    this.#config = config;
  }

  open(): EventBus {
    const bus = createEventBus(this.#config(), log);
    this.#open.add(bus);
    return this.#installing(bus);
  }

  /** What the installation does after the broker was wiped. */
  async installAgain(): Promise<void> {
    const bus = createEventBus(this.#config(), log);
    this.#open.add(bus);
    await bus.ensureTopics([...this.#installed].map(([name, groups]) => ({ name, groups: [...groups] })));
  }

  /** Topics and groups of tests are installed when they are first used: those of the platform are declared. */
  #installing(bus: EventBus): EventBus {
    const install = async (name: string, group?: string): Promise<void> => {
      const groups = this.#installed.get(name);
      if (groups && (group === undefined || groups.has(group))) return;
      this.#installed.set(name, new Set([...(groups ?? []), ...(group === undefined ? [] : [group])]));
      await bus.ensureTopics([{ name, groups: group === undefined ? [] : [group] }]);
    };
    return new Proxy(bus, {
      get: (target, property) => {
        if (property === 'publish')
          return async (records: readonly BusRecord[]): Promise<void> => {
            for (const topic of new Set(records.map((one) => one.topic))) await install(topic);
            await target.publish(records);
          };
        if (property === 'subscribe')
          return async (options: SubscribeOptions): Promise<Subscription> => {
            for (const topic of options.topics) await install(topic, options.group);
            return await target.subscribe(options);
          };
        const value: unknown = Reflect.get(target, property);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  /** Starts a consumer process that writes effects; resolves after its `afterEffects`-th one. */
  async spawnConsumer(
    order: { group: string; topic: string; effects: string; delayMs: number },
    afterEffects: number,
  ): Promise<ChildProcess> {
    const folder = import.meta.dirname;
    const child = spawn(
      process.execPath,
      [
        '--import',
        join(folder, 'aliases.mjs'),
        join(folder, 'consumer-program.ts'),
        JSON.stringify({ config: this.#config(), ...order }),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } },
    );
    this.#children.add(child);
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    await new Promise<void>((resolve, reject) => {
      let effects = 0;
      child.stdout?.on('data', (chunk: Buffer) => {
        effects += chunk.toString().split('\n').length - 1;
        if (effects >= afterEffects) resolve();
      });
      child.once('exit', (code) => reject(new Error(`the consumer ended with ${code}: ${errors}`)));
    });
    return child;
  }

  async closeAll(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    this.#children.clear();
    await Promise.all([...this.#open].map((bus) => bus.close(2000)));
    this.#open.clear();
  }
}

let names = 0;

/** A name that no other test and no earlier run uses. */
export const fresh = (what: string): string => `test.${what}-${process.pid}-${Date.now().toString(36)}-${(names += 1)}`;

export const record = (topic: string, key: string, place: number, lane: Lane = 'normal'): BusRecord => ({
  id: `${String(place).padStart(6, '0')}-${newId()}`,
  topic,
  key,
  lane,
  value: JSON.stringify({ key, place }),
  headers: { place: String(place) },
});

/** `count` records for each key, keys alternating. */
export const series = (topic: string, keys: number, count: number, from = 0): BusRecord[] =>
  Array.from({ length: count * keys }, (_, index) =>
    record(topic, `key-${index % keys}`, from + Math.floor(index / keys)),
  );

export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 30_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const idsByKey = (records: readonly BusRecord[]): Map<string, string[]> => {
  const byKey = new Map<string, string[]>();
  for (const { key, id } of records) byKey.set(key, [...(byKey.get(key) ?? []), id]);
  return byKey;
};
