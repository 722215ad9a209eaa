import { databaseOf, SERVICES } from '@qlvb/installation';
import pg from 'pg';

const POLL_MS = 100;

interface Count {
  readonly agencies: number;
  readonly posts: number;
}

/**
 * Waits until every service knows the agencies and posts that identity has told of: before, it would refuse to name them.
 *
 * @returns the services that did not hear of them in time
 */
export async function untilDirectoryIsEverywhere(
  urlOf: (database: string) => string,
  limitMs: number,
  stopping: () => boolean,
): Promise<string[]> {
  const wanted = await ask(urlOf(databaseOf('identity')), 'agency', 'post');
  const deadline = Date.now() + limitMs;
  const late = await Promise.all(
    SERVICES.filter((name) => name !== 'identity').map(async (name) => {
      while (!stopping()) {
        const known = await ask(urlOf(databaseOf(name)), 'directory_agency', 'directory_post');
        if (known.agencies >= wanted.agencies && known.posts >= wanted.posts) return undefined;
        if (Date.now() > deadline) return name;
        await new Promise((done) => setTimeout(done, POLL_MS));
      }
      return undefined;
    }),
  );
  return late.filter((name) => name !== undefined);
}

async function ask(url: string, agencies: string, posts: string): Promise<Count> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Count>(
      `SELECT (SELECT count(*)::int FROM ${agencies}) AS agencies, (SELECT count(*)::int FROM ${posts}) AS posts`,
    );
    return rows[0] ?? { agencies: 0, posts: 0 };
  } finally {
    await client.end();
  }
}
