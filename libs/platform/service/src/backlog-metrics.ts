import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { EVENT_BUS, OutboxRelay } from '@qlvb/platform-bus';
import type { EventBus, SubscriptionProgress } from '@qlvb/platform-bus';
import { Metrics } from '@qlvb/platform-observability';
import { DataSource } from 'typeorm';

/** What waits, how long, and what was given up: the figures that tell an operator whether events flow. */
@Injectable()
export class BacklogMetrics implements OnApplicationBootstrap {
  constructor(
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(EVENT_BUS) private readonly bus: EventBus,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
  ) {}

  onApplicationBootstrap(): void {
    this.metrics.backlog('outbox', async () => {
      const rows = (await this.source.query(
        `SELECT CASE WHEN urgent THEN 'urgent' ELSE 'normal' END AS queue, count(*)::int AS value
         FROM platform.outbox WHERE published_at IS NULL GROUP BY 1`,
      )) as { queue: string; value: number }[];
      const waiting = new Map(rows.map(({ queue, value }) => [queue, value]));
      return ['urgent', 'normal'].map((queue) => ({ labels: { queue }, value: waiting.get(queue) ?? 0 }));
    });
    this.metrics.gauge({
      name: 'qlvb_outbox_oldest_seconds',
      help: 'Age of the oldest event that waits in the outbox',
      collect: async () => {
        const [row] = (await this.source.query(
          `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS value
           FROM platform.outbox WHERE published_at IS NULL`,
        )) as { value: number }[];
        return [{ value: row?.value ?? 0 }];
      },
    });
    this.metrics.gauge({
      name: 'qlvb_outbox_published',
      help: 'Events that this process has published since it started',
      collect: () => [{ value: this.relay.progress().published }],
    });
    this.metrics.gauge({
      name: 'qlvb_bus_reachable',
      help: 'Whether the broker answers: 1 or 0',
      collect: async () => [{ value: (await this.bus.health()).reachable ? 1 : 0 }],
    });
    this.metrics.backlog('bus', () =>
      this.#subscriptions(({ group, pending }) => ({ labels: { queue: group }, value: pending })),
    );
    this.#consumer('handled', 'Events that this process has handled since it started', ({ handled }) => handled);
    this.#consumer('failed_attempts', 'Attempts that failed since it started', (one) => one.failedAttempts);
    this.#consumer(
      'dead_lettered',
      'Events that this process has given up since it started',
      (one) => one.deadLettered,
    );
    this.#consumer('retrying', 'Keys whose first event waits for another attempt', ({ retrying }) => retrying);
  }

  #consumer(name: string, help: string, value: (progress: SubscriptionProgress) => number): void {
    this.metrics.gauge({
      name: `qlvb_bus_${name}`,
      help,
      labelNames: ['queue'],
      collect: () => this.#subscriptions((one) => ({ labels: { queue: one.group }, value: value(one) })),
    });
  }

  #subscriptions<T>(read: (progress: SubscriptionProgress) => T): T[] {
    return this.bus.progress().subscriptions.map(read);
  }
}
