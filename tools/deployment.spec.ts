import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaUserOf, SERVICES } from '@qlvb/installation';
import { busConfigOf } from '@qlvb/platform-bus';
import type { BusSettings } from '@qlvb/platform-bus';
import { parseConfig } from '@qlvb/platform-config';
import type { ConfigurationError } from '@qlvb/platform-config';
import { serviceConfig } from '@qlvb/platform-service';
import { headPlaces } from '@qlvb/platform-storage';
import type { HeadsSettings } from '@qlvb/platform-storage';
import { parse } from 'yaml';
import type { z } from 'zod';
import { archiveConfig } from '../apps/archive/src/archive.config.ts';
import { documentsConfig } from '../apps/documents/src/documents.config.ts';
import { exchangeConfig } from '../apps/exchange/src/exchange.config.ts';
import { gatewayConfig } from '../apps/gateway/src/gateway.config.ts';
import { identityConfig } from '../apps/identity/src/identity.config.ts';
import { signatureConfig } from '../apps/signature/src/signature.config.ts';
import { workflowConfig } from '../apps/workflow/src/workflow.config.ts';

const root = join(import.meta.dirname, '..');

interface ComposeService {
  readonly image: string;
  readonly build?: { readonly dockerfile: string };
  readonly environment?: Record<string, string>;
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly volumes?: readonly (string | { readonly source: string })[];
  readonly command?: readonly string[];
  readonly mem_limit?: string;
  readonly networks?: readonly string[];
  readonly healthcheck?: object;
}
interface Compose {
  readonly services: Record<string, ComposeService>;
  readonly volumes: Record<string, unknown>;
  readonly networks: Record<string, unknown>;
}

const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;
const names = Object.keys(compose.services);

const CONFIGS: Record<string, z.ZodObject> = {
  identity: identityConfig,
  documents: documentsConfig,
  workflow: workflowConfig,
  signature: signatureConfig,
  exchange: exchangeConfig,
  archive: archiveConfig,
  gateway: gatewayConfig,
};
/** Settings that have no place in a container, each with the reason. */
const NOT_IN_COMPOSE: Record<string, string> = {
  QLVB_PORT_FILE: 'the port is fixed',
  QLVB_PARENT_PID: 'the container is the process tree',
  QLVB_CLOCK_FILE: 'tests move the clock, installations do not',
  QLVB_BUS_URL: 'the bus is Kafka',
  QLVB_STORAGE_DIR: 'the store is S3',
  QLVB_HEADS_DIR: 'heads go to a bucket',
  QLVB_CCCD_TEST_REALM: 'invented people live in the demonstration only',
  QLVB_DEMO_ACCOUNTS_FILE: 'invented people live in the demonstration only',
  QLVB_DEMO_PASSWORD: 'invented people live in the demonstration only',
};
/** Connections of one process beside its pool: it listens for its outbox, its jobs and the directory's rights. */
const LISTENERS = 3;
const REPLICAS = 2;
/** What operators, backups and PostgreSQL itself need. */
const OTHER_CONNECTIONS = 20;
const LONG = 'x'.repeat(43);

/** What Compose makes of `${NAME}`, `${NAME:-default}` and `${NAME:?message}`; of a default that is one of them as well. */
function filled(value: string): string {
  const inner = String(value).replace(
    /\$\{\w+(?::-([^${}]*)|:\?[^${}]*)?\}/g,
    (_whole, otherwise?: string) => otherwise ?? LONG,
  );
  return inner === value ? value : filled(inner);
}

describe('docker-compose.yml', () => {
  it.each(Object.keys(CONFIGS))('%s: its settings are complete, and each is one that the service reads', (name) => {
    const given = Object.fromEntries(
      Object.entries(compose.services[name]?.environment ?? {}).map(([key, value]) => [key, filled(value)]),
    );
    const read = new Set(['QLVB_SERVICE', 'QLVB_PORT']);
    const environment = new Proxy(given, {
      get: (target, key) => {
        read.add(String(key));
        return target[String(key)];
      },
    });
    const config = parseConfig(CONFIGS[name] ?? serviceConfig, environment);
    // A secret comes as a variable or as a file.
    const without = [...read].filter((setting) => !(setting in given) && !setting.endsWith('_FILE'));
    expect(without.filter((setting) => !(setting in NOT_IN_COMPOSE))).toEqual([]);
    if (name !== 'gateway') {
      expect(busConfigOf(config as unknown as BusSettings)).toMatchObject({ driver: 'kafka' });
      expect(headPlaces(config as unknown as HeadsSettings).map(({ kind }) => kind)).toEqual(['bucket']);
    }
    expect(Object.keys(given).filter((key) => !read.has(key))).toEqual([]);
    expect(given['QLVB_SERVICE']).toBe(name);
    expect(given['QLVB_MODE']).toBe('distributed');
  });

  it.each(Object.keys(CONFIGS).filter((name) => name !== 'gateway'))(
    '%s: tells everything that is wrong with its settings at once, those of bus and store included',
    (name) => {
      const wrong = { QLVB_BUS: 'kafka', QLVB_STORAGE: 's3', QLVB_PORT: 'x', QLVB_KAFKA_USERNAME: 'u' };
      let faults: readonly string[] = [];
      try {
        parseConfig(CONFIGS[name] ?? serviceConfig, wrong);
      } catch (error) {
        faults = (error as ConfigurationError).faults;
      }
      const named = faults.map((fault) => fault.split(':')[0]);
      const bus = ['QLVB_PORT', 'QLVB_DATABASE_URL', 'QLVB_KAFKA_BROKERS', 'QLVB_KAFKA_PASSWORD', 'QLVB_JWKS_URL'];
      const store = ['QLVB_S3_ENDPOINT', 'QLVB_S3_ACCESS_KEY', 'QLVB_S3_SECRET_KEY'];
      const stores = !['identity', 'workflow'].includes(name);
      expect(named).toEqual(expect.arrayContaining([...bus, ...(stores ? store : [])]));
    },
  );

  it('F-23 gives each service its own account on Kafka, and the broker makes exactly these', () => {
    const users = SERVICES.map((name) => compose.services[name]?.environment ?? {});
    expect(users.map(({ QLVB_KAFKA_USERNAME: user }) => user)).toEqual(SERVICES.map(kafkaUserOf));
    const passwords = users.map(({ QLVB_KAFKA_PASSWORD: password }) => /\$\{(\w+)/.exec(password ?? '')?.[1]);
    expect(passwords).toEqual(SERVICES.map((name) => `QLVB_KAFKA_${name.toUpperCase()}_PASSWORD`));
    const broker = compose.services['kafka']?.environment ?? {};
    const given = Object.values(broker).map((value) => /\$\{(\w+)/.exec(value)?.[1]);
    const others = ['QLVB_KAFKA_BROKER_PASSWORD', 'QLVB_KAFKA_ADMIN_PASSWORD'];
    expect(given.toSorted()).toEqual([...others, ...passwords].toSorted());

    const script = readFileSync(join(root, 'deploy/compose/kafka'), 'utf8');
    expect(/for name in (.*); do/.exec(script)?.[1]?.split(' ')).toEqual(['admin', ...SERVICES]);
    expect(script).toContain('allow.everyone.if.no.acl.found=false');
    const makeEnv = readFileSync(join(root, 'deploy/compose/make-env'), 'utf8');
    const made = /for user in (.*); do echo "QLVB_KAFKA/.exec(makeEnv)?.[1]?.split(' ');
    expect(made).toEqual(['BROKER', 'ADMIN', ...SERVICES.map((name) => name.toUpperCase())]);
    const local = readFileSync(join(root, 'deploy/local/kafka'), 'utf8');
    expect(/users=\((.*)\)/.exec(local)?.[1]?.split(' ')).toEqual([
      'broker',
      'qlvb_admin',
      ...SERVICES.map(kafkaUserOf),
      'stranger',
    ]);
  });

  it('builds one image for all services, from a file that is there', () => {
    const own = names.map((name) => compose.services[name]).filter((service) => service?.build);
    expect(own.length).toBe(Object.keys(CONFIGS).length + 1);
    expect(new Set(own.map((service) => `${service?.image} ${service?.build?.dockerfile}`)).size).toBe(1);
    expect(existsSync(join(root, own[0]?.build?.dockerfile ?? ''))).toBe(true);
  });

  it('names every image with a version, and only things that are declared', () => {
    for (const name of names) {
      const {
        image,
        depends_on: needs = {},
        volumes = [],
        networks = [],
        healthcheck,
      } = compose.services[name] as ComposeService;
      expect(image).toMatch(/:[^:]*\d[^:]*$/);
      for (const [other, { condition }] of Object.entries(needs)) {
        expect(names).toContain(other);
        if (condition === 'service_healthy') expect(compose.services[other]?.healthcheck).toBeDefined();
      }
      for (const volume of volumes) {
        const [source = ''] = typeof volume === 'string' ? volume.split(':') : [volume.source];
        if (source.startsWith('./') && source !== './deploy/compose/trust.pem')
          expect(existsSync(join(root, source))).toBe(true);
        else if (!source.startsWith('/') && !source.startsWith('./'))
          expect(Object.keys(compose.volumes)).toContain(source);
      }
      for (const network of networks) expect(Object.keys(compose.networks)).toContain(network);
      expect(name === 'prometheus' || name === 'grafana' || healthcheck !== undefined).toBe(true);
    }
  });

  it('F-55 is asked by Prometheus for the metrics of every replica of every service', () => {
    const { scrape_configs: jobs } = parse(readFileSync(join(root, 'deploy/prometheus/prometheus.yml'), 'utf8')) as {
      scrape_configs: { dns_sd_configs: { names: string[]; type: string; port: number }[] }[];
    };
    const asked = jobs.flatMap((job) => job.dns_sd_configs);
    expect(asked.map(({ type, port }) => [type, port])).toEqual([['A', 8080]]);
    expect(asked.flatMap(({ names: services }) => services).sort()).toEqual(Object.keys(CONFIGS).sort());
  });

  it('F-31 believes no X-Forwarded-For at the gateway unless a proxy is named', () => {
    const environment = Object.fromEntries(
      Object.entries(compose.services['gateway']?.environment ?? {}).map(([key, value]) => [key, filled(value)]),
    );
    expect(parseConfig(gatewayConfig, environment).trustedProxies).toEqual([]);
  });

  it('F-56 has connections enough for two replicas of every service', () => {
    const setting = compose.services['postgres']?.command?.find((part) => part.startsWith('max_connections='));
    const most = Number(filled(setting?.split('=')[1] ?? ''));
    const pools = SERVICES.map((name) =>
      Number(filled(compose.services[name]?.environment?.['QLVB_DATABASE_POOL_SIZE'] ?? '')),
    );
    const needed = pools.reduce((sum, pool) => sum + REPLICAS * (pool + LISTENERS), OTHER_CONNECTIONS);
    expect(needed).toBeGreaterThan(100);
    expect(most).toBeGreaterThanOrEqual(needed);
  });

  it('F-56 limits the memory of every container', () => {
    expect(names.filter((name) => !compose.services[name]?.mem_limit)).toEqual([]);
  });
});
