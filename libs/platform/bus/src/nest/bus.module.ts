import { Inject, Injectable, Logger, Module } from '@nestjs/common';
import type { DynamicModule, ModuleMetadata, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { BusConfig } from '../bus-config.ts';
import { createEventBus } from '../create-event-bus.ts';
import type { EventBus } from '../event-bus.ts';
import { OutboxRelay } from '../outbox-relay.ts';
import type { OutboxSource } from '../outbox-relay.ts';
import { QlvbBusStrategy } from './bus.strategy.ts';
import type { InboxRunner } from './bus.strategy.ts';

export const EVENT_BUS = Symbol('EventBus');

/** The database library provides these two; a service without a database has neither publishes nor handlers. */
export const INBOX_RUNNER = Symbol('InboxRunner');
export const OUTBOX_SOURCE = Symbol('OutboxSource');

export interface BusModuleOptions {
  /** The service's name, also the name of its group. */
  readonly service: string;
  readonly config: BusConfig;
  /** Modules that export INBOX_RUNNER and OUTBOX_SOURCE, unless they are global. */
  readonly imports?: ModuleMetadata['imports'];
  readonly drainLimitMs?: number;
}

/** Starts the relay with the application, and at its end, after the consumers were drained, stops it and the bus. */
@Injectable()
class BusLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(EVENT_BUS) private readonly bus: EventBus,
    private readonly relay: OutboxRelay,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.bus.admit();
    this.relay.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relay.stop();
    await this.bus.close();
  }
}

/**
 * The bus of one service. Its consumers start with
 * `app.connectMicroservice({ strategy: app.get(QlvbBusStrategy) })`.
 */
@Module({})
export class BusModule {
  static forRoot({ service, config, imports = [], drainLimitMs }: BusModuleOptions): DynamicModule {
    return {
      module: BusModule,
      global: true,
      imports,
      providers: [
        { provide: EVENT_BUS, useFactory: () => createEventBus(config, new Logger('Bus')) },
        {
          provide: QlvbBusStrategy,
          inject: [EVENT_BUS, INBOX_RUNNER],
          useFactory: (bus: EventBus, inbox: InboxRunner) =>
            new QlvbBusStrategy(bus, inbox, {
              group: service,
              ...(drainLimitMs === undefined ? {} : { drainLimitMs }),
            }),
        },
        {
          provide: OutboxRelay,
          inject: [EVENT_BUS, OUTBOX_SOURCE],
          useFactory: (bus: EventBus, source: OutboxSource) => new OutboxRelay(bus, source, new Logger('Outbox')),
        },
        BusLifecycle,
      ],
      exports: [EVENT_BUS, QlvbBusStrategy, OutboxRelay],
    };
  }
}
