import { SessionsEnded } from '@qlvb/contracts';
import { decodeJwt } from 'jose';
import { HOME, HOME_CODE, OTHER, OTHER_CODE, PASSWORD, person, refusal, Registry, testNumber } from './registry.ts';
import type { Session } from './registry.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await Registry.open();
});
afterAll(() => registry.test.stop());

const WRONG = `${PASSWORD}x`;

describe('login', () => {
  it('gives a token for a post, and the person sees who they are', async () => {
    const number = await registry.employ(HOME_CODE, 'officer');
    const session = await registry.login(number);
    expect(session).toMatchObject({
      tokenType: 'Bearer',
      expiresInSeconds: 600,
      activePostId: session.posts[0]?.postId,
    });
    const me = await registry.json<Record<string, unknown>>(session, '/me');
    expect(me).toMatchObject({ userId: session.user.userId, agencyId: HOME, fullName: 'Trần Văn Bình' });
    expect(me['permissions']).toContain('outgoing-documents.draft');
  });

  it('CID-01 takes the number with spaces, dots or hyphens between its groups', async () => {
    const number = await registry.employ(HOME_CODE, 'officer');
    for (const separator of [' ', '.', '-']) {
      await registry.login([number.slice(0, 3), number.slice(3, 6), number.slice(6)].join(separator));
    }
  });

  it('SEC-A09 is answered with no-store and only takes credentials from a body', async () => {
    const number = await registry.employ(HOME_CODE, 'officer');
    const answer = await registry.tryLogin(number);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await registry.test.ask(`/auth/sessions?cccd=${number}`, { as: null, method: 'POST' })).status).toBe(400);
    expect((await registry.test.ask('/auth/sessions', { as: null })).status).toBe(405);
  });

  it('SEC-A14 verifies the password exactly as typed, composed once', async () => {
    const number = await registry.employ(HOME_CODE, 'officer');
    for (const wrong of [` ${PASSWORD}`, `${PASSWORD} `, PASSWORD.toLowerCase()]) {
      expect(await refusal(registry.tryLogin(number, wrong))).toEqual([401, 'auth.login-failed']);
    }
    await registry.login(number);
  });

  it.each([
    ['no number', {}],
    ['a number that is no text', { cccd: 44085000001, password: PASSWORD }],
    ['no password', { cccd: 'x' }],
    ['an empty password', { cccd: 'x', password: '' }],
    ['an unknown member', { cccd: 'x', password: 'y', role: 'leader' }],
    ['a post that is no id', { cccd: 'x', password: 'y', postId: '1' }],
  ])('refuses %s', async (_title, body) => {
    expect(await refusal(registry.post('/auth/sessions', body))).toEqual([400, 'http.input-invalid']);
  });

  it('answers a malformed number like any wrong login', async () => {
    const malformed = ['12', '０'.repeat(12), "' OR 1=1 --", testNumber().slice(1), `${testNumber()}0`];
    for (const number of malformed) {
      expect(await refusal(registry.tryLogin(number))).toEqual([401, 'auth.login-failed']);
    }
  });

  it("refuses a post that is somebody else's", async () => {
    const [first, second] = [
      await registry.newcomer(HOME_CODE, 'officer'),
      await registry.newcomer(OTHER_CODE, 'officer'),
    ];
    const answer = registry.tryLogin(first.number, PASSWORD, second.activePostId);
    expect(await refusal(answer)).toEqual([403, 'auth.no-post']);
  });
});

describe('wrong logins', () => {
  it('SEC-A07 lock after five, also for the right password, until the time has passed', async () => {
    const number = await registry.employ(HOME_CODE, 'officer');
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      expect(await refusal(registry.tryLogin(number, WRONG))).toEqual([401, 'auth.login-failed']);
    }
    expect(await refusal(registry.tryLogin(number, WRONG))).toEqual([423, 'auth.account-locked']);
    expect(await refusal(registry.tryLogin(number))).toEqual([423, 'auth.account-locked']);
    await registry.test.admin.query(`UPDATE login_record SET locked_until = now() - interval '1 second'`);
    await registry.login(number);
    const { rows } = await registry.test.admin.query('SELECT 1 FROM login_record');
    expect(rows).toEqual([]);
  });

  it('SEC-A07 forget what is older than the window', async () => {
    const number = await registry.employ(HOME_CODE, 'officer');
    for (let attempt = 1; attempt <= 4; attempt += 1) await registry.tryLogin(number, WRONG);
    await registry.test.admin.query(`UPDATE login_record SET first_failure_at = now() - interval '16 minutes'`);
    expect(await refusal(registry.tryLogin(number, WRONG))).toEqual([401, 'auth.login-failed']);
    await registry.login(number);
  });

  it('SEC-A07 sent at the same time win no more guesses: the right one among them comes too late', async () => {
    const number = await registry.employ(HOME_CODE, 'officer');
    const wrong = Array.from({ length: 20 }, async () => (await registry.tryLogin(number, WRONG)).status);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const right = registry.tryLogin(number);
    const answers = await Promise.all(wrong);
    expect(answers.filter((status) => status === 401)).toHaveLength(4);
    expect(answers.filter((status) => status === 423)).toHaveLength(16);
    expect(await refusal(right)).toEqual([423, 'auth.account-locked']);
  });

  it('CID-25 lock a number without account just the same', async () => {
    const number = await registry.employ(HOME_CODE, 'officer');
    const answersFor = async (login: string): Promise<unknown[]> => {
      const answers: unknown[] = [];
      for (let attempt = 1; attempt <= 6; attempt += 1) {
        const answer = await registry.tryLogin(login, WRONG);
        const { instance, traceId, ...same } = (await answer.json()) as Record<string, unknown>;
        expect([instance, traceId]).toEqual([expect.any(String), expect.any(String)]);
        answers.push(answer.status, same, answer.headers.get('www-authenticate'));
      }
      return answers;
    };
    expect(await answersFor(testNumber())).toEqual(await answersFor(number));
  });

  it('CID-25 take the same time for 200 known and 200 unknown numbers', async () => {
    const known = Array.from({ length: 50 }, () => testNumber());
    const unknown = known.map(() => testNumber());
    await registry.employAll(known.map((number) => person(number, HOME_CODE, ['officer'])));
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    const measure = async (kind: 'known' | 'unknown', number: string): Promise<void> => {
      const start = performance.now();
      const answer = await registry.tryLogin(number, WRONG);
      await answer.arrayBuffer();
      times[kind].push(performance.now() - start);
      expect(answer.status).toBe(401);
    };
    for (let attempt = 0; attempt < 4; attempt += 1) {
      for (const [index, number] of known.entries()) {
        await measure('known', number);
        await measure('unknown', unknown[index] ?? '');
      }
    }
    expect(times.known).toHaveLength(200);
    // Whoever is told apart by time is told apart by the hash of a password, many times the rest of the work; a busy
    // machine delays both alike.
    const ratio = median(times.known) / median(times.unknown);
    expect(ratio).toBeGreaterThan(0.67);
    expect(ratio).toBeLessThan(1.5);
  });

  it('CID-24, SEC-L03 are logged by the keyed hash shortened to 16 characters', async () => {
    const number = await registry.employ(HOME_CODE, 'officer');
    const before = registry.test.log.length;
    await registry.tryLogin(number, WRONG);
    await registry.tryLogin(number, WRONG);
    const lines = registry.test.log
      .slice(before)
      .filter((line) => line.includes('login refused'))
      .map((line) => JSON.parse(line) as { login: string; code: string });
    expect(lines).toHaveLength(2);
    expect(lines[0]?.login).toMatch(/^[0-9a-f]{16}$/);
    expect(lines[1]).toMatchObject({ login: lines[0]?.login, code: 'auth.login-failed' });
  });
});

describe('passwords', () => {
  it('SEC-A02 are stored as salted Argon2id of at least 19 MiB and two passes', async () => {
    await registry.employAll([testNumber(), testNumber()].map((number) => person(number, HOME_CODE, ['officer'])));
    const { rows } = await registry.test.admin.query<{ password_hash: string }>('SELECT password_hash FROM account');
    for (const { password_hash: hash } of rows) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('SEC-A03 given at first must be changed before anything else', async () => {
    const admin = await registry.newcomer(HOME_CODE, 'agency_admin');
    const cccd = testNumber();
    const { oneTimePassword } = await registry.createUser(admin, { cccd, cccdAgain: cccd });
    expect(await refusal(registry.tryLogin(cccd, oneTimePassword))).toEqual([403, 'auth.password-change-required']);
    const change = { cccd, currentPassword: oneTimePassword, newPassword: `${PASSWORD}B` };
    expect((await registry.post('/auth/password-changes', change)).status).toBe(204);
    await registry.login(cccd, `${PASSWORD}B`);
    expect(await refusal(registry.tryLogin(cccd, oneTimePassword))).toEqual([401, 'auth.login-failed']);
  });

  it('SEC-A03 given at first end after 72 hours', async () => {
    const admin = await registry.newcomer(HOME_CODE, 'agency_admin');
    const cccd = testNumber();
    const { user, oneTimePassword } = await registry.createUser(admin, { cccd, cccdAgain: cccd });
    const { rows } = await registry.test.admin.query<{ hours: number }>(
      `UPDATE invitation SET expires_at = expires_at - interval '72 hours 1 minute' WHERE user_id = $1
       RETURNING extract(epoch FROM expires_at - created_at)::int / 3600 AS hours`,
      [user.userId],
    );
    expect(rows[0]?.hours).toBe(0);
    expect(await refusal(registry.tryLogin(cccd, oneTimePassword))).toEqual([401, 'auth.login-failed']);
  });

  it.each([
    ['too short', 'Ngan-1a'],
    ['of one kind', 'motngaymoidepquaxa'],
    ['with a word of the place', 'QuangBinh-2026-xyz'],
  ])('SEC-A04 %s are refused', async (_title, newPassword) => {
    const cccd = await registry.employ(HOME_CODE, 'officer');
    const change = { cccd, currentPassword: PASSWORD, newPassword };
    expect(await refusal(registry.post('/auth/password-changes', change))).toEqual([422, 'identity.password-weak']);
  });

  it('CID-26 with six digits of the own number are refused', async () => {
    const cccd = await registry.employ(HOME_CODE, 'officer');
    for (let start = 0; start + 6 <= cccd.length; start += 1) {
      const newPassword = `Chao-ban-${cccd.slice(start, start + 6)}-Xz`;
      const answer = registry.post('/auth/password-changes', { cccd, currentPassword: PASSWORD, newPassword });
      expect(await refusal(answer)).toEqual([422, 'identity.password-weak']);
    }
  });

  it('SEC-A13 are changed with the present one only, which ends every session and leaves a trace', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    const change = { cccd: session.number, currentPassword: WRONG, newPassword: `${PASSWORD}C` };
    expect(await refusal(registry.post('/auth/password-changes', change))).toEqual([401, 'auth.login-failed']);
    await registry.post('/auth/password-changes', { ...change, currentPassword: PASSWORD });
    expect(await refusal(registry.ask(session, '/me'))).toEqual([401, 'auth.token-revoked']);
    expect(await refusal(registry.tryRefresh(session.refreshToken))).toEqual([401, 'auth.refresh-invalid']);
    expect((await registry.audit()).map(({ action }) => action)).toContain('account.password-changed');
  });
});

describe('refresh tokens', () => {
  it('SEC-S05 are good once: each answer brings the next', async () => {
    let session: Session = await registry.newcomer(HOME_CODE, 'officer');
    for (let round = 0; round < 3; round += 1) {
      const next = await registry.refresh(session.refreshToken);
      expect(next.refreshToken).not.toBe(session.refreshToken);
      expect((await registry.ask(next, '/me')).status).toBe(200);
      session = next;
    }
  });

  it('SEC-S05 shown a second time end the family, the thief’s and the owner’s', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    const next = await registry.refresh(session.refreshToken);
    expect(await refusal(registry.tryRefresh(session.refreshToken))).toEqual([401, 'auth.refresh-reused']);
    expect(await refusal(registry.tryRefresh(next.refreshToken))).toEqual([401, 'auth.refresh-invalid']);
    expect(await refusal(registry.ask(next, '/me'))).toEqual([401, 'auth.token-revoked']);
    const ended = (await registry.audit()).filter(({ after }) => after?.['reason'] === 'refresh-reused');
    expect(ended).toHaveLength(1);
  });

  it('SEC-S05 sent ten times at once are honoured once, and the family ends', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    const answers = await Promise.all(Array.from({ length: 10 }, () => registry.tryRefresh(session.refreshToken)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(9);
    const winner = (await answers.find(({ status }) => status === 201)?.json()) as Session;
    expect(await refusal(registry.tryRefresh(winner.refreshToken))).toEqual([401, 'auth.refresh-invalid']);
  });

  it('SEC-S05 leave other sessions of the person alone', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    const other = await registry.login(session.number);
    await registry.refresh(session.refreshToken);
    await registry.tryRefresh(session.refreshToken);
    expect((await registry.ask(other, '/me')).status).toBe(200);
    await registry.refresh(other.refreshToken);
  });

  it('that are made up, altered or cut are refused and end nothing', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    const [agency, family, generation, secret = ''] = session.refreshToken.split('.');
    const altered = [
      'x',
      session.refreshToken.slice(0, -1),
      [agency, family, generation, secret.split('').reverse().join('')].join('.'),
      [agency, family, '2', secret].join('.'),
      [OTHER, family, generation, secret].join('.'),
      [agency, HOME, generation, secret].join('.'),
    ];
    for (const token of altered) {
      expect(await refusal(registry.tryRefresh(token))).toEqual([401, 'auth.refresh-invalid']);
    }
    await registry.refresh(session.refreshToken);
  });

  it('are stored as digests only', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    const secret = session.refreshToken.split('.')[3] ?? '';
    const { rows } = await registry.test.admin.query('SELECT * FROM session');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('end with the idle and the absolute limit', async () => {
    for (const column of ['used_at', 'expires_at']) {
      const session = await registry.newcomer(HOME_CODE, 'officer');
      await registry.test.admin.query(
        `UPDATE session SET ${column} = ${column} - interval '12 hours' WHERE user_id = $1`,
        [session.user.userId],
      );
      expect(await refusal(registry.tryRefresh(session.refreshToken))).toEqual([401, 'auth.refresh-invalid']);
    }
  });
});

describe('a person with posts in two agencies', () => {
  const twoPosts = async (): Promise<Session & { readonly number: string; readonly second: string }> => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    const admin = await registry.newcomer(OTHER_CODE, 'agency_admin');
    const { unitId } = admin.posts[0] ?? { unitId: '' };
    const { postId } = await registry.change(
      admin,
      await registry.userInput(admin, {
        cccd: session.number,
        fullName: session.user.fullName,
        post: { unitId, title: 'Chuyên viên biệt phái', roles: ['clerk'] },
      }),
    );
    return { ...session, second: postId ?? '' };
  };

  it('CID-15 has one account and chooses the post to act in', async () => {
    const { number, second } = await twoPosts();
    const there = await registry.login(number, PASSWORD, second);
    expect(there.posts.map(({ agencyId }) => agencyId)).toEqual([HOME, OTHER]);
    expect(decodeJwt(there.accessToken)).toMatchObject({ agency: OTHER, post: second });
  });

  it('SEC-S02 gets a new session when changing the post, and the old one ends', async () => {
    const { refreshToken, second, accessToken, user } = await twoPosts();
    const there = await registry.refresh(refreshToken, second);
    expect(decodeJwt(there.accessToken)).toMatchObject({ sub: user.userId, agency: OTHER, post: second });
    expect(decodeJwt(there.accessToken)['sid']).not.toBe(decodeJwt(accessToken)['sid']);
    expect(await refusal(registry.tryRefresh(refreshToken))).toEqual([401, 'auth.refresh-invalid']);
    const again = await registry.refresh(there.refreshToken);
    expect(decodeJwt(again.accessToken)).toMatchObject({ agency: OTHER });
    expect((await registry.ask(again, '/auth/sessions/current', { method: 'DELETE' })).status).toBe(204);
    expect(await refusal(registry.tryRefresh(again.refreshToken))).toEqual([401, 'auth.refresh-invalid']);
  });

  it('keeps the session when the post asked for is not theirs', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    const stranger = await registry.newcomer(OTHER_CODE, 'officer');
    const answer = registry.tryRefresh(session.refreshToken, stranger.activePostId);
    expect(await refusal(answer)).toEqual([403, 'auth.no-post']);
    await registry.refresh(session.refreshToken);
  });
});

describe('logout', () => {
  it('SEC-S02 ends this session at once, and only this one', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    const other = await registry.login(session.number);
    expect((await registry.ask(session, '/auth/sessions/current', { method: 'DELETE' })).status).toBe(204);
    expect(await refusal(registry.tryRefresh(session.refreshToken))).toEqual([401, 'auth.refresh-invalid']);
    expect(await refusal(registry.ask(session, '/me'))).toEqual([401, 'auth.token-revoked']);
    expect((await registry.ask(other, '/me')).status).toBe(200);
  });

  it('needs a token', async () => {
    const answer = registry.test.ask('/auth/sessions/current', { as: null, method: 'DELETE' });
    expect(await refusal(answer)).toEqual([401, 'auth.token-missing']);
  });
});

describe('F-25 SEC-S02: the other services are told which sessions ended', () => {
  const sid = ({ accessToken }: Session): string => decodeJwt(accessToken)['sid'] as string;
  const told = async (session: Session) =>
    (await registry.test.published(SessionsEnded)).filter(({ data }) => data.userId === session.user.userId);
  const logout = (session: Session): Promise<Response> =>
    registry.ask(session, '/auth/sessions/current', { method: 'DELETE' });

  it('F-25 by logout: this one, until its last token has expired', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    await registry.login(session.number);
    await logout(session);
    const [event, ...more] = await told(session);
    expect([event?.data.sessionIds, more]).toEqual([[sid(session)], []]);
    const expires = (decodeJwt(session.accessToken).exp ?? Infinity) * 1000;
    expect(Date.parse(event?.data.until ?? '')).toBeGreaterThan(expires);
  });

  it('F-25 by a refresh token shown again, and by another post', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    await registry.refresh(session.refreshToken);
    await registry.tryRefresh(session.refreshToken);
    expect((await told(session)).map(({ data }) => data.sessionIds)).toEqual([[sid(session)]]);
  });

  it('F-25 by another password: all of them, in every agency', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    const other = await registry.login(session.number);
    const change = { cccd: session.number, currentPassword: PASSWORD, newPassword: `${PASSWORD}D` };
    expect((await registry.post('/auth/password-changes', change)).status).toBe(204);
    const [event, ...more] = await told(session);
    expect([event?.data.sessionIds.toSorted(), more]).toEqual([[sid(session), sid(other)].toSorted(), []]);
  });

  it('F-25 by nothing that did not happen: a session that had ended is told of once', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    await logout(session);
    expect((await logout(session)).status).toBe(401);
    expect(await told(session)).toHaveLength(1);
  });
});

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
