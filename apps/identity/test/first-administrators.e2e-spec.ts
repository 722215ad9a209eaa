import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PROVINCE, refusal, Registry, testNumber } from './registry.ts';
import type { Session } from './registry.ts';

const PROGRAM = join(import.meta.dirname, '../../../dist/apps/identity/src/create-administrator.js');
const OWN = 'Mat-khau-cua-rieng-toi-2026';

interface Made {
  readonly oneTimePassword: string;
  readonly cccdMasked: string;
}

let registry: Registry;
beforeAll(async () => (registry = await Registry.open()));
afterAll(() => registry.test.stop());

/** Runs the program as an operator does, who types the number twice. */
function run(
  number: string,
  options: readonly string[],
  again = number,
): { made?: Made; said: string; code: number | null } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...options, '--json'], {
    encoding: 'utf8',
    input: `${number}\n${again}\n`,
    env: { ...process.env, ...registry.test.environment, QLVB_DATABASE_URL: registry.test.appUrl },
  });
  return { ...(status === 0 ? { made: JSON.parse(stdout) as Made } : {}), said: stderr, code: status };
}

async function signIn(number: string, oneTimePassword: string): Promise<Session> {
  expect(await refusal(registry.tryLogin(number, oneTimePassword))).toEqual([403, 'auth.password-change-required']);
  const change = { cccd: number, currentPassword: oneTimePassword, newPassword: OWN };
  expect((await registry.post('/auth/password-changes', change)).status).toBe(204);
  return registry.login(number, OWN);
}

describe('F-11 the first two administrators of an installation', () => {
  const numbers = [testNumber(), testNumber()] as const;
  const sessions: Session[] = [];

  it.each([
    ['a number that is none', '12', ['--name', 'Lê Thị Mai'], /must be 12 digits/],
    ['no name', testNumber(), [], /fullName/],
    ['a name that the exchange does not take', testNumber(), ['--name', 'Lê\u2068Mai'], /fullName/],
  ])('CID-01 are not made of %s', (_what, number, options, words) => {
    const { said, code } = run(number, options);
    expect([code, said]).toEqual([2, expect.stringMatching(words)]);
  });

  it('CID-09 are not made of two numbers that differ', () => {
    expect(run(testNumber(), ['--name', 'Lê Thị Mai'], testNumber()).code).toBe(2);
  });

  it('SEC-A03 set a password of their own at the first login', async () => {
    const lost = run(numbers[0], ['--name', 'Lê Thị Mai']).made;
    const made = run(numbers[0], ['--name', 'Lê Thị Mai']).made;
    expect(await refusal(registry.tryLogin(numbers[0], lost?.oneTimePassword))).toEqual([401, 'auth.login-failed']);
    sessions.push(await signIn(numbers[0], made?.oneTimePassword ?? ''));
    expect(await refusal(registry.tryLogin(numbers[0], made?.oneTimePassword))).toEqual([401, 'auth.login-failed']);
    // Who has set one is helped by others, not by the machine.
    expect(run(numbers[0], ['--name', 'Lê Thị Mai']).said).toContain('belongs to another account');
    const second = run(numbers[1], ['--name', 'Trần Văn Nam', '--title', 'Trưởng phòng']).made;
    sessions.push(await signIn(numbers[1], second?.oneTimePassword ?? ''));
  });

  it('are two and no more', () => {
    const { said, code } = run(testNumber(), ['--name', 'Người Thứ Ba']);
    expect([code, said]).toEqual([2, expect.stringContaining('top agency has two administrators')]);
  });

  it('IDN-02 make the first head together: one proposes, the other decides', async () => {
    const [one, other] = sessions as [Session, Session];
    const unitId = one.posts[0]?.unitId;
    const proposal = await registry.propose(
      one,
      await registry.userInput(one, { post: { unitId, title: 'Chủ tịch', rank: 'head', roles: ['leader'] } }),
    );
    expect(proposal).toMatchObject({ agencyId: PROVINCE, standIn: true });
    expect((await registry.decide(other, proposal, 'approvals')).state).toBe('approved');
  });

  it('CID-20 SEC-L03 leave their numbers and passwords in no audit entry', async () => {
    const audit = JSON.stringify(await registry.audit());
    expect(audit).toContain('account.invited-by-installation');
    for (const number of numbers) expect(audit).not.toContain(number);
  });
});
