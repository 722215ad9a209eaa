// A worker in a process of its own, for tests that kill it: says when a letter's work has begun, and ends it after a while.
import { setTimeout as wait } from 'node:timers/promises';
import { connect, Database } from '@qlvb/platform-database';
import { systemClock } from '@qlvb/shared-domain';
import { JobStore } from '../job-store.ts';
import { JobWorker } from '../job-worker.ts';
import type { Job } from '../job.ts';
import { SendLetter } from './letter-job.ts';

const { url, delayMs } = JSON.parse(process.argv[2] ?? '') as { url: string; delayMs: number };
const source = await connect({ url, poolSize: 4, entities: [], applicationName: 'job-program' });
const database = new Database(source, 'testing');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const worker = new JobWorker(
  [
    {
      declaration: SendLetter,
      run: async (job: Job) => {
        const { letter } = job.data as { letter: string };
        say(`begun ${letter}`);
        await wait(delayMs, undefined, { signal: job.signal });
        await database.command(async (tx) => {
          await tx.manager.query('INSERT INTO effect (agency_id, letter, what) VALUES ($1, $2, $3)', [
            tx.agencyId,
            letter,
            'sent',
          ]);
          await job.finish(tx);
        });
        say(`ended ${letter}`);
      },
      failed: async (job, { code }, tx) => {
        const { letter } = job.data as { letter: string };
        await tx.manager.query('INSERT INTO effect (agency_id, letter, what) VALUES ($1, $2, $3)', [
          tx.agencyId,
          letter,
          code,
        ]);
      },
    },
  ],
  new JobStore(source, systemClock),
  database,
  { warn: say, error: say },
  { atOnce: 2, graceMs: 1000 },
);
await worker.start();
worker.listen(url);
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
say('ready');
