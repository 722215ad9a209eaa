import { execFileSync, fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICE_NAMES } from '@qlvb/gateway-feature';
import type { ServiceName } from '@qlvb/gateway-feature';
import { appRole, migrate, ownerRole, provisionDatabase } from '@qlvb/platform-database';
import { freePort } from '@qlvb/platform-free-ports';
import { makeTestDatabase, testPostgresUrl } from '@qlvb/platform-testing';
import { DOMAIN, Upstream } from './gate.ts';

const root = join(import.meta.dirname, '..', '..', '..');
export const PASSWORD = ['Mot', 'ngay', 'moi', '2026!'].join('-');

/** A built program of ours, started as it is in production. */
export interface Program {
  readonly child: ChildProcess;
  readonly port: number;
  /** Exit code, or the signal that ended it. */
  readonly exited: Promise<number | string | null>;
  output(): string;
}

export function build(): void {
  execFileSync(process.execPath, [join(root, 'tools/build.ts')], { stdio: 'ignore' });
}

export async function start(app: 'gateway' | 'identity', environment: Record<string, string>): Promise<Program> {
  const child = fork(join(root, `dist/apps/${app}/src/main.js`), [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'], QLVB_LOG_LEVEL: 'info', ...environment },
    execArgv: [],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | string | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message) => resolve((message as { port: number }).port));
    void exited.then(() => reject(new Error(output)));
  });
  return { child, port, exited, output: () => output };
}

/** Somebody with an account; the number is made up and belongs to no place. */
export interface Somebody {
  readonly login: string;
  readonly agencyCode: string;
  readonly unit: string;
  readonly unitSymbol: string;
  readonly fullName: string;
  readonly title: string;
  readonly roles: readonly string[];
}

export const somebody = (agencyCode: string, ...roles: string[]): Somebody => ({
  login: `${['099', '085'].join('')}${String(randomInt(1_000_000)).padStart(6, '0')}`,
  agencyCode,
  unit: 'Văn phòng',
  unitSymbol: 'VP',
  fullName: 'Trần Văn Bình',
  title: 'Cán bộ',
  roles,
});

/** The real identity and the real gateway as processes; small services in the place of the others. */
export class House {
  readonly identity: Program;
  readonly gateway: Program;
  readonly others: Readonly<Partial<Record<ServiceName, Upstream>>>;
  readonly #clean: () => Promise<void>;

  private constructor(
    identity: Program,
    gateway: Program,
    others: Readonly<Partial<Record<ServiceName, Upstream>>>,
    clean: () => Promise<void>,
  ) {
    this.identity = identity;
    this.gateway = gateway;
    this.others = others;
    this.#clean = clean;
  }

  static async open(people: readonly Somebody[]): Promise<House> {
    build();
    const name = `gateway_identity_${process.pid}_${Date.now().toString(36)}`;
    const url = (role: string, password: string): string =>
      `${testPostgresUrl().replace(/postgres:[^@]*@/, `${role}:${password}@`)}/${name}`;
    const bus = await makeTestDatabase('gateway_bus');
    await provisionDatabase(testPostgresUrl(), { name, ownerPassword: 'owner', appPassword: 'app' });
    await migrate(url(ownerRole(name), 'owner'), appRole(name), [join(root, 'apps/identity/migrations')]);
    const accounts = join(mkdtempSync(join(tmpdir(), 'qlvb-people-')), 'accounts.json');
    writeFileSync(accounts, JSON.stringify(people));
    const port = await freePort();
    const shared = { QLVB_JWKS_URL: `http://127.0.0.1:${port}/api/v1/jwks` };
    const identity = await start('identity', {
      ...shared,
      QLVB_MODE: 'embedded',
      QLVB_PORT: String(port),
      QLVB_DATABASE_URL: url(appRole(name), 'app'),
      QLVB_BUS: 'postgres',
      QLVB_BUS_URL: bus.url,
      QLVB_CCCD_KEY: randomBytes(32).toString('base64url'),
      QLVB_CCCD_INDEX_KEY: randomBytes(32).toString('base64url'),
      QLVB_HOLDER_KEY: randomBytes(32).toString('base64url'),
      QLVB_CCCD_TEST_REALM: 'true',
      QLVB_DEMO_ACCOUNTS_FILE: accounts,
      QLVB_DEMO_PASSWORD: PASSWORD,
    });
    const others: Partial<Record<ServiceName, Upstream>> = {};
    for (const service of SERVICE_NAMES) if (service !== 'identity') others[service] = await Upstream.start();
    const gateway = await start('gateway', {
      ...shared,
      QLVB_BASE_DOMAIN: DOMAIN,
      QLVB_HOSTS_REFRESH_MS: '200',
      QLVB_LOGIN_RATE_PER_MINUTE: '100',
      QLVB_DRAIN_TIMEOUT_MS: '3000',
      QLVB_IDENTITY_URL: `http://127.0.0.1:${port}`,
      ...Object.fromEntries(
        Object.entries(others).map(([service, upstream]) => [`QLVB_${service.toUpperCase()}_URL`, upstream.url]),
      ),
    });
    return new House(identity, gateway, others, async () => {
      for (const { child, exited } of [gateway, identity]) {
        child.kill('SIGTERM');
        await exited;
      }
      await Promise.all(Object.values(others).map((upstream) => upstream.stop()));
      await bus.drop();
    });
  }

  close(): Promise<void> {
    return this.#clean();
  }
}
