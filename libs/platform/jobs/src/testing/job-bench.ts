import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appRole, connect, Database, migrate, ownerRole, provisionDatabase } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { testPostgresUrl } from '@qlvb/platform-testing';
import { idFrom, systemClock } from '@qlvb/shared-domain';
import type { Clock } from '@qlvb/shared-domain';
import pg from 'pg';
import { JobStore } from '../job-store.ts';
import { JobWorker } from '../job-worker.ts';
import type { Handler, Outcome } from '../job-worker.ts';
import { Jobs } from '../jobs.ts';
import type { EnqueueOptions, JobStatus } from '../jobs.ts';
import type { JobDeclaration } from '../define-job.ts';

export const AGENCY = idFrom('agency:A');

/** A database with jobs and a table of effects, and workers on it. */
export class JobBench {
  readonly appUrl: string;
  readonly admin: pg.Pool;
  readonly outcomes: Outcome[] = [];
  readonly warnings: string[] = [];
  readonly jobs = new Jobs();
  readonly #name = `jobs_${process.pid}_${Date.now().toString(36)}`;
  readonly #stops: (() => Promise<void>)[] = [];
  #database: Database | undefined;

  constructor() {
    this.appUrl = this.#url(appRole(this.#name), 'a');
    this.admin = new pg.Pool({ connectionString: `${testPostgresUrl()}/${this.#name}`, max: 2 });
  }

  async open(): Promise<void> {
    await provisionDatabase(testPostgresUrl(), { name: this.#name, ownerPassword: 'o', appPassword: 'a' });
    const folder = mkdtempSync(join(tmpdir(), 'qlvb-jobs-'));
    writeFileSync(
      join(folder, '1763856000001-create-effect.sql'),
      `CREATE TABLE effect (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, agency_id uuid NOT NULL, letter text NOT NULL, what text NOT NULL);
       SELECT platform.protect('effect');`,
    );
    writeFileSync(join(folder, 'rights.sql'), 'GRANT SELECT, INSERT ON effect TO :app;');
    await migrate(this.#url(ownerRole(this.#name), 'o'), appRole(this.#name), [folder]);
    const source = await connect({ url: this.appUrl, poolSize: 4, entities: [], applicationName: 'bench' });
    this.#stops.push(() => source.destroy());
    this.#database = new Database(source, 'testing');
  }

  get database(): Database {
    if (!this.#database) throw new Error('the bench is not open');
    return this.#database;
  }

  /** A worker with connections of its own, as in a process of its own. */
  async worker(
    handlers: readonly Handler[],
    clock: Clock = systemClock,
    atOnce = 4,
    graceMs = 200,
  ): Promise<JobWorker> {
    const source = await connect({ url: this.appUrl, poolSize: 8, entities: [], applicationName: 'worker' });
    const log = { warn: (line: string) => this.warnings.push(line), error: (line: string) => this.warnings.push(line) };
    const database = new Database(source, 'testing', clock);
    const worker = new JobWorker(handlers, new JobStore(source, clock), database, log, {
      atOnce,
      graceMs,
      observe: (_kind, outcome) => this.outcomes.push(outcome),
    });
    const unlisten = worker.listen(this.appUrl);
    this.#stops.unshift(async () => {
      await worker.stop();
      unlisten();
      await source.destroy();
    });
    await worker.start();
    return worker;
  }

  enqueue<Declaration extends JobDeclaration>(
    declaration: Declaration,
    data: object,
    options: EnqueueOptions = {},
    agencyId = AGENCY,
  ): Promise<string> {
    return this.database.command((tx) => this.jobs.enqueue(tx, declaration, data, options), { agencyId });
  }

  write(tx: Tx, letter: string, what: string): Promise<unknown> {
    return tx.manager.query('INSERT INTO effect (agency_id, letter, what) VALUES ($1, $2, $3)', [
      tx.agencyId,
      letter,
      what,
    ]);
  }

  async effects(): Promise<string[]> {
    const { rows } = await this.admin.query<{ text: string }>(
      `SELECT letter || ' ' || what AS text FROM effect ORDER BY id`,
    );
    return rows.map(({ text }) => text);
  }

  async find(id: string, agencyId = AGENCY): Promise<JobStatus | undefined> {
    return this.database.read((manager) => this.jobs.find(manager, id), { agencyId });
  }

  /** Waits until nothing waits or runs but recurring work. */
  async quiet(): Promise<void> {
    for (const end = Date.now() + 30_000; ; await new Promise((done) => setTimeout(done, 20))) {
      const { rows } = await this.admin.query(
        `SELECT kind, state FROM platform.job WHERE state IN ('waiting', 'running') AND recurs_seconds IS NULL`,
      );
      if (rows.length === 0) return;
      if (Date.now() > end) throw new Error(`jobs are left: ${JSON.stringify(rows)}\n${this.warnings.join('\n')}`);
    }
  }

  async clear(): Promise<void> {
    for (const stop of this.#stops.splice(0, this.#stops.length - 1)) await stop();
    await this.admin.query('DELETE FROM platform.job; DELETE FROM effect');
    this.outcomes.splice(0);
    this.warnings.splice(0);
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) await stop();
    await this.admin.end();
    const admin = new pg.Client({ connectionString: `${testPostgresUrl()}/postgres` });
    await admin.connect();
    await admin.query(`DROP DATABASE IF EXISTS ${this.#name} WITH (FORCE)`);
    await admin.query(`DROP ROLE IF EXISTS ${ownerRole(this.#name)}`);
    await admin.query(`DROP ROLE IF EXISTS ${appRole(this.#name)}`);
    await admin.end();
  }

  #url(role: string, password: string): string {
    return `${testPostgresUrl().replace(/postgres:[^@]*@/, `${role}:${password}@`)}/${this.#name}`;
  }
}

export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await condition()); await new Promise((done) => setTimeout(done, 10))) {
    if (Date.now() > end) throw new Error(`it never came: ${what}`);
  }
}
