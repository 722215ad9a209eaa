import { IdentityNotificationRequested } from '@qlvb/contracts';
import { agencyIdOf } from '@qlvb/identity-feature';
import { HOME, HOME_CODE, OTHER, PASSWORD, person, PROVINCE, refusal, Registry, testNumber } from './registry.ts';
import type { Session } from './registry.ts';

const HEADLESS_CODE = 'H46.03';
const FAILED = [401, 'auth.login-failed'];
const MUST_CHANGE = [403, 'auth.password-change-required'];
const NOT_SEPARATE = [403, 'auth.duties-not-separate'];
const NOT_WAITING = [409, 'identity.invitation-not-waiting'];

let registry: Registry;
let admin: Session & { readonly number: string };
let head: Session;
let above: Session;
beforeAll(async () => {
  registry = await Registry.open();
  admin = await registry.newcomer(HOME_CODE, 'agency_admin');
  head = await registry.head(HOME);
  const number = testNumber();
  await registry.employAll([{ ...person(number, 'H46', ['leader']), title: 'Chủ tịch' }]);
  above = await registry.login(number);
});
afterAll(() => registry.test.stop());

interface Newcomer {
  readonly userId: string;
  readonly cccd: string;
}

/** Somebody whose account was proposed and approved and who was not invited yet. */
async function approved(by: Session = admin, post: object = {}, decider?: Session): Promise<Newcomer> {
  const cccd = testNumber();
  const unitId = by.posts.find(({ postId }) => postId === by.activePostId)?.unitId;
  const input = { cccd, post: { unitId, title: 'Chuyên viên', roles: ['officer'], ...post } };
  const proposal = await registry.propose(by, await registry.userInput(by, input));
  const { userId } = await registry.decide(decider ?? head, proposal, 'approvals');
  return { userId: userId ?? '', cccd };
}
const login = (cccd: string, password: string) => refusal(registry.tryLogin(cccd, password));
const change = (cccd: string, currentPassword: string, newPassword = `${PASSWORD}X`): Promise<Response> =>
  registry.post('/auth/password-changes', { cccd, currentPassword, newPassword });
const tryConfirm = (by: Session, userId: string) =>
  refusal(registry.ask(by, `/users/${userId}/invitations/confirmations`, { method: 'POST' }));
const tryInvite = (by: Session, userId: string) =>
  refusal(registry.ask(by, `/users/${userId}/invitations`, { method: 'POST' }));

/** The same person in a further post of the agency. */
async function alsoAs(session: Session & { readonly number: string }, title: string, role: string): Promise<Session> {
  const { rows } = await registry.test.admin.query<{ id: string }>(
    `INSERT INTO post (id, agency_id, version, created_at, updated_at, user_id, unit_id, title, roles, active)
     SELECT gen_random_uuid(), agency_id, 1, now(), now(), user_id, unit_id, $2, $3, true FROM post WHERE id = $1
     RETURNING id`,
    [session.activePostId, title, [role]],
  );
  return registry.login(session.number, PASSWORD, rows[0]?.id);
}

describe('F-04 SEC-Z06: nobody alone holds the password of another', () => {
  it.each(['leader', 'auditor', 'officer'])(
    'F-04 SEC-Z06 an administrator does not get into the account of a %s that he proposed',
    async (role) => {
      const { userId, cccd } = await approved(admin, { roles: [role], title: 'Phó phòng' });
      const { firstPart, ...told } = await registry.halfInvite(admin, userId);
      expect(told).toEqual({ userId, decidingAgencyId: HOME, expiresAt: expect.any(String) as string });
      expect(await tryConfirm(admin, userId)).toEqual(NOT_SEPARATE);
      for (const attempt of [firstPart, `${firstPart}-`, `${firstPart}-${firstPart}`]) {
        expect([attempt.length, ...(await login(cccd, attempt))]).toEqual([attempt.length, ...FAILED]);
      }
      expect(await refusal(change(cccd, `${firstPart}-${'x'.repeat(16)}`))).toEqual(FAILED);
    },
  );

  it('F-04 SEC-Z06 both parts open it once, and the person sets the password', async () => {
    const { userId, cccd } = await approved();
    const { firstPart } = await registry.halfInvite(admin, userId);
    const secondPart = await registry.confirm(head, userId);
    for (const wrong of [secondPart, `${secondPart}-${firstPart}`, `${firstPart}${secondPart}`]) {
      expect(await login(cccd, wrong)).toEqual(FAILED);
    }
    const both = `${firstPart}-${secondPart}`;
    expect(await login(cccd, both)).toEqual(MUST_CHANGE);
    expect((await change(cccd, both)).status).toBe(204);
    await registry.login(cccd, `${PASSWORD}X`);
    expect(await login(cccd, both)).toEqual(FAILED);
    expect(await tryConfirm(head, userId)).toEqual(NOT_WAITING);
    expect(await tryInvite(admin, userId)).toEqual([409, 'identity.account-in-use']);
    const acts = (await registry.audit()).map(({ action }) => action);
    expect(acts).toEqual(expect.arrayContaining(['account.invited', 'account.invitation-confirmed']));
  });

  it('F-04 SEC-Z06 one person who administers and leads does not get both parts', async () => {
    const both = await registry.newcomer(HOME_CODE, 'agency_admin');
    const leading = await alsoAs(both, 'Giám đốc', 'leader');
    const { userId } = await approved();
    await registry.halfInvite(both, userId);
    expect(await tryConfirm(leading, userId)).toEqual(NOT_SEPARATE);
    await registry.confirm(head, userId);
    await registry.test.admin.query('UPDATE post SET active = false WHERE id = $1', [leading.activePostId]);
  });

  it('F-04 SEC-Z06 the person invited does neither', async () => {
    const { userId, cccd } = await approved(admin, { roles: ['agency_admin'] });
    const own = await registry.invite(admin, userId);
    await change(cccd, own);
    const invited = { ...(await registry.login(cccd, `${PASSWORD}X`)), number: cccd };
    await registry.test.admin.query('UPDATE account SET must_change_password = true WHERE id = $1', [userId]);
    expect(await tryInvite(invited, userId)).toEqual(NOT_SEPARATE);
    await registry.test.admin.query('UPDATE account SET must_change_password = false WHERE id = $1', [userId]);
    const leading = await registry.login(cccd, `${PASSWORD}X`).then(async (session) => {
      await registry.test.admin.query(
        `INSERT INTO post (id, agency_id, version, created_at, updated_at, user_id, unit_id, title, roles, active)
         SELECT gen_random_uuid(), agency_id, 1, now(), now(), user_id, unit_id, 'Giám đốc', '{leader}', true
         FROM post WHERE id = $1`,
        [session.activePostId],
      );
      const { posts } = await registry.login(cccd, `${PASSWORD}X`);
      const post = posts.find(({ postId }) => postId !== session.activePostId);
      return registry.login(cccd, `${PASSWORD}X`, post?.postId);
    });
    await registry.test.admin.query('UPDATE account SET must_change_password = true WHERE id = $1', [userId]);
    const { decidingAgencyId } = await registry.halfInvite(admin, userId);
    expect(decidingAgencyId).toBe(PROVINCE);
    expect(await tryConfirm(leading, userId)).toEqual(NOT_SEPARATE);
    await registry.test.admin.query('UPDATE post SET active = false WHERE user_id = $1', [userId]);
  });

  it('F-04 SEC-Z06 the database itself refuses one person for both parts', async () => {
    const { userId } = await approved();
    await registry.halfInvite(admin, userId);
    const sql = `UPDATE invitation SET confirmed_by = $2, confirmed_at = now(), second_hash = 'x'
                 WHERE user_id = $1 AND ended_at IS NULL`;
    for (const by of [admin.user.userId, userId]) {
      await expect(registry.test.admin.query(sql, [userId, by])).rejects.toThrow('check constraint');
    }
  });
});

describe('F-04 SEC-Z06: who confirms', () => {
  it('F-04 SEC-Z06 the head of the agency, who is told; not a deputy, nor another agency’s head', async () => {
    const { userId } = await approved();
    await registry.halfInvite(admin, userId);
    const told = (await registry.test.published(IdentityNotificationRequested)).filter(
      ({ data }) => data.aboutId === userId,
    );
    expect(told.map(({ agencyid, data }) => [agencyid, data.kind, data.userId])).toEqual([
      [HOME, 'invitation-made', head.user.userId],
    ]);
    const number = testNumber();
    await registry.employAll([{ ...person(number, HOME_CODE, ['leader']), title: 'Phó Giám đốc' }]);
    expect(await tryConfirm(await registry.login(number), userId)).toEqual([403, 'identity.not-the-head']);
    expect(await tryConfirm(await registry.head(OTHER), userId)).toEqual([404, 'identity.account-missing']);
    expect(await tryConfirm(above, userId)).toEqual([404, 'identity.account-missing']);
    await registry.confirm(head, userId);
  });

  it('F-04 SEC-Z06 the agency above for who is to lead the agency', async () => {
    const { userId, cccd } = await approved(admin, { roles: ['leader'], title: 'Giám đốc' }, above);
    const { firstPart, decidingAgencyId } = await registry.halfInvite(admin, userId);
    expect(decidingAgencyId).toBe(PROVINCE);
    expect(await tryConfirm(head, userId)).toEqual([403, 'identity.not-the-head']);
    const secondPart = await registry.confirm(above, userId);
    expect(await login(cccd, `${firstPart}-${secondPart}`)).toEqual(MUST_CHANGE);
    await registry.test.admin.query('UPDATE post SET active = false WHERE user_id = $1', [userId]);
  });

  it('F-04 SEC-Z06 the agency above for an agency without a head', async () => {
    const there = await registry.newcomer(HEADLESS_CODE, 'agency_admin');
    const { userId, cccd } = await approved(there, {}, above);
    const { firstPart, decidingAgencyId } = await registry.halfInvite(there, userId);
    expect([decidingAgencyId, agencyIdOf(HEADLESS_CODE) === decidingAgencyId]).toEqual([PROVINCE, false]);
    const secondPart = await registry.confirm(above, userId);
    expect((await change(cccd, `${firstPart}-${secondPart}`)).status).toBe(204);
  });

  it('F-04 SEC-Z06 whoever leads the agency when it is confirmed: not who did when it was made', async () => {
    const { userId } = await approved();
    await registry.halfInvite(admin, userId);
    await registry.test.admin.query('UPDATE post SET active = false WHERE id = $1', [head.activePostId]);
    expect(await tryConfirm(head, userId)).toEqual([403, 'identity.not-the-head']);
    await registry.test.admin.query('UPDATE post SET active = true WHERE id = $1', [head.activePostId]);
    await registry.confirm(head, userId);
  });
});

describe('F-04 SEC-A03: a part', () => {
  it('F-04 SEC-A03 is shown once, also to many requests at the same time', async () => {
    const { userId } = await approved();
    expect(await tryConfirm(head, userId)).toEqual(NOT_WAITING);
    await registry.halfInvite(admin, userId);
    const answers = await Promise.all(Array.from({ length: 5 }, () => tryConfirm(head, userId)));
    expect(answers.filter(([status]) => status === 201)).toHaveLength(1);
    expect(answers.filter(([, code]) => code === NOT_WAITING[1])).toHaveLength(4);
  });

  it('F-04 SEC-A03 of an invitation before goes with none of the next', async () => {
    const { userId, cccd } = await approved();
    const first = [(await registry.halfInvite(admin, userId)).firstPart, await registry.confirm(head, userId)];
    expect(await login(cccd, first.join('-'))).toEqual(MUST_CHANGE);
    const { firstPart } = await registry.halfInvite(admin, userId);
    for (const attempt of [first.join('-'), `${firstPart}-${first[1] ?? ''}`]) {
      expect(await login(cccd, attempt)).toEqual(FAILED);
    }
    const secondPart = await registry.confirm(head, userId);
    expect(await login(cccd, `${first[0] ?? ''}-${secondPart}`)).toEqual(FAILED);
    expect(await login(cccd, `${firstPart}-${secondPart}`)).toEqual(MUST_CHANGE);
  });

  it('F-04 SEC-A03 is not given when the 72 hours are over', async () => {
    const { userId } = await approved();
    await registry.halfInvite(admin, userId);
    await registry.test.admin.query(`UPDATE invitation SET expires_at = now() - interval '1 s' WHERE user_id = $1`, [
      userId,
    ]);
    expect(await tryConfirm(head, userId)).toEqual(NOT_WAITING);
  });

  it('F-04 SEC-A03 of an invitation does nothing to somebody who has set a password', async () => {
    const officer = await registry.newcomer(HOME_CODE, 'officer');
    expect(await tryInvite(admin, officer.user.userId)).toEqual([409, 'identity.account-in-use']);
    expect(await tryConfirm(head, officer.user.userId)).toEqual(NOT_WAITING);
    expect((await registry.ask(officer, '/me')).status).toBe(200);
    await registry.login(officer.number);
  });

  it('F-04 SEC-A14 a password that looks like two parts is one', async () => {
    const officer = await registry.newcomer(HOME_CODE, 'officer');
    const own = 'Mot-ngay-moi-26!'.replaceAll('-', '+').concat('-Hai_ngay_moi_26!');
    expect((await change(officer.number, PASSWORD, own)).status).toBe(204);
    await registry.login(officer.number, own);
  });
});
