import { randomUUID } from 'node:crypto';
import { request as open } from 'node:http';
import { startTestTokenIssuer } from '@qlvb/platform-auth-testing';
import type { TestTokenFaults } from '@qlvb/platform-auth-testing';
import type { RunningPlatform } from '../running-platform.ts';
import { operations } from './description.ts';
import type { ApiOperation } from './description.ts';
import { snapshot } from './foreign-ids.ts';
import { resolve } from './foreign-request.ts';
import { hostileInputs, ID, nothing, pathWith } from './hostile-inputs.ts';
import type { Hostile } from './hostile-inputs.ts';
import { sample } from './json-sample.ts';
import { send } from './people.ts';
import type { ApiAnswer, ApiRequest, Person } from './people.ts';
import type { Authorize } from './trusted-issuer.ts';

interface World {
  readonly platform: RunningPlatform;
  readonly stranger: Person;
  readonly strangerHost: string;
  readonly authorize: Authorize;
}

const HOUR = 3_600_000;
const ago = (ms: number): Date => new Date(Date.now() - ms);

/** Of tokens that a published key has signed. */
const TOKEN_FAULTS: readonly (readonly [string, () => TestTokenFaults])[] = [
  ['an expired token', () => ({ issuedAt: ago(2 * HOUR), notBefore: ago(2 * HOUR), expires: ago(HOUR) })],
  ['a token of tomorrow', () => ({ notBefore: ago(-24 * HOUR), expires: ago(-25 * HOUR) })],
  ['a token that lives too long', () => ({ expires: ago(-24 * HOUR) })],
  ['a token of another issuer', () => ({ issuer: 'https://example.org' })],
  ['a token for others', () => ({ audience: 'example' })],
  ['a token of another kind', () => ({ type: 'JWT' })],
];

/** @source API4 */
export function hostileSuite(world: () => World): void {
  let before: Record<string, string>;
  let pids: Readonly<Record<string, number>>;
  beforeAll(async () => {
    before = await snapshot(world().platform);
    pids = world().platform.pids();
  });

  const ask = async (operation: ApiOperation, { request }: Pick<Hostile, 'request'>): Promise<ApiAnswer> => {
    const good = operation.body === undefined ? undefined : JSON.stringify(sample(operation.body, resolve, nothing));
    return send(world().platform, {
      method: operation.method,
      path: pathWith(operation, operation.path.includes('{year}') ? '2026' : ID),
      host: world().strangerHost,
      ...(good === undefined ? {} : { body: good }),
      ...request,
      headers: {
        ...(operation.isPublic ? {} : { authorization: world().stranger.authorization }),
        'idempotency-key': `hostile-${randomUUID()}`,
        'if-match': '"1"',
        ...(good === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
    });
  };
  const judge = (operation: ApiOperation, what: string, answer: ApiAnswer, status?: readonly number[]): string[] => {
    const { code } = (answer.mediaType === 'application/problem+json' ? JSON.parse(answer.text) : {}) as {
      code?: string;
    };
    const known = operation.answers.get(answer.status) ?? [];
    const told = `${what}: ${answer.status} ${code ?? answer.text.slice(0, 100)}`;
    if (status && !status.includes(answer.status)) return [`${told} (wanted ${status.join(' or ')})`];
    return code !== undefined && known.includes(code) ? [] : [`${told} (not documented)`];
  };

  describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
    it('API4 every wrong input: the documented problem', async () => {
      const faults: string[] = [];
      for (const hostile of hostileInputs(operation)) {
        faults.push(...judge(operation, hostile.what, await ask(operation, hostile), hostile.status));
      }
      expect(faults).toEqual([]);
    });

    it('API2 every wrong host or token: the documented problem', async () => {
      const issuer = await startTestTokenIssuer();
      const { agencyId, userId } = world().stranger;
      const foreign = await issuer.authorization({ agencyId, userId });
      await issuer.close();
      const none = Buffer.from('{"alg":"none"}').toString('base64url');
      const faults: string[] = [];
      const expectAnswer = async (what: string, request: Partial<ApiRequest>, status: number[]): Promise<void> => {
        faults.push(...judge(operation, what, await ask(operation, { request }), status));
      };
      await expectAnswer('unknown host', { host: 'qlvb-khongco.localhost' }, [404]);
      await expectAnswer('a huge header', { headers: { 'x-large': 'a'.repeat(70_000) } }, [431]);
      if (!operation.isPublic) {
        await expectAnswer('no token', { headers: { authorization: '' } }, [401]);
        await expectAnswer('a foreign token', { headers: foreign }, [401]);
        for (const [what, faults] of TOKEN_FAULTS) {
          const authorization = await world().authorize({ agencyId, userId }, faults());
          await expectAnswer(what, { headers: { authorization } }, [401]);
        }
        await expectAnswer('a token without signature', { headers: { authorization: `Bearer ${none}.e30.` } }, [401]);
        await expectAnswer('no bearer', { headers: { authorization: 'Basic YTpi' } }, [401]);
      }
      expect(faults).toEqual([]);
    });
  });

  it.each(operations.filter(({ takesFile }) => takesFile).map((operation) => [operation.name, operation] as const))(
    'API4 %s: refused before it has come, when it says that it is too large',
    async (_name, operation) => {
      const { platform, stranger, strangerHost } = world();
      const named = operation.parameters.some(({ name }) => name === 'name');
      const answer = await announce(platform.port, `${operation.path}${named ? '?name=a.pdf' : ''}`, {
        host: strangerHost,
        authorization: stranger.authorization,
        'idempotency-key': `hostile-${randomUUID()}`,
        'content-type': 'application/pdf',
        'content-length': String(8 * 1024 ** 3),
      });
      expect(judge(operation, 'a large file', answer, [413])).toEqual([]);
    },
  );

  it('stored nothing and hurt no process', async () => {
    const { platform } = world();
    expect(await snapshot(platform)).toEqual(before);
    expect(platform.pids()).toEqual(pids);
    expect((await send(platform, { method: 'GET', path: '/-/ready', host: 'localhost' })).status).toBe(200);
  });
}

/** Sends the head and the first bytes of an upload, and takes what is answered to them. */
function announce(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<ApiAnswer> {
  return new Promise((done, fail) => {
    const upload = open({ port, path, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.once('end', () => {
        const mediaType = String(response.headers['content-type'] ?? '').split(';')[0] ?? '';
        done({ status: response.statusCode ?? 0, mediaType, text });
        upload.destroy();
      });
    });
    upload.once('error', fail);
    upload.write('%PDF-1.7\n');
  });
}
