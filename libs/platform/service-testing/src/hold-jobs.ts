import type pg from 'pg';

/** The worker takes jobs under this lock. */
const TAKING = 7_201_020;

/** Does something while no job of the service begins, so that what is enqueued meanwhile waits. */
export async function whileNoJobBegins<T>(admin: pg.Pool, work: () => Promise<T>): Promise<T> {
  const client = await admin.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [TAKING]);
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [TAKING]);
    client.release();
  }
}
