import { Inject, Injectable, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { BusModule, EVENT_BUS, INBOX_RUNNER, OUTBOX_SOURCE, OutboxRelay } from '@qlvb/platform-bus';
import type { BusConfig, EventBus } from '@qlvb/platform-bus';
import { clockOf } from '@qlvb/platform-config';
import { connect, Database, PostgresOutbox } from '@qlvb/platform-database';
import { Health } from '@qlvb/platform-http';
import { JobsModule } from '@qlvb/platform-jobs';
import { headPlaces } from '@qlvb/platform-storage';
import type { Clock } from '@qlvb/shared-domain';
import { DataSource } from 'typeorm';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { AnswerSweeper } from './answer-sweeper.ts';
import { BacklogMetrics } from './backlog-metrics.ts';
import { HeadKeeper } from './head-keeper.ts';
import type { PlatformSettings } from './platform.settings.ts';
import { CLOCK, HEAD_PLACES } from './tokens.ts';

export interface PlatformOptions {
  /** The service's name: its outbox source, its consumer group, its database sessions. */
  readonly service: string;
  readonly settings: PlatformSettings;
  readonly bus: BusConfig;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
}

/** Connects database and bus to the service's health and ends them last. */
@Injectable()
class PlatformLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(EVENT_BUS) private readonly bus: EventBus,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(Health) private readonly health: Health,
  ) {}

  onApplicationBootstrap(): void {
    this.health.readiness('database', async () => {
      await this.source.query('SELECT 1');
    });
    // A broker that is away keeps no command from being accepted: what it has to tell waits in the outbox.
    this.health.progress('bus', () => {
      const { live, subscriptions } = this.bus.progress();
      if (!live) throw new Error(subscriptions.find((one) => !one.live)?.trouble ?? 'a consumer makes no progress');
    });
    this.health.progress('outbox', () => {
      const progress = this.relay.progress();
      if (!progress.live) throw new Error(progress.trouble ?? 'the outbox relay makes no progress');
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.source.destroy();
  }
}

@Module({})
class DatabaseModule {
  static forRoot({ service, settings, entities }: PlatformOptions, clock: Clock): DynamicModule {
    const url = settings.databaseUrl.reveal();
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        { provide: CLOCK, useValue: clock },
        {
          provide: DataSource,
          useFactory: () => connect({ url, poolSize: settings.databasePoolSize, entities, applicationName: service }),
        },
        {
          provide: Database,
          inject: [DataSource],
          useFactory: (source: DataSource) => new Database(source, service, clock),
        },
        {
          provide: PostgresOutbox,
          inject: [DataSource],
          useFactory: (source: DataSource) => new PostgresOutbox(source, url),
        },
        { provide: INBOX_RUNNER, useExisting: Database },
        { provide: OUTBOX_SOURCE, useExisting: PostgresOutbox },
      ],
      exports: [CLOCK, DataSource, Database, PostgresOutbox, INBOX_RUNNER, OUTBOX_SOURCE],
    };
  }
}

/** What is not done by then, another process goes on with. */
const JOBS_GRACE_MS = 5000;

/** Database, outbox relay, inbox, bus and jobs of one service, the same in each. */
@Module({})
export class PlatformModule {
  static forRoot(options: PlatformOptions): DynamicModule {
    const { settings } = options;
    const clock = clockOf(settings);
    return {
      module: PlatformModule,
      imports: [
        DatabaseModule.forRoot(options, clock),
        BusModule.forRoot({ service: options.service, config: options.bus }),
        JobsModule.forRoot({
          url: settings.databaseUrl.reveal(),
          clock,
          atOnce: settings.jobsAtOnce,
          graceMs: Math.min(settings.drainTimeoutMs, JOBS_GRACE_MS),
        }),
      ],
      providers: [
        AnswerSweeper,
        BacklogMetrics,
        PlatformLifecycle,
        HeadKeeper,
        { provide: HEAD_PLACES, useFactory: () => headPlaces(settings) },
      ],
    };
  }
}
