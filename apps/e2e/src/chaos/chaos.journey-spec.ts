import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeIf } from '@qlvb/platform-testing';
import { keyOf } from '@qlvb/platform-storage';
import pg from 'pg';
import { startLocalServer } from '../local-server.ts';
import type { LocalServer } from '../local-server.ts';
import { startPlatform } from '../running-platform.ts';
import type { RunningPlatform } from '../running-platform.ts';
import { check } from './checker/check.ts';
import { measureLength, runSeed } from './run-seed.ts';

const MINUTE = 60_000;
/** `npm run chaos` runs twenty; QLVB_CHAOS_SEEDS says how many the time allows here. */
const SEEDS = Array.from({ length: Number(process.env['QLVB_CHAOS_SEEDS'] ?? 3) }, (_none, index) => index + 1);

const BUSES = [
  ['postgres', true],
  ['kafka', Boolean(process.env['QLVB_TEST_KAFKA'])],
] as const;

for (const [bus, isHere] of BUSES) {
  describeIf(isHere, 'Kafka (deploy/local/kafka start)', `processes killed during the main job, bus ${bus}`, () => {
    let broker: LocalServer | undefined;
    let platform: RunningPlatform;
    let commands: number;

    beforeAll(async () => {
      broker = bus === 'kafka' ? await startLocalServer('kafka') : undefined;
      platform = await startPlatform({ env: broker?.environment ?? {} });
      commands = await measureLength(platform);
    }, 5 * MINUTE);
    afterAll(async () => {
      await platform.stop();
      await broker?.stop();
    }, MINUTE);

    it.each(SEEDS)(
      'seed %d: nothing lost, nothing doubled',
      async (seed) => {
        const { killed, faults } = await runSeed(platform, seed, commands);
        expect(killed).not.toEqual([]);
        expect(faults).toEqual([]);
      },
      5 * MINUTE,
    );

    if (bus === 'postgres') {
      describe('the checker sees what is broken by hand', () => {
        const history = (): string => join(platform.data, 'first', 'history.jsonl');
        const change = async (database: string, sql: string): Promise<string> => {
          const client = new pg.Client({ connectionString: platform.databaseUrl(database) });
          await client.connect();
          try {
            const { rows } = await client.query<{ value?: string }>(sql);
            expect(rows).not.toEqual([]);
            return rows[0]?.value ?? '';
          } finally {
            await client.end();
          }
        };
        const faults = async (): Promise<string> => (await check(platform, history(), 0)).join('\n');

        it('is content before', async () => expect(await faults()).toBe(''));

        it.each([
          ['a delivery that is gone', 'qlvb_exchange', `UPDATE delivery SET document_id = gen_random_uuid() WHERE id = (SELECT id FROM delivery ORDER BY created_at LIMIT 1) RETURNING id AS value`, /recipients, 2 deliveries/], // prettier-ignore
          ['a number that was skipped', 'qlvb_documents', `UPDATE number_sequence SET last_number = last_number + 1 WHERE sequence_key = 'arrival' RETURNING 1`, /arrivals of/], // prettier-ignore
          ['a task that was doubled', 'qlvb_workflow', `INSERT INTO task SELECT r.* FROM task t, jsonb_populate_record(NULL::task, to_jsonb(t) || jsonb_build_object('id', gen_random_uuid())) r WHERE t.instruction_id IS NOT NULL LIMIT 1 RETURNING 1`, /tasks/], // prettier-ignore
          ['an audit entry that was altered', 'qlvb_documents', `UPDATE platform.audit SET entry = replace(entry, '"action"', '"act1on"') WHERE seq = 2 RETURNING 1`, /audit of documents/], // prettier-ignore
          ['a command that was forgotten', 'qlvb_documents', `DELETE FROM platform.idempotency RETURNING 1`, /stored 0 times/], // prettier-ignore
        ])('%s', async (_what, database, sql, sentence) => {
          await change(database, sql);
          expect(await faults()).toMatch(sentence);
        });

        it('an object that is gone', async () => {
          const sha256 = await change('qlvb_documents', 'SELECT sha256 AS value FROM file LIMIT 1');
          rmSync(join(platform.data, 'objects', keyOf(sha256)));
          expect(await faults()).toContain(sha256);
        });
      });
    }
  });
}
