// A consumer in a process of its own, for tests that kill it: handles a topic into the effect table until it dies.
import type { BusConfig } from '../bus-config.ts';
import { createEventBus } from '../create-event-bus.ts';
import { EffectTable } from './effect-table.ts';

interface Order {
  readonly config: BusConfig;
  readonly group: string;
  readonly topic: string;
  readonly effects: string;
  readonly delayMs: number;
}

const order = JSON.parse(process.argv[2] ?? '') as Order;
const effects = new EffectTable(order.effects);
const say = (message: string): boolean => process.stderr.write(`${message}\n`);
const bus = createEventBus(order.config, { log: say, warn: say, error: say });

await bus.subscribe({
  group: order.group,
  topics: [order.topic],
  handler: async (record) => {
    await new Promise((resolve) => setTimeout(resolve, order.delayMs));
    await effects.once(order.group, record, () => effects.write(order.group, record));
    process.stdout.write(`${record.id}\n`);
  },
});
