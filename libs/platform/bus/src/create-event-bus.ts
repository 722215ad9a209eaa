import type { BusConfig } from './bus-config.ts';
import type { BusLog } from './bus-log.ts';
import type { EventBus } from './event-bus.ts';
import { KafkaBus } from './kafka/kafka-bus.ts';
import { PostgresBus } from './postgres/postgres-bus.ts';

/** The bus of this configuration; it connects on first use. */
export function createEventBus(config: BusConfig, log: BusLog): EventBus {
  return config.driver === 'kafka' ? new KafkaBus(config, log) : new PostgresBus(config, log);
}
