import 'reflect-metadata';
import { renameSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { CustomStrategy } from '@nestjs/microservices';
import type { JWTVerifyGetKey } from 'jose';
import { acceptedPermissions, AuthModule } from '@qlvb/platform-auth';
import {
  addInternalRoutes,
  buildOpenApi,
  createHttpServer,
  defaultLimits,
  Health,
  HttpModule,
  operationsOf,
  Shutdown,
} from '@qlvb/platform-http';
import type { HttpLimits, OperationSpec } from '@qlvb/platform-http';
import { createLogger, Metrics, NestLogger } from '@qlvb/platform-observability';
import type { Logger } from '@qlvb/platform-observability';
import { drain } from './drain.ts';
import type { ServiceConfig } from './service.config.ts';

/** A Nest module class or what a `forRoot` returns. */
type ModuleDefinition = Parameters<typeof operationsOf>[0];

type Strategy = CustomStrategy['strategy'];

export interface ServiceOptions {
  readonly name: string;
  readonly module: ModuleDefinition;
  readonly config: ServiceConfig;
  readonly title?: string;
  readonly version?: string;
  readonly limits?: Partial<HttpLimits>;
  /** Every permission there is; an operation that names another one stops the start. */
  readonly permissions?: readonly string[];
  /** Strategies for events, made once the application's providers exist. */
  readonly strategies?: (app: NestFastifyApplication) => readonly Strategy[] | Promise<readonly Strategy[]>;
  /** Finds token keys without asking over HTTP: only the issuer itself needs it. */
  readonly tokenKeys?: JWTVerifyGetKey;
  readonly logger?: Logger;
}

export interface RunningService {
  readonly name: string;
  readonly app: NestFastifyApplication;
  readonly logger: Logger;
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Stops gracefully: not ready, no new connections, requests in flight, then the application's own hooks. */
  stop(): Promise<void>;
}

@Module({})
class ServiceModule {}

/** Starts a service inside this process; `bootstrap` is this plus signals and exit. Tests use it directly. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { name, config } = options;
  const logger = options.logger ?? createLogger({ service: name, level: config.logLevel });
  const metrics = new Metrics(name);
  const limits = { ...defaultLimits, ...options.limits };
  const info = { title: options.title ?? name, version: options.version ?? '1' };
  const operations = await operationsOf(options.module);
  checkPermissions(operations, options.permissions);
  const openApi = buildOpenApi(info, operations);
  const server = createHttpServer({ logger, metrics, limits, trustedProxies: config.trustedProxies });
  addInternalRoutes(server, {
    logger,
    metrics,
    health: () => app.get(Health),
    shutdown: () => app.get(Shutdown),
    openApi: () => openApi,
  });
  const root = {
    module: ServiceModule,
    imports: [
      HttpModule.forRoot({ logger, metrics, limits }),
      AuthModule.forRoot({
        keys: options.tokenKeys ?? new URL(config.jwksUrl),
        issuer: config.tokenIssuer,
        audience: config.tokenAudience,
      }),
      options.module as never,
    ],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(server as never), {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  const strategies: Strategy[] = [];
  try {
    strategies.push(...((await options.strategies?.(app)) ?? []));
    for (const strategy of strategies) app.connectMicroservice({ strategy });
    await app.init();
    await app.startAllMicroservices();
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  if (config.portFile) writePort(config.portFile, port);
  return {
    name,
    app,
    logger,
    port,
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    stop: () => drain({ app, logger, strategies, delayMs: config.drainDelayMs, timeoutMs: config.drainTimeoutMs }),
  };
}

function checkPermissions(operations: readonly OperationSpec[], known: readonly string[] | undefined): void {
  const unknown = operations.flatMap(acceptedPermissions).filter((permission) => known && !known.includes(permission));
  if (unknown.length > 0) throw new Error(`operations name unknown permissions: ${[...new Set(unknown)].join(', ')}`);
}

/** A reader sees no file or the whole number. */
function writePort(file: string, port: number): void {
  writeFileSync(`${file}.new`, String(port));
  renameSync(`${file}.new`, file);
}
