import { Inject, Injectable, Logger, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, DynamicModule, OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Database } from '@qlvb/platform-database';
import { Metrics } from '@qlvb/platform-observability';
import type { Clock } from '@qlvb/shared-domain';
import { DataSource } from 'typeorm';
import type { JobDeclaration } from './define-job.ts';
import { pairHandlers } from './handlers.ts';
import type { Method } from './handlers.ts';
import { JobStore } from './job-store.ts';
import { JOB_CLOCK, JobUpkeep } from './job-upkeep.ts';
import { JobWorker } from './job-worker.ts';
import { Jobs } from './jobs.ts';
import { FAILS, RUNS } from './on-job.decorator.ts';

export interface JobsOptions {
  /** Of the service's database, to be woken by it. */
  readonly url: string;
  readonly clock: Clock;
  readonly atOnce: number;
  readonly graceMs: number;
}

const OPTIONS = Symbol('jobs options');

/** Finds the `@OnJob` methods of all providers and carries out their jobs while the application runs. */
@Injectable()
class JobsLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #worker: JobWorker | undefined;
  #unlisten: (() => void) | undefined;

  constructor(
    @Inject(OPTIONS) private readonly options: JobsOptions,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
    @Inject(JobStore) private readonly store: JobStore,
    @Inject(Database) private readonly database: Database,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { atOnce, graceMs, url } = this.options;
    const durations = this.metrics.histogram(
      'qlvb_job_duration_seconds',
      'Time that runs of jobs took, by how they ended',
      ['kind', 'outcome'],
      [0.01, 0.1, 1, 10, 60, 600, 3600],
    );
    this.#figures();
    this.#worker = new JobWorker(
      pairHandlers(this.#methods(RUNS), this.#methods(FAILS)),
      this.store,
      this.database,
      new Logger('Jobs'),
      {
        atOnce,
        graceMs,
        observe: (kind, outcome, seconds) => durations.observe({ kind, outcome }, seconds),
      },
    );
    await this.#worker.start();
    this.#unlisten = this.#worker.listen(url);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#worker?.stop();
    this.#unlisten?.();
  }

  #figures(): void {
    const labelNames = ['kind', 'state'] as const;
    this.metrics.gauge({
      name: 'qlvb_jobs',
      help: 'Jobs that are due, run, or were given up',
      labelNames,
      collect: async () =>
        (await this.store.figures()).map(({ kind, state, jobs }) => ({ labels: { kind, state }, value: jobs })),
    });
    this.metrics.gauge({
      name: 'qlvb_jobs_oldest_seconds',
      help: 'How long the oldest job has been due, or has run',
      labelNames,
      collect: async () =>
        (await this.store.figures())
          .filter(({ state }) => state !== 'failed')
          .map(({ kind, state, oldest_seconds }) => ({ labels: { kind, state }, value: oldest_seconds })),
    });
  }

  /** @throws Error when a kind has no handler or two, or nobody tells of its failure */
  #methods(metadata: string): Map<string, Method> {
    const found = new Map<string, Method>();
    for (const { instance } of this.discovery.getProviders() as { instance: unknown }[]) {
      if (typeof instance !== 'object' || instance === null) continue;
      const provider = instance as Record<string, (...args: never[]) => unknown>;
      for (const name of this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
        const method = provider[name];
        const declaration = method && (Reflect.getMetadata(metadata, method) as JobDeclaration | undefined);
        if (!method || !declaration) continue;
        if (found.has(declaration.kind)) throw new Error(`two methods for ${declaration.kind}`);
        found.set(declaration.kind, { declaration, call: method.bind(instance) });
      }
    }
    return found;
  }
}

/** Jobs of one service: enqueued with `Jobs`, carried out by `@OnJob` methods. */
@Module({})
export class JobsModule {
  static forRoot(options: JobsOptions): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: OPTIONS, useValue: options },
        { provide: JOB_CLOCK, useValue: options.clock },
        {
          provide: JobStore,
          inject: [DataSource],
          useFactory: (source: DataSource) => new JobStore(source, options.clock),
        },
        Jobs,
        JobUpkeep,
        JobsLifecycle,
      ],
      exports: [Jobs],
    };
  }
}
