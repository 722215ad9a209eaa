import type { RunningPlatform } from '../running-platform.ts';
import { call, demoAccount, DEMO_PASSWORD, send } from './people.ts';

interface World {
  readonly platform: RunningPlatform;
}

interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Something that any officer may read, of each service. */
const READS = ['outgoing-documents', 'tasks', 'certificates', 'deliveries', 'dossiers', 'users'];

/** A token that was stolen is of use to nobody once its owner's session has ended. @source SEC-S02 */
export function endedSessionsSuite(world: () => World): void {
  const post = <T>(path: string, body: unknown): Promise<T> =>
    call<T>(world().platform, { method: 'POST', path: `/api/v1/auth/${path}` }, body);
  const login = (): Promise<Session> =>
    post<Session>('sessions', { cccd: demoAccount('H46.11', 'officer'), password: DEMO_PASSWORD });
  const read = async (resource: string, { accessToken }: Session): Promise<number> => {
    const headers = { authorization: `Bearer ${accessToken}` };
    return (await send(world().platform, { method: 'GET', path: `/api/v1/${resource}`, headers })).status;
  };

  const ends: readonly [string, (session: Session) => Promise<unknown>][] = [
    [
      'logout',
      ({ accessToken }) =>
        call(world().platform, {
          ...{ method: 'DELETE', path: '/api/v1/auth/sessions/current' },
          headers: { authorization: `Bearer ${accessToken}` },
        }),
    ],
    [
      'a refresh token shown twice',
      async ({ refreshToken }) => {
        await post('refreshes', { refreshToken });
        const again = {
          ...{ method: 'POST', path: '/api/v1/auth/refreshes', headers: { 'content-type': 'application/json' } },
          body: JSON.stringify({ refreshToken }),
        };
        expect((await send(world().platform, again)).status).toBe(401);
      },
    ],
  ];

  it.each(ends)('F-25 %s ends the access token in every service long before it runs out', async (_how, end) => {
    const session = await login();
    const bystander = await login();
    for (const resource of READS) expect([resource, await read(resource, session)]).toEqual([resource, 200]);
    await end(session);
    const ended = performance.now();
    const took = await Promise.all(
      READS.map(async (resource) => {
        while ((await read(resource, session)) !== 401) {
          if (performance.now() - ended > 60_000) throw new Error(`${resource} still believes the token`);
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        return performance.now() - ended;
      }),
    );
    process.stdout.write(`${READS.map((resource, n) => `${resource} ${Math.round(took[n] ?? 0)} ms`).join(', ')}\n`);
    for (const resource of READS) expect([resource, await read(resource, bystander)]).toEqual([resource, 200]);
  });
}
