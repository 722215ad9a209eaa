import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestService, until } from '@qlvb/platform-service-testing';
import type { TestService, TestServiceOptions } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';
import { AppModule } from '../src/app.module.ts';
import { documentsConfig } from '../src/documents.config.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(mkdtempSync(join(tmpdir(), 'heads-')), 'kept');
const AGENCY = newId();
const objects = (): string => mkdtempSync(join(tmpdir(), 'heads-objects-'));
const OPTIONS: TestServiceOptions<typeof documentsConfig> = {
  name: 'documents',
  schema: documentsConfig,
  module: (config, bus) => AppModule.forRoot(config, bus),
  migrations: ['libs/shared/directory', 'libs/platform/access', 'apps/documents'].map((one) =>
    join(root, one, 'migrations'),
  ),
};
let test: TestService;

beforeAll(async () => {
  test = await startTestService({
    ...OPTIONS,
    environment: { QLVB_STORAGE_DIR: objects(), QLVB_HEADS_DIR: folder },
  });
});
afterAll(() => test.stop());

async function append(action: string): Promise<void> {
  await test.admin.query(`INSERT INTO platform.inbox (consumer_group, event_id) VALUES ($1, gen_random_uuid())`, [
    action,
  ]);
  await test.admin.query('SELECT platform.append_audit($1, $2)', [AGENCY, JSON.stringify({ action })]);
}

/** Runs the job before its hour, until there are so many heads of the agency. */
const keptHeads = (count: number): Promise<boolean> =>
  until(`${count} heads`, async () => {
    await test.admin.query(
      `UPDATE platform.job SET due_at = now() WHERE kind = 'platform.keep-heads' AND state = 'waiting'`,
    );
    await test.admin.query(`SELECT pg_notify('job', '')`);
    return ofAgency().length >= count;
  });

interface Line {
  readonly agencyId?: string;
  readonly seq?: number;
  readonly hash?: string;
  readonly journal?: object;
}
const files = (): string[] => (existsSync(folder) ? readdirSync(folder).toSorted() : []);
const kept = (): Line[] =>
  files().flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line),
  );
const ofAgency = (): (number | undefined)[] =>
  kept()
    .filter(({ agencyId }) => agencyId === AGENCY)
    .map(({ seq }) => seq);

describe('F-24 SEC-L05 heads of chains and journal', () => {
  it('leave the database by a job, in files that are only added, each head once', async () => {
    await append('first');
    await keptHeads(1);
    await append('second');
    await keptHeads(2);
    expect(ofAgency()).toEqual([1, 2]);
    const { rows } = await test.admin.query<Line>(
      `SELECT seq::int AS seq, encode(hash, 'hex') AS hash FROM platform.audit_head WHERE agency_id = $1`,
      [AGENCY],
    );
    expect(
      kept()
        .filter(({ agencyId }) => agencyId === AGENCY)
        .at(-1),
    ).toMatchObject(rows[0] ?? {});
    const seals = await test.admin.query<object>(
      `SELECT id::int AS id, encode(hash, 'hex') AS hash FROM platform.journal_seal ORDER BY 1`,
    );
    expect(kept().flatMap(({ journal }) => journal ?? [])).toMatchObject(seals.rows);
    expect(seals.rows).not.toEqual([]);
    expect(files().map((file) => statSync(join(folder, file)).mode & 0o222)).toEqual(files().map(() => 0));
  });
});

describe('the places of heads', () => {
  const placesOf = async ({ service }: TestService): Promise<string | undefined> =>
    /^qlvb_head_places\S* (\d+)$/m.exec(await (await fetch(`${service.url}/-/metrics`)).text())?.[1];

  it('SEC-L05 are counted in the metrics, and nothing is said where there is one', async () => {
    expect(await placesOf(test)).toBe('1');
    expect(test.log.filter((line) => line.includes('kept nowhere'))).toEqual([]);
  });

  it('SEC-L05 that are none are a warning at the start, and none in the metrics', async () => {
    const without = await startTestService({ ...OPTIONS, environment: { QLVB_STORAGE_DIR: objects() } });
    try {
      expect(await placesOf(without)).toBe('0');
      const warned = without.log.filter((line) => line.includes('kept nowhere outside the database'));
      expect(warned).toHaveLength(1);
      expect(JSON.parse(warned[0] ?? '')).toMatchObject({ level: 'warn' });
    } finally {
      await without.stop();
    }
  });
});
