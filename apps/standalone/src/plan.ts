import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BUS_DATABASE,
  databaseOf,
  installDatabases,
  installKafka,
  isInstalled,
  kafkaUserOf,
  roleUrl,
  SERVICES,
} from '@qlvb/installation';
import type { Service } from '@qlvb/installation';
import { appRole, ownerRole } from '@qlvb/platform-database';
import { busConfig } from '@qlvb/platform-bus';
import { parseConfig } from '@qlvb/platform-config';
import { freePorts } from '@qlvb/platform-free-ports';
import { headPlaces, headsSettings, installStores, storageSettings } from '@qlvb/platform-storage';
import { z } from 'zod';
import { checkPort } from './preflight.ts';
import type { Secrets } from './secrets.ts';
import { cannot } from './stop.ts';
import type { ProcessPlan } from './supervisor.ts';

/** Password of every demonstration account, PIN of every demonstration token: printed at the start, good on this machine only. */
export const DEMO_PASSWORD = 'Thu-Nghiem-2026!';
export const DEMO_PIN = '123456';

export interface PlatformPlan {
  /** Makes databases, roles and tables, and loads what a new installation needs. */
  prepare(say: (line: string) => void): Promise<void>;
  /** Started one group after the other; the processes of a group together. */
  readonly groups: readonly (readonly ProcessPlan[])[];
}

/** The map of the platform on one machine: every process with its address, database and secrets. */
export async function planServices(options: {
  readonly data: string;
  readonly port: number;
  readonly secrets: Secrets;
  /** Superuser URL without a database name. */
  readonly databaseUrl: string;
}): Promise<PlatformPlan> {
  const { data, port, secrets, databaseUrl } = options;
  const apps = join(import.meta.dirname, '..', '..');
  const [spare = 0, ...free] = await freePorts(SERVICES.length + 1);
  const ports = Object.fromEntries(SERVICES.map((name, index) => [name, free[index]])) as Record<Service, number>;
  const url = (name: Service): string => `http://127.0.0.1:${ports[name]}`;
  const database = (name: string, role: 'owner' | 'app'): string =>
    roleUrl(databaseUrl, name, role === 'owner' ? ownerRole(name) : appRole(name), secrets.get(`${name}-${role}`));

  const pkiPort = stablePort(data, 'demo-pki', spare);
  await checkPort(pkiPort);
  const pkiUrl = `http://127.0.0.1:${pkiPort}`;
  const pkiFolder = join(data, 'demo-pki');
  const demo = join(apps, 'standalone', 'demo');

  const shared: Record<string, string> = {
    ...inherited(),
    QLVB_MODE: 'embedded',
    QLVB_PARENT_PID: String(process.pid),
    QLVB_HOST: '127.0.0.1',
    QLVB_BASE_DOMAIN: 'localhost',
    QLVB_JWKS_URL: `${url('identity')}/api/v1/jwks`,
    QLVB_BUS: process.env['QLVB_BUS'] ?? 'postgres',
    QLVB_STORAGE: process.env['QLVB_STORAGE'] ?? 'filesystem',
    QLVB_STORAGE_DIR: join(data, 'objects'),
    QLVB_HEADS_DIR: process.env['QLVB_HEADS_DIR'] ?? join(data, 'heads'),
  };
  const servicePlan = (name: Service): ProcessPlan => ({
    name,
    program: join(apps, name, 'src', 'main.js'),
    readyUrl: `${url(name)}/-/ready`,
    env: {
      ...shared,
      QLVB_PORT: String(ports[name]),
      QLVB_DATABASE_URL: database(databaseOf(name), 'app'),
      QLVB_BUS_URL: roleUrl(
        databaseUrl,
        BUS_DATABASE,
        appRole(databaseOf(name)),
        secrets.get(`${databaseOf(name)}-app`),
      ),
      ...kafkaAccount(name),
      ...(own[name] ?? {}),
    },
  });
  const own: Partial<Record<Service, Readonly<Record<string, string>>>> = {
    identity: {
      QLVB_CCCD_KEY: secrets.get('cccd-encryption'),
      QLVB_CCCD_INDEX_KEY: secrets.get('cccd-blind-index'),
      QLVB_HOLDER_KEY: secrets.get('number-proofs'),
      QLVB_CCCD_TEST_REALM: 'true',
      QLVB_DEMO_ACCOUNTS_FILE: join(demo, 'accounts.json'),
      QLVB_DEMO_PASSWORD: DEMO_PASSWORD,
    },
    signature: {
      QLVB_HOLDER_KEY: secrets.get('number-proofs'),
      QLVB_TRUST_STORE_FILE: join(pkiFolder, 'trust.pem'),
      QLVB_TSA_URL: `${pkiUrl}/tsa`,
      QLVB_REVOCATION_ORIGINS: pkiUrl,
    },
  };
  const demoPki: ProcessPlan = {
    name: 'demo-pki',
    program: join(apps, 'demo-pki', 'src', 'main.js'),
    readyUrl: `${pkiUrl}/-/ready`,
    env: {
      ...inherited(),
      QLVB_MODE: 'embedded',
      QLVB_PORT: String(pkiPort),
      QLVB_DEMO_PKI_DIR: pkiFolder,
      QLVB_DEMO_TOKEN_DIR: join(data, 'token'),
      QLVB_DEMO_TOKEN_PIN: DEMO_PIN,
      QLVB_DEMO_ACCOUNTS_FILE: join(demo, 'accounts.json'),
      QLVB_DEMO_AGENCIES_FILE: join(apps, 'identity', 'seed', 'agencies.json'),
    },
  };
  const gateway: ProcessPlan = {
    name: 'gateway',
    program: join(apps, 'gateway', 'src', 'main.js'),
    readyUrl: `http://127.0.0.1:${port}/-/ready`,
    env: {
      ...shared,
      QLVB_HOST: '0.0.0.0',
      QLVB_PORT: String(port),
      QLVB_LOGIN_RATE_PER_MINUTE: process.env['QLVB_LOGIN_RATE_PER_MINUTE'] ?? '600',
      QLVB_RATE_PER_MINUTE: process.env['QLVB_RATE_PER_MINUTE'] ?? '6000',
      ...Object.fromEntries(SERVICES.map((name) => [`QLVB_${name.toUpperCase()}_URL`, url(name)])),
    },
  };

  return {
    groups: [
      [servicePlan('identity'), demoPki],
      SERVICES.filter((name) => name !== 'identity').map(servicePlan),
      [gateway],
    ],
    prepare: async (say) => {
      // Before the databases: an installation that was begun has its store.
      const fresh = !(await isInstalled(databaseUrl));
      if (!(await installStores(parseConfig(z.object(storageSettings), shared), { fresh })))
        say('Không thấy kho tệp; dịch vụ chờ đến khi có lại (the object store is gone: services wait for it)');
      for (const place of headPlaces(parseConfig(z.object(headsSettings), shared))) await place.install();
      say('Chuẩn bị cơ sở dữ liệu (preparing databases)');
      const passwords = (name: string) => ({ owner: secrets.get(`${name}-owner`), app: secrets.get(`${name}-app`) });
      for (const [name, ran] of await installDatabases(databaseUrl, passwords)) {
        if (ran.length > 0) say(`  ${name}: ${ran.length} bước di trú (migrations)`);
      }
      const bus = busConfig({ QLVB_BUS_URL: databaseUrl, ...process.env });
      if (bus.driver === 'kafka') {
        say('Chuẩn bị Kafka (preparing Kafka)');
        await installKafka(bus, { log: () => undefined, warn: say, error: say });
      }
    },
  };
}

/** A port that stays the same from start to start, because addresses with it stand in certificates. */
function stablePort(data: string, name: string, free: number): number {
  const file = join(data, `${name}.port`);
  if (existsSync(file)) return Number(readFileSync(file, 'utf8'));
  writeFileSync(file, String(free));
  return free;
}

/**
 * Each service has its own account on Kafka; the launcher's, which makes topics and access lists, is passed on to none.
 *
 * @throws CannotStart naming the setting that is missing
 */
function kafkaAccount(service: Service): Record<string, string> {
  if (process.env['QLVB_BUS'] !== 'kafka') return {};
  const variable = `QLVB_KAFKA_${service.toUpperCase()}_PASSWORD`;
  const password = process.env[variable];
  if (!password) throw cannot(`${variable} chưa được đặt.`, 'it is not set, and QLVB_BUS=kafka needs it');
  return { QLVB_KAFKA_USERNAME: kafkaUserOf(service), QLVB_KAFKA_PASSWORD: password };
}

/** What the launcher passes on of its own environment: the system's, and settings of bus, store, logs and tests; no account. */
function inherited(): Record<string, string> {
  const wanted =
    /^(PATH|HOME|TMPDIR|LANG|TZ|NODE_ENV|NODE_EXTRA_CA_CERTS|QLVB_(KAFKA(?!_USERNAME|\w*_PASSWORD)|S3|HEADS|LOG|FAIL|CLOCK|CLAMD|BUS_CONCURRENCY)\w*)$/;
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => wanted.test(entry[0]) && entry[1] !== undefined,
    ),
  );
}
