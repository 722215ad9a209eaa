import { PERMISSIONS, PostChanged } from '@qlvb/contracts';
import { IDENTITY_ENTITIES } from '@qlvb/identity-feature';
import { rowSecuritySuite } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';
import { HOME, HOME_CODE, OTHER, OTHER_CODE, person, refusal, Registry, testNumber } from './registry.ts';
import type { AgencyProposal, CreatedUser, Proposal, Session } from './registry.ts';

let registry: Registry;
let admin: Session & { readonly number: string };
let stranger: Session;
let made: CreatedUser;
let waiting: Proposal;
let closing: AgencyProposal;
beforeAll(async () => {
  registry = await Registry.open();
  admin = await registry.newcomer(HOME_CODE, 'agency_admin');
  stranger = await registry.newcomer(OTHER_CODE, 'agency_admin');
  made = await registry.createUser(admin);
  waiting = await registry.propose(admin, await registry.userInput(admin));
  const number = testNumber();
  await registry.employAll([{ ...person(number, 'H46', ['leader']), title: 'Chủ tịch' }]);
  closing = await registry.proposeForAgency(admin, { kind: 'closure', agencyId: HOME, endsOn: '2099-12-31' });
});
afterAll(() => registry.test.stop());

const post = (): CreatedUser['user']['posts'][number] => {
  const [first] = made.user.posts;
  if (!first) throw new Error('the account has no post');
  return first;
};

interface OpenApi {
  readonly paths: Record<string, Record<string, { readonly security?: readonly unknown[] }>>;
}
const openApi = async (): Promise<OpenApi> =>
  (await (await fetch(`${registry.test.service.url}/-/openapi.json`)).json()) as OpenApi;

/** What a valid body of each operation with an id in its path looks like. */
const bodies = (): Record<string, unknown> => {
  return {
    'post /users/{userId}/invitations': undefined,
    'post /users/{userId}/invitations/confirmations': undefined,
    'post /users/{userId}/password-resets': { reason: 'Quên mật khẩu' },
    'post /users/{userId}/cccd-reveals': { reason: 'Xem' },
    'post /account-proposals/{proposalId}/approvals': undefined,
    'post /account-proposals/{proposalId}/refusals': { reason: 'Không duyệt' },
    'post /account-proposals/{proposalId}/withdrawals': undefined,
    'post /agencies/{agencyId}/units': { name: 'Phòng lạ', symbol: 'PL' },
    'post /agency-proposals/{proposalId}/approvals': undefined,
    'post /agency-proposals/{proposalId}/refusals': { reason: 'Không duyệt' },
    'post /agency-proposals/{proposalId}/withdrawals': undefined,
  };
};

const state = async (): Promise<unknown> => {
  const { rows } = await registry.test.admin.query(
    `SELECT (SELECT jsonb_agg(to_jsonb(t) ORDER BY id) FROM account t) AS accounts,
            (SELECT jsonb_agg(to_jsonb(t) ORDER BY id) FROM post t) AS posts,
            (SELECT jsonb_agg(to_jsonb(t) ORDER BY id) FROM account_proposal t) AS proposals,
            (SELECT jsonb_agg(to_jsonb(t) ORDER BY id) FROM agency_proposal t) AS agency_proposals,
            (SELECT jsonb_agg(to_jsonb(t) ORDER BY id) FROM unit t) AS units,
            (SELECT jsonb_agg(to_jsonb(t) ORDER BY id) FROM agency t) AS agencies`,
  );
  return rows;
};

describe('another agency', () => {
  it('API1, SEC-Z02: gets 404 or 403 on every route with ids of this one, and changes nothing', async () => {
    const { paths } = await openApi();
    const before = await state();
    const valid = bodies();
    const ids: Record<string, string> = {
      userId: made.user.userId,
      proposalId: waiting.proposalId,
      agencyId: HOME,
    };
    const idFor = (path: string, parameter: string): string =>
      path.startsWith('/agency-proposals') ? closing.proposalId : (ids[parameter] ?? '');
    const head = await registry.head(OTHER);
    // The catalogue is public among those who are signed in; what may be changed in it is not.
    const readable = ['get /agencies/{agencyId}', 'get /agencies/{agencyId}/codes'];
    let asked = 0;
    for (const [full, operations] of Object.entries(paths)) {
      const path = full.replace('/api/v1', '');
      const [, parameter] = /\{(userId|proposalId|agencyId)\}/.exec(path) ?? [];
      if (!parameter) continue;
      for (const method of Object.keys(operations)) {
        const name = `${method} ${path}`;
        if (readable.includes(name)) continue;
        if (method !== 'get') expect(Object.keys(valid)).toContain(name);
        const by = /approvals|refusals|confirmations/.test(path) ? head : stranger;
        const answer = await registry.ask(by, path.replace(/\{\w+\}/, idFor(path, parameter)), {
          method: method.toUpperCase(),
          ...(method === 'get' || valid[name] === undefined ? {} : { body: valid[name], ifMatch: '"1"' }),
        });
        const status = path.startsWith('/agencies/') && !path.endsWith('units') ? 403 : 404;
        expect([name, answer.status]).toEqual([name, status]);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThanOrEqual(10);
    expect(await state()).toEqual(before);
  });

  it('API1: sees only its own people in lists', async () => {
    const { items } = await registry.json<{ items: { userId: string }[] }>(stranger, '/users');
    const own = [stranger, await registry.head(OTHER)].map(({ user }) => user.userId);
    expect(items.map(({ userId }) => userId).toSorted()).toEqual(own.toSorted());
  });

  it('API1: cannot give a post in a unit of this one', async () => {
    const body = await registry.userInput(stranger, {
      post: { unitId: post().unitId, title: 'x', roles: ['officer'] },
    });
    expect(await refusal(registry.ask(stranger, '/account-proposals', { body }))).toEqual([
      404,
      'identity.unit-missing',
    ]);
  });

  it('CID-15: sees a shared person, but only the posts of its own', async () => {
    const person = await registry.newcomer(HOME_CODE, 'officer');
    const unitId = stranger.posts[0]?.unitId;
    const post = { unitId, title: 'Biệt phái', roles: ['officer'] };
    const { fullName } = person.user;
    await registry.change(stranger, await registry.userInput(stranger, { cccd: person.number, fullName, post }));
    const seen = await registry.json<{ posts: { agencyId: string }[] }>(stranger, `/users/${person.user.userId}`);
    expect(seen.posts.map(({ agencyId }) => agencyId)).toEqual([OTHER]);
    const here = await registry.json<{ posts: { agencyId: string }[] }>(admin, `/users/${person.user.userId}`);
    expect(here.posts.map(({ agencyId }) => agencyId)).toEqual([HOME]);
  });
});

describe('permissions', () => {
  it('API5, SEC-A01: every route but those of login, keys and hosts needs a token; managing needs its permission', async () => {
    const officer = await registry.newcomer(HOME_CODE, 'officer');
    const open: string[] = [];
    const allowed: string[] = [];
    for (const [full, operations] of Object.entries((await openApi()).paths)) {
      const path = full
        .replace('/api/v1', '')
        .replace(/\{year\}/, '2026')
        .replace(/\{\w+\}/, newId());
      for (const method of Object.keys(operations)) {
        const ask = { method: method.toUpperCase(), ...(method === 'get' || method === 'delete' ? {} : { body: {} }) };
        const name = `${method} ${full.replace('/api/v1', '')}`;
        const anonymous = await registry.test.ask(path, { ...ask, as: null });
        if (
          (await refusal(Promise.resolve(anonymous)).catch(() => [anonymous.status, '']))[1] !== 'auth.token-missing'
        ) {
          open.push(name);
        } else if (method !== 'delete' && (await registry.ask(officer, path, ask)).status !== 403) {
          allowed.push(name);
        }
      }
    }
    expect(open.sort()).toEqual([
      'get /hosts',
      'get /jwks',
      'post /auth/password-changes',
      'post /auth/refreshes',
      'post /auth/sessions',
    ]);
    expect(allowed.filter((name) => !name.startsWith('get '))).toEqual([]);
  });

  it('SEC-Z06: nobody has a part in a change of the own account', async () => {
    const post = { unitId: admin.posts[0]?.unitId, title: 'Giám đốc', roles: ['leader'] };
    const { userId } = admin.user;
    const cccd = testNumber();
    for (const input of [
      { kind: 'post', userId, post },
      { kind: 'post-change', postId: admin.activePostId, post },
      { kind: 'post-end', postId: admin.activePostId },
      { kind: 'post-end', postId: admin.activePostId, urgent: true },
      { kind: 'number', userId, cccd, cccdAgain: cccd },
      await registry.userInput(admin, { cccd: admin.number }),
    ]) {
      const answer = registry.ask(admin, '/account-proposals', { body: { reason: 'Tự đề nghị', ...input } });
      expect([input.kind, ...(await refusal(answer))]).toEqual([input.kind, 403, 'auth.duties-not-separate']);
    }
    const invitation = registry.ask(admin, `/users/${userId}/invitations`, { method: 'POST' });
    expect(await refusal(invitation)).toEqual([403, 'auth.duties-not-separate']);
  });

  it('SEC-S05: tokens of others, unsigned ones and those of no known key are refused', async () => {
    const { issuer } = registry.test;
    const claims = { userId: admin.user.userId, agencyId: HOME, permissions: [...PERMISSIONS] };
    const foreign = await issuer.issueTestToken(claims);
    const [, payload] = admin.accessToken.split('.');
    const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload ?? ''}.`;
    for (const token of [foreign, none, `${none}x`, 'x', admin.accessToken.slice(0, -4)]) {
      const answer = registry.test.ask('/me', { as: null, headers: { authorization: `Bearer ${token}` } });
      expect(await refusal(answer)).toEqual([401, 'auth.token-invalid']);
    }
  });
});

describe('a request sent again', () => {
  it('with the same Idempotency-Key is answered to the byte and done once', async () => {
    const key = `test-${newId()}`;
    const body = { name: `Phòng ${newId()}`, symbol: 'P' };
    const path = `/agencies/${HOME}/units`;
    const [first, second] = await Promise.all([
      registry.ask(admin, path, { body, key }),
      registry.ask(admin, path, { body, key }),
    ]);
    const third = await registry.ask(admin, path, { body, key });
    expect([first.status, second.status].sort()).toEqual(expect.arrayContaining([201]));
    expect(third.headers.get('idempotency-replayed')).toBe('true');
    const winner = first.status === 201 ? first : second;
    expect(await third.text()).toBe(await winner.text());
    const { rows } = await registry.test.admin.query('SELECT count(*)::int AS count FROM unit WHERE name = $1', [
      body.name,
    ]);
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('F-44 SEC-A03: gets the same answer without its part of the one-time password, which is stored nowhere in clear', async () => {
    const key = `test-${newId()}`;
    const { userId } = await registry.change(admin, await registry.userInput(admin));
    const path = `/users/${userId ?? ''}/invitations`;
    const ask = { method: 'POST', key };
    const parts: string[] = [];
    for (const [by, at, part] of [
      [admin, path, 'firstPart'],
      [await registry.head(HOME), `${path}/confirmations`, 'secondPart'],
    ] as const) {
      const first = await registry.json<Record<string, string>>(by, at, { ...ask, status: 201 });
      const again = await registry.ask(by, at, ask);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(await again.json()).toEqual({ ...first, [part]: null });
      parts.push(first[part] ?? '');
    }
    expect(parts.map(({ length }) => length)).toEqual([16, 16]);
    const { rows: tables } = await registry.test.admin.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'platform')`,
    );
    for (const { name } of tables) {
      const { rows } = await registry.test.admin.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      const holds = rows.some(({ row }) => parts.some((part) => row.includes(part)));
      expect([name, holds]).toEqual([name, false]);
    }
    for (const part of parts) expect(registry.test.log.join('\n')).not.toContain(part);
  });

  it('F-44 SEC-A03: another invitation takes the place of the first, until a password is set', async () => {
    const cccd = testNumber();
    const { user, oneTimePassword: lost } = await registry.createUser(admin, { cccd });
    const oneTimePassword = await registry.invite(admin, user.userId);
    expect(await refusal(registry.tryLogin(cccd, lost))).toEqual([401, 'auth.login-failed']);
    const change = { cccd, currentPassword: oneTimePassword, newPassword: 'Mot-ngay-moi-2026!E' };
    expect((await registry.post('/auth/password-changes', change)).status).toBe(204);
    expect(await refusal(registry.post('/auth/password-changes', change))).toEqual([401, 'auth.login-failed']);
    const third = registry.ask(admin, `/users/${user.userId}/invitations`, { method: 'POST' });
    expect(await refusal(third)).toEqual([409, 'identity.account-in-use']);
  });

  it('with the same key and another body is refused, and without a key too', async () => {
    const key = `test-${newId()}`;
    const path = `/agencies/${HOME}/units`;
    expect((await registry.ask(admin, path, { body: { name: 'Phòng A', symbol: 'A' }, key })).status).toBe(201);
    const other = registry.ask(admin, path, { body: { name: 'Phòng B', symbol: 'B' }, key });
    expect((await refusal(other))[0]).toBe(422);
    const keyless = registry.ask(admin, path, { body: { name: 'Phòng C', symbol: 'C' }, key: '' });
    expect(await refusal(keyless)).toEqual([400, 'http.idempotency-key-missing']);
  });
});

describe('a post', () => {
  it('NĐ30-A13-1: has the rank that was stated, and tells it; without one it has none', async () => {
    const { postId, unitId } = (await registry.createUser(admin)).user.posts[0] ?? { postId: '', unitId: '' };
    const put = async (rank?: string): Promise<string | null | undefined> => {
      const post = { unitId, title: 'Phó Giám đốc', rank, roles: ['leader'] };
      const { userId } = await registry.change(admin, { kind: 'post-change', postId, post });
      const { posts } = await registry.json<{ posts: { rank: string | null }[] }>(admin, `/users/${userId ?? ''}`);
      return posts[0]?.rank;
    };
    const told = async () => (await registry.test.published(PostChanged)).filter(({ data }) => data.postId === postId);
    expect(await put('deputy_head')).toBe('deputy_head');
    expect((await told()).at(-1)?.data.rank).toBe('deputy_head');
    expect(await put()).toBeNull();
    expect((await told()).at(-1)?.data).not.toHaveProperty('rank');
  });
});

describe('bad input', () => {
  it.each([
    ['no body', undefined],
    ['an empty name', { fullName: '' }],
    ['a name of 101 letters', { fullName: 'a'.repeat(101) }],
    ['no post', { post: undefined }],
    ['no role', { post: { unitId: newId(), title: 'x', roles: [] } }],
    ['an unknown role', { post: { unitId: newId(), title: 'x', roles: ['root'] } }],
    ['a unit that is no id', { post: { unitId: 'x', title: 'x', roles: ['officer'] } }],
    ['an unknown member (API3)', { state: 'active' }],
    ['a member of the prototype', JSON.parse('{"__proto__": {"admin": true}}') as object],
    ['a control character', { fullName: 'A\u0000B' }],
  ])('a new account with %s is refused and stores nothing', async (_title, fault) => {
    const before = await state();
    const body = fault && { ...(await registry.userInput(admin)), ...fault };
    const answer = await registry.ask(admin, '/account-proposals', { method: 'POST', ...(body ? { body } : {}) });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await state()).toEqual(before);
  });

  it.each([
    ['/users?limit=0', 400],
    ['/users?limit=100000', 400],
    ['/users?cursor=x', 400],
    ['/users?unknown=1', 400],
    ['/users/x', 400],
    ['/account-proposals?state=open', 400],
    ['/account-proposals?cursor=x', 400],
    ['/account-proposals/x', 400],
    [`/account-proposals/${newId()}`, 404],
    ['/agency-proposals?state=open', 400],
    ['/agency-proposals/x', 400],
    [`/agency-proposals/${newId()}`, 404],
    ['/agencies/x', 400],
    [`/agencies/${newId()}`, 404],
    ['/agencies?on=2024-13-01', 400],
    ['/agencies?query=%27%20OR%201=1%20--', 200],
    ['/agencies?query=%25', 200],
    ['/calendar/1999', 400],
    ['/calendar/2100', 404],
    ['/nothing', 404],
  ])('%s answers %s', async (path, status) => {
    expect((await registry.ask(admin, path)).status).toBe(status);
  });
});

rowSecuritySuite('row-level security alone', {
  test: () => registry.test,
  tables: ['account', 'account_proposal', 'agency_proposal', 'former_cccd', 'invitation', 'post', 'session', 'unit'],
  shared: ['agency_code'],
  entities: IDENTITY_ENTITIES,
  sharedEntities: ['Agency', 'AgencyCode', 'CalendarYearEntity', 'SigningKey'],
  owners: [HOME],
  stranger: newId(),
  change: `UPDATE post SET roles = '{leader}'`,
  insert: [
    `INSERT INTO unit (id, agency_id, version, created_at, updated_at, name, symbol)
     VALUES (gen_random_uuid(), $1, 1, now(), now(), 'x', 'x')`,
    [HOME],
  ],
});
