import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { CloudEvent, DataOf, EventDeclaration } from '@qlvb/contracts';
import { startTestTokenIssuer } from '@qlvb/platform-auth-testing';
import type { TestTokenClaims, TestTokenIssuer } from '@qlvb/platform-auth-testing';
import { busConfig, createEventBus, QlvbBusStrategy } from '@qlvb/platform-bus';
import type { BusConfig } from '@qlvb/platform-bus';
import { parseConfig } from '@qlvb/platform-config';
import type { Config } from '@qlvb/platform-config';
import { appRole, Database, migrate, ownerRole, provisionDatabase } from '@qlvb/platform-database';
import { createLogger } from '@qlvb/platform-observability';
import type { LogLevel } from '@qlvb/platform-observability';
import { startService } from '@qlvb/platform-service';
import type { RunningService, ServiceConfig, ServiceOptions } from '@qlvb/platform-service';
import { FilesystemStore } from '@qlvb/platform-storage';
import { makeTestDatabase, testPostgresUrl } from '@qlvb/platform-testing';
import { newId } from '@qlvb/shared-domain';
import { assertEntitiesMatch } from './entities-match.ts';
import { until } from './until.ts';

export interface TestServiceOptions<Schema extends z.ZodObject> {
  /** Also the consumer group. */
  readonly name: string;
  readonly schema: Schema;
  readonly module: (config: Config<Schema>, bus: BusConfig) => ServiceOptions['module'];
  /** Folders of SQL migrations after the platform's. */
  readonly migrations: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What the log keeps; `warn` when left out. */
  readonly logLevel?: LogLevel;
}

export interface Ask {
  /** Whose token goes with the request; none when null. */
  readonly as: TestTokenClaims | null;
  readonly method?: string;
  readonly body?: unknown;
  /** Bytes as they are instead of a JSON body. */
  readonly bytes?: Uint8Array;
  /** Idempotency-Key; a fresh one for every POST when left out. */
  readonly key?: string;
  readonly ifMatch?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A service on a real port with its own databases, tokens of its own, and the real bus under it. */
export interface TestService {
  readonly service: RunningService;
  readonly issuer: TestTokenIssuer;
  /** What a process of the same service on the same databases is started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** The service's database as its superuser: past row-level security. */
  readonly admin: pg.Pool;
  /** Connection URL of the application's role, bound by row-level security. */
  readonly appUrl: string;
  /** The lines of the log. */
  readonly log: string[];
  /** Sends a request below `/api/v1`. */
  ask(path: string, ask: Ask): Promise<Response>;
  /** `ask` for a JSON answer of an expected status. @throws Error with the problem when the status is another */
  json<T>(path: string, ask: Ask & { readonly status?: number }): Promise<T>;
  /** Puts an event on the bus and waits until the service has applied it. @returns its id */
  deliver<Declaration extends EventDeclaration>(
    declaration: Declaration,
    agencyId: string,
    data: DataOf<Declaration>,
    id?: string,
  ): Promise<string>;
  /** Every event of this type that the service has put into its outbox, oldest first. */
  published<Declaration extends EventDeclaration>(declaration: Declaration): Promise<CloudEvent<DataOf<Declaration>>[]>;
  stop(): Promise<void>;
}

export async function startTestService<Schema extends z.ZodObject>(
  options: TestServiceOptions<Schema>,
): Promise<TestService> {
  const { name } = options;
  const databaseName = `${name}_${process.pid}_${Date.now().toString(36)}`;
  const busDatabase = await makeTestDatabase(`${name}_bus`);
  const roleUrl = (role: string, password: string): string =>
    `${testPostgresUrl().replace(/postgres:[^@]*@/, `${role}:${password}@`)}/${databaseName}`;
  await provisionDatabase(testPostgresUrl(), { name: databaseName, ownerPassword: 'owner', appPassword: 'app' });
  await migrate(roleUrl(ownerRole(databaseName), 'owner'), appRole(databaseName), options.migrations);

  const folder = options.environment?.['QLVB_STORAGE_DIR'];
  if (folder !== undefined) await new FilesystemStore(folder).install();

  const issuer = await startTestTokenIssuer();
  const appUrl = roleUrl(appRole(databaseName), 'app');
  const environment = {
    ...issuer.environment,
    QLVB_DATABASE_URL: appUrl,
    QLVB_BUS: 'postgres',
    QLVB_BUS_URL: busDatabase.url,
    QLVB_DRAIN_TIMEOUT_MS: '5000',
    ...options.environment,
  };
  const bus = busConfig(environment);
  const config = parseConfig(options.schema, environment);
  const log: string[] = [];
  let source: DataSource | undefined;
  const service = await startService({
    name,
    module: options.module(config, bus),
    config: config as unknown as ServiceConfig,
    logger: createLogger({ service: name, level: options.logLevel ?? 'warn', write: (line) => log.push(line) }),
    strategies: (app) => {
      ({ source } = app.get(Database));
      return [app.get(QlvbBusStrategy)];
    },
  });
  if (!source) throw new Error('the service opened no database');
  await assertEntitiesMatch(source);
  const outside = createEventBus(bus, { log: () => undefined, warn: () => undefined, error: () => undefined });
  const admin = new pg.Pool({ connectionString: `${testPostgresUrl()}/${databaseName}`, max: 4 });

  const ask = async (path: string, request: Ask): Promise<Response> => {
    const { as, body, bytes, ifMatch } = request;
    const method = request.method ?? (body === undefined && bytes === undefined ? 'GET' : 'POST');
    const headers: Record<string, string> = {
      ...(as === null ? {} : await issuer.authorization(as)),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': request.key ?? `test-${newId()}` } : {}),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...request.headers,
    };
    const payload = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
    return fetch(`${service.url}/api/v1${path}`, {
      method,
      headers,
      ...(payload === undefined ? {} : { body: payload as never }),
    });
  };

  return {
    service,
    issuer,
    environment,
    admin,
    appUrl,
    log,
    ask,
    json: async <T>(path: string, { status, ...request }: Ask & { readonly status?: number }): Promise<T> => {
      const answer = await ask(path, request);
      const text = await answer.text();
      if (status === undefined ? !answer.ok : answer.status !== status) {
        throw new Error(`${request.method ?? ''} ${path}: ${answer.status} ${text}\n${log.slice(-3).join('\n')}`);
      }
      return JSON.parse(text) as T;
    },
    deliver: async (declaration, agencyId, data, id = newId()) => {
      const key = declaration.key(data);
      const event: CloudEvent = {
        specversion: '1.0',
        id,
        source: '/qlvb/test',
        type: declaration.type,
        time: new Date().toISOString(),
        subject: key,
        datacontenttype: 'application/json',
        agencyid: agencyId,
        // Where others may send more than this platform does, it goes out as it is.
        data: declaration.accepts ? data : declaration.data.parse(data),
      };
      await outside.publish([
        { id, topic: declaration.topic, key, lane: 'normal', value: JSON.stringify(event), headers: {} },
      ]);
      await until(`${declaration.type} applied\n${log.slice(-5).join('\n')}`, async () => {
        const { rowCount } = await admin.query(
          'SELECT 1 FROM platform.inbox WHERE consumer_group = $1 AND event_id = $2',
          [name, id],
        );
        return rowCount === 1 ? true : undefined;
      });
      return id;
    },
    published: async (declaration) => {
      const { rows } = await admin.query<{ event: string }>('SELECT event FROM platform.outbox ORDER BY seq');
      return rows
        .map(({ event }) => JSON.parse(event) as CloudEvent)
        .filter((event) => event.type === declaration.type) as never;
    },
    stop: async () => {
      await service.stop();
      await outside.close();
      await admin.end();
      await issuer.close();
      await busDatabase.drop();
      await dropDatabase(databaseName);
    },
  };
}

async function dropDatabase(name: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${testPostgresUrl()}/postgres` });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${ownerRole(name)}`);
    await client.query(`DROP ROLE IF EXISTS ${appRole(name)}`);
  } finally {
    await client.end();
  }
}
