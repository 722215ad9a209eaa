import { IdentityNotificationRequested } from '@qlvb/contracts';
import { HOME, HOME_CODE, OTHER_CODE, PASSWORD, person, PROVINCE, refusal, Registry, testNumber } from './registry.ts';
import type { Invitation, Session } from './registry.ts';

const FAILED = [401, 'auth.login-failed'];
const MUST_CHANGE = [403, 'auth.password-change-required'];
const NOT_SEPARATE = [403, 'auth.duties-not-separate'];
const MISSING = [404, 'identity.account-missing'];
const CHILD_CODE = 'H46.11.01';

let registry: Registry;
let admin: Session & { readonly number: string };
let head: Session;
beforeAll(async () => {
  registry = await Registry.open();
  admin = await registry.newcomer(HOME_CODE, 'agency_admin');
  head = await registry.head(HOME);
});
afterAll(() => registry.test.stop());

const path = (userId: string): string => `/users/${userId}/password-resets`;
const body = { reason: 'Báo quên mật khẩu tại phòng' };
const reset = (by: Session, userId: string): Promise<Invitation> =>
  registry.json<Invitation>(by, path(userId), { body, status: 201 });
const tryReset = (by: Session, userId: string) => refusal(registry.ask(by, path(userId), { body }));
const tryConfirm = (by: Session, userId: string) =>
  refusal(registry.ask(by, `/users/${userId}/invitations/confirmations`, { method: 'POST' }));
const login = (cccd: string, password = PASSWORD) => refusal(registry.tryLogin(cccd, password));
const change = async (cccd: string, currentPassword: string, newPassword = `${PASSWORD}X`): Promise<number> =>
  (await registry.post('/auth/password-changes', { cccd, currentPassword, newPassword })).status;
const told = async (userId: string): Promise<string[]> =>
  (await registry.test.published(IdentityNotificationRequested))
    .filter(({ data }) => data.aboutId === userId)
    .map(({ data }) => `${data.kind} ${data.userId ?? ''}`);

describe('SEC-A12 a password that was lost', () => {
  it('SEC-A12 comes back with two parts of two persons; the old one and every session end with the confirmation', async () => {
    const officer = await registry.newcomer(HOME_CODE, 'officer');
    const { userId } = officer.user;
    const { firstPart, decidingAgencyId } = await reset(admin, userId);
    expect(decidingAgencyId).toBe(HOME);
    expect(await told(userId)).toEqual([
      `password-reset-asked ${head.user.userId}`,
      `own-password-reset-asked ${userId}`,
    ]);
    expect((await registry.ask(officer, '/me')).status).toBe(200);
    const secondPart = await registry.confirm(head, userId);
    expect(await refusal(registry.ask(officer, '/me'))).toEqual([401, 'auth.token-revoked']);
    expect(await refusal(registry.tryRefresh(officer.refreshToken))).toEqual([401, 'auth.refresh-invalid']);
    expect(await login(officer.number)).toEqual(FAILED);
    const both = `${firstPart}-${secondPart}`;
    expect(await login(officer.number, both)).toEqual(MUST_CHANGE);
    expect(await change(officer.number, both)).toBe(204);
    await registry.login(officer.number, `${PASSWORD}X`);
    expect(await login(officer.number, both)).toEqual(FAILED);
    const acts = (await registry.audit()).filter((entry) => JSON.stringify(entry).includes(userId));
    expect(acts.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['account.password-reset-asked', 'account.password-reset', 'account.password-changed']),
    );
    expect(JSON.stringify(acts)).not.toContain(firstPart);
  });

  it('SEC-A12, F-40 frees who locked himself out with wrong ones', async () => {
    const officer = await registry.newcomer(HOME_CODE, 'officer');
    for (let n = 0; n < 5; n += 1) await login(officer.number, 'sai-mat-khau');
    expect(await login(officer.number)).toEqual([423, 'auth.account-locked']);
    const { firstPart } = await reset(admin, officer.user.userId);
    expect(await login(officer.number)).toEqual([423, 'auth.account-locked']);
    const secondPart = await registry.confirm(head, officer.user.userId);
    expect(await login(officer.number, `${firstPart}-${secondPart}`)).toEqual(MUST_CHANGE);
  });

  it('SEC-A12 is asked for again when a part was lost or the 72 hours are over', async () => {
    const officer = await registry.newcomer(HOME_CODE, 'officer');
    const { userId } = officer.user;
    await reset(admin, userId);
    await registry.confirm(head, userId);
    await registry.test.admin.query(`UPDATE invitation SET expires_at = now() - interval '1 s' WHERE user_id = $1`, [
      userId,
    ]);
    expect(await tryReset(admin, userId)).toEqual([409, 'identity.account-not-in-use']);
    expect(await login(officer.number, await registry.invite(admin, userId))).toEqual(MUST_CHANGE);
  });
});

describe('SEC-Z06, F-04 a reset and one person', () => {
  it('SEC-Z06 an administrator alone gets in nowhere and locks nobody out', async () => {
    const clerk = await registry.newcomer(HOME_CODE, 'clerk');
    const { firstPart } = await reset(admin, clerk.user.userId);
    expect(await tryConfirm(admin, clerk.user.userId)).toEqual(NOT_SEPARATE);
    for (const attempt of [firstPart, `${firstPart}-${firstPart}`]) {
      expect(await login(clerk.number, attempt)).toEqual(FAILED);
    }
    await registry.login(clerk.number);
    expect((await registry.ask(clerk, '/me')).status).toBe(200);
  });

  it('SEC-Z06 who did not ask for it ends it by setting another password', async () => {
    const clerk = await registry.newcomer(HOME_CODE, 'clerk');
    const { userId } = clerk.user;
    await reset(admin, userId);
    expect(await change(clerk.number, PASSWORD)).toBe(204);
    expect(await tryConfirm(head, userId)).toEqual([409, 'identity.invitation-not-waiting']);
    await registry.login(clerk.number, `${PASSWORD}X`);
  });

  it('SEC-Z06 nobody resets or confirms the own', async () => {
    expect(await tryReset(admin, admin.user.userId)).toEqual(NOT_SEPARATE);
    const other = await registry.newcomer(HOME_CODE, 'agency_admin');
    await reset(other, admin.user.userId);
    expect(await tryConfirm(admin, admin.user.userId)).toEqual(NOT_SEPARATE);
    const officer = await registry.newcomer(HOME_CODE, 'officer');
    expect(await tryReset(officer, admin.user.userId)).toEqual([403, 'auth.permission-missing']);
    expect(await tryReset(head, admin.user.userId)).toEqual([403, 'auth.permission-missing']);
  });

  it('SEC-A12 goes not by another agency’s administrator, nor for an account never used', async () => {
    const officer = await registry.newcomer(HOME_CODE, 'officer');
    const stranger = await registry.newcomer(OTHER_CODE, 'agency_admin');
    expect(await tryReset(stranger, officer.user.userId)).toEqual(MISSING);
    expect(await tryReset(stranger, '0191e9a0-0000-7000-8000-00000000dead')).toEqual(MISSING);
    const proposal = await registry.propose(admin, await registry.userInput(admin));
    const { userId } = await registry.decide(head, proposal, 'approvals');
    expect(await tryReset(admin, userId ?? '')).toEqual([409, 'identity.account-not-in-use']);
  });
});

describe('SEC-A12, SEC-Z04 from the agency above', () => {
  it('SEC-Z04 the only administrator gets back through one of the agency above, and through the head', async () => {
    const only = await registry.newcomer(CHILD_CODE, 'agency_admin');
    const { items } = await registry.json<{ items: { userId: string }[] }>(
      admin,
      `/users?agencyId=${only.posts[0]?.agencyId ?? ''}`,
    );
    expect(items.map(({ userId }) => userId)).toEqual([only.user.userId]);
    const { firstPart, decidingAgencyId } = await reset(admin, only.user.userId);
    expect(decidingAgencyId).toBe(HOME);
    const secondPart = await registry.confirm(head, only.user.userId);
    expect(await login(only.number, `${firstPart}-${secondPart}`)).toEqual(MUST_CHANGE);
  });

  it('SEC-Z04 nobody but an administrator looks into an agency below, and nobody into one beside or above', async () => {
    const child = await registry.newcomer(CHILD_CODE, 'agency_admin');
    const below = `/users?agencyId=${child.posts[0]?.agencyId ?? ''}`;
    const outside = [403, 'identity.agency-outside-subtree'];
    expect(await refusal(registry.ask(head, below))).toEqual(outside);
    const stranger = await registry.newcomer(OTHER_CODE, 'agency_admin');
    expect(await refusal(registry.ask(stranger, below))).toEqual(outside);
    expect(await refusal(registry.ask(child, `/users?agencyId=${HOME}`))).toEqual(outside);
    expect(await tryReset(child, admin.user.userId)).toEqual(MISSING);
  });

  it('SEC-A12 the head’s is confirmed above; that of who leads the top agency by another administrator there', async () => {
    const number = testNumber();
    const chief = { ...person(number, 'H46', ['leader']), title: 'Chủ tịch' };
    await registry.employAll([chief]);
    const above = await registry.login(number);
    const first = await reset(admin, head.user.userId);
    expect(first.decidingAgencyId).toBe(PROVINCE);
    expect(await tryConfirm(head, head.user.userId)).toEqual(NOT_SEPARATE);
    await registry.confirm(above, head.user.userId);
    const [one, two] = [await registry.newcomer('H46', 'agency_admin'), await registry.newcomer('H46', 'agency_admin')];
    const { firstPart } = await reset(one, above.user.userId);
    expect(await tryConfirm(one, above.user.userId)).toEqual(NOT_SEPARATE);
    expect(await tryConfirm(admin, above.user.userId)).toEqual(MISSING);
    const secondPart = await registry.confirm(two, above.user.userId);
    expect(await login(number, `${firstPart}-${secondPart}`)).toEqual(MUST_CHANGE);
  });
});
