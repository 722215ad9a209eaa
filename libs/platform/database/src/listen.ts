import pg from 'pg';

export interface Listening {
  /** Its database session's name. */
  readonly name: string;
  readonly channel: string;
  /** A notice came. */
  readonly heard: (payload: string) => void;
  /** Notices are heard from now on; what was told before, while nobody listened, was missed. */
  readonly began?: () => void;
  /** The connection was lost; it is made again by itself. */
  readonly lost?: () => void;
}

const AGAIN_MS = 1000;

/**
 * Hears the notices of a channel, on a connection of its own, for as long as it is not stopped.
 *
 * @returns ends the listening
 */
export function listen(url: string, { name, channel, heard, began, lost }: Listening): () => void {
  let session: pg.Client | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    lost?.();
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void open();
    }, AGAIN_MS);
  };
  const open = async (): Promise<void> => {
    try {
      session = await openSession(url, name);
      session.on('notification', ({ payload }) => heard(payload ?? ''));
      session.on('end', again);
      await session.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      if (stopped) await session.end();
      else began?.();
    } catch {
      // Whoever listens also looks by itself from time to time; hearing is only the fast way.
      again();
    }
  };
  void open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    session?.end().catch((gone: unknown) => void gone);
  };
}

/** A database session outside the pool. */
export async function openSession(url: string, name: string): Promise<pg.Client> {
  const session = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    application_name: name,
  });
  // A lost connection shows at the next query; without a listener it would end the process.
  session.on('error', (gone: unknown) => void gone);
  await session.connect();
  return session;
}
