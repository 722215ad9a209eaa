import { join } from 'node:path';
import { startEmbeddedPostgres } from '@qlvb/platform-embedded-postgres';
import type { EmbeddedPostgres } from '@qlvb/platform-embedded-postgres';
import { LogFile } from './log-file.ts';
import type { Secrets } from './secrets.ts';

export interface EmbeddedDatabase {
  /** Superuser URL without a database name; the same for the life of this run. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts PostgreSQL and keeps it running: a server that ends by itself comes back on the same port. */
export async function startDatabase(options: {
  readonly data: string;
  readonly secrets: Secrets;
  readonly say: (line: string) => void;
}): Promise<EmbeddedDatabase> {
  const { data, secrets, say } = options;
  const log = new LogFile(join(data, 'logs', 'postgres.log'), say);
  let stopping = false;
  let starting: Promise<EmbeddedPostgres>;
  let port = Number(process.env['QLVB_PG_PORT'] ?? 0);

  const start = (): Promise<EmbeddedPostgres> => (starting = launch());
  const launch = async (): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({
      folder: join(data, 'postgres'),
      port,
      password: secrets.get('postgres'),
      ownSession: true,
      onLog: (line) => log.append(`${line}\n`),
    });
    port = server.port;
    void server.exited.then(() => (stopping ? undefined : restart()));
    return server;
  };
  const restart = async (): Promise<void> => {
    say('PostgreSQL ended; starting it again (recovery runs by itself)');
    try {
      await start();
    } catch (error) {
      say(`PostgreSQL did not come back: ${error instanceof Error ? error.message : String(error)}; trying again`);
      setTimeout(() => void (stopping ? undefined : restart()), 1000);
    }
  };

  say('Khởi động PostgreSQL (starting)');
  const started = await start();
  return {
    url: started.url,
    stop: async () => {
      stopping = true;
      // One that is just being started again ends too; one that cannot start has nothing left to end.
      const server = await starting.catch(() => undefined);
      await server?.stop();
    },
  };
}
