import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '@qlvb/platform-database';
import { HOME_CODE, OTHER_CODE, PASSWORD, person, Registry, testNumber } from './registry.ts';
import type { Session } from './registry.ts';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly [more: string]: unknown;
}
interface OpenApi {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { operationId?: string; requestBody?: unknown; parameters?: unknown }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
const root = join(import.meta.dirname, '..', '..', '..');
const platform = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8')) as OpenApi;

/** Every name of a member or parameter that a request may hold. */
function namesIn(part: unknown, seen = new Set<string>()): string[] {
  if (part === null || typeof part !== 'object') return [];
  if (Array.isArray(part)) return part.flatMap((one) => namesIn(one, seen));
  const { $ref, properties = {}, ...rest } = part as Schema;
  const parameter = typeof rest['in'] === 'string' ? [String(rest['name'])] : [];
  const referred = $ref && !seen.has($ref) ? platform.components.schemas[$ref.split('/').at(-1) ?? ''] : undefined;
  if ($ref) seen.add($ref);
  return [
    ...parameter,
    ...Object.keys(properties),
    ...[...Object.values(properties), ...Object.values(rest), referred].flatMap((one) => namesIn(one, seen)),
  ];
}

let registry: Registry;
let admin: Session;
/** Of somebody who has another one now. */
let former: string;
const statements: string[] = [];
beforeAll(async () => {
  registry = await Registry.open();
  admin = await registry.newcomer(HOME_CODE, 'agency_admin');
  const { user, number } = await registry.newcomer(HOME_CODE, 'officer');
  former = number;
  const cccd = testNumber();
  await registry.change(admin, { kind: 'number', userId: user.userId, cccd, cccdAgain: cccd });
  const { source } = registry.test.service.app.get(Database);
  // What it is asked for, in the order it is asked.
  source.logger = { ...silent, logQuery: keep };
}, 180_000);
afterAll(() => registry.test.stop());

/** Jobs and the outbox look for work beside the requests. */
const BESIDE = /platform\.(take_jobs|take_outbox|\w*outbox|\w*jobs?)\b/;
const keep = (statement: string): void => {
  if (!BESIDE.test(statement)) statements.push(statement);
};

const silent = {
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};
const WRONG = 'mot mat khau sai';

/** Operations that take a citizen number, with the ways to ask them about one. */
const ASKED: Readonly<Record<string, readonly ((cccd: string) => Promise<Response>)[]>> = {
  openSession: [
    (cccd) => registry.tryLogin(cccd, WRONG),
    (cccd) => registry.tryLogin(cccd, `${'a'.repeat(16)}-${'b'.repeat(16)}`),
  ],
  changePassword: [
    (cccd) => registry.post('/auth/password-changes', { cccd, currentPassword: WRONG, newPassword: `${PASSWORD}X` }),
    (cccd) => registry.post('/auth/password-changes', { cccd, currentPassword: WRONG, newPassword: 'ngan' }),
  ],
  proposeAccountChange: [
    async (cccd) => registry.ask(admin, '/account-proposals', { body: await registry.userInput(admin, { cccd }) }),
    async (cccd) =>
      registry.ask(admin, '/account-proposals', {
        body: await registry.userInput(admin, { cccd, cccdAgain: `${cccd}0` }),
      }),
    async (cccd) => {
      const { user } = await registry.newcomer(HOME_CODE, 'officer');
      const body = { kind: 'number', userId: user.userId, cccd, cccdAgain: cccd, reason: 'Sửa số' };
      statements.length = 0;
      return registry.ask(admin, '/account-proposals', { body });
    },
  ],
  // Not for numbers, but they can be typed there.
  listUsers: [(cccd) => registry.ask(admin, `/users?query=${cccd}`)],
  listAgencies: [(cccd) => registry.ask(admin, `/agencies?query=${cccd}`)],
};

/** What differs from one request to the next, whatever it asks. */
const OWN = /"(proposalId|proposedAt|cccdMasked|userId|instance|traceId)":"[^"]*"/g;
const OWN_HEADERS = ['date', 'x-request-id', 'traceparent', 'content-length', 'etag', 'location'];

interface Trace {
  readonly status: number;
  readonly headers: readonly (readonly string[])[];
  readonly body: string;
  readonly statements: readonly string[];
}

/** Everything by which one answer could be told from another: status, headers, body, and the work in the database. */
async function trace(ask: (cccd: string) => Promise<Response>, cccd: string): Promise<Trace> {
  statements.length = 0;
  const answer = await ask(cccd);
  const headers = [...answer.headers].filter(([name]) => !OWN_HEADERS.includes(name));
  const body = (await answer.text()).replaceAll(OWN, '"$1":""').replaceAll(cccd, '');
  return { status: answer.status, headers, body, statements: [...statements] };
}

describe('F-43 CID-25 whether a citizen number has an account', () => {
  it('F-43 is asked by nothing on the platform but what is tried here', () => {
    const taking = Object.values(platform.paths)
      .flatMap((methods) => Object.values(methods))
      .filter(({ requestBody, parameters }) =>
        namesIn([requestBody, parameters]).some((name) => /cccd|citizen|identityNumber/i.test(name)),
      )
      .map(({ operationId }) => operationId ?? '');
    expect(taking.length).toBeGreaterThan(0);
    expect(Object.keys(ASKED)).toEqual(expect.arrayContaining(taking));
  });

  const cells = Object.entries(ASKED).flatMap(([operation, ways]) =>
    ways.map((way, n) => [operation, n, way] as const),
  );
  it.each(cells)(
    'F-43 %s (%i) answers and works the same for one that has and one that has not',
    async (_id, _n, way) => {
      const [here, elsewhere] = [testNumber(), testNumber()];
      await registry.employAll([person(here, HOME_CODE, ['officer']), person(elsewhere, OTHER_CODE, ['officer'])]);
      // The first request of a kind fills what is kept between requests.
      await trace(way, testNumber());
      const unknown = await trace(way, testNumber());
      expect(unknown.statements.length).toBeGreaterThan(0);
      for (const known of [here, elsewhere, former, testNumber()]) expect(await trace(way, known)).toEqual(unknown);
    },
  );
});
