import type pg from 'pg';
import type { Command, Order } from '../command.ts';
import { withDatabase } from '../connection.ts';
import { Unusable } from '../unusable.ts';

interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly agencyId: string | null;
  readonly attempts: number;
  readonly deaths: number;
  readonly dueAt: Date;
  readonly failure: string | null;
  readonly failureDetail: string | null;
}

const COLUMNS = `id, kind, state, agency_id AS "agencyId", attempts, deaths, due_at AS "dueAt", failure, failure_detail AS "failureDetail"`;

/** `jobs list`: what waits, runs or was given up, recurring work among it; false when something was given up. */
export const listJobs: Command = async ({ connection, services, agency, print }) => {
  let none = true;
  for (const service of services) {
    const { rows } = await withDatabase(connection, service, (client) =>
      client.query<JobRow>(
        `SELECT ${COLUMNS} FROM platform.job
         WHERE state IN ('waiting', 'running', 'failed') AND ($1::uuid IS NULL OR agency_id = $1) ORDER BY state, due_at, seq`,
        [agency ?? null],
      ),
    );
    for (const row of rows) {
      none &&= row.state !== 'failed';
      const cause = row.failure === null ? '' : `: ${row.failure}: ${row.failureDetail ?? ''}`;
      print(
        { service, ...row },
        `${row.id}  ${row.kind}  ${row.state}  ${row.dueAt.toISOString()}, ${row.attempts} lần${cause}`,
      );
    }
  }
  return none;
};

/** `jobs show <id>`: one job whole. */
export const showJob: Command = async (order) => {
  for (const id of oneOf(order)) {
    await withJob(order, id, async (client, service) => {
      const { rows } = await client.query<object>('SELECT * FROM platform.job WHERE id = $1', [id]);
      const job = { service, ...rows[0] };
      order.print(job, JSON.stringify(job, null, 2));
    });
  }
  return true;
};

/** `jobs repeat <id>…`: what was given up or cancelled is due once more, and what waits is due at once. */
export const repeatJobs: Command = async (order) => {
  for (const id of someOf(order)) {
    await withJob(order, id, async (client) => {
      const { rowCount } = await client.query(
        `UPDATE platform.job SET state = 'waiting', due_at = least(due_at, now()), attempts = 0, deaths = 0, cancel_asked_at = NULL,
           finished_at = NULL, failure = NULL, failure_detail = NULL
         WHERE id = $1 AND state IN ('waiting', 'failed', 'cancelled')`,
        [id],
      );
      if (rowCount === 0) throw new Unusable(`${id} đang chạy hoặc đã xong. (It runs, or is done.)`);
      await client.query(`SELECT pg_notify('job', '')`);
      order.print({ id, repeated: true }, `${id}: sẽ chạy lại (will run again)`);
    });
  }
  return true;
};

/** `jobs cancel <id>…`: what waits ends, what runs is asked to. */
export const cancelJobs: Command = async (order) => {
  for (const id of someOf(order)) {
    await withJob(order, id, async (client) => {
      await client.query(
        `SELECT set_config('app.agency_id', coalesce(agency_id::text, ''), false) FROM platform.job WHERE id = $1`,
        [id],
      );
      const { rows } = await client.query<{ state: string | null }>(
        'SELECT platform.cancel_job(id, agency_id, now()) AS state FROM platform.job WHERE id = $1',
        [id],
      );
      const state = rows[0]?.state ?? null;
      if (state === null) throw new Unusable(`${id} là việc định kỳ. (It is recurring work.)`);
      order.print({ id, state }, `${id}: ${state === 'running' ? 'đang được dừng (is being stopped)' : `${state}`}`);
    });
  }
  return true;
};

function oneOf({ rest }: Order): readonly string[] {
  if (rest.length !== 1) throw new Unusable('Cần đúng một mã việc. (Name one job.)');
  return rest;
}

function someOf({ rest }: Order): readonly string[] {
  if (rest.length === 0) throw new Unusable('Cần ít nhất một mã việc. (Name at least one job.)');
  return rest;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws Unusable when no service has the job */
async function withJob(
  { connection, services }: Order,
  id: string,
  work: (client: pg.Client, service: string) => Promise<void>,
): Promise<void> {
  for (const service of UUID.test(id) ? services : []) {
    const found = await withDatabase(connection, service, async (client) => {
      const { rowCount } = await client.query('SELECT 1 FROM platform.job WHERE id = $1', [id]);
      if (rowCount === 1) await work(client, service);
      return rowCount === 1;
    });
    if (found) return;
  }
  throw new Unusable(`Không có việc ${id}. (No such job.)`);
}
