import { credentialsMatch, hashPassword } from './passwords.ts';
import type { Credentials } from './passwords.ts';

const [FIRST, SECOND] = ['abcdEFGH2345+=?x', 'stuvWXYZ6789+=?y'];
const BOTH = `${FIRST}-${SECOND}`;

let invited: Credentials;
let half: Credentials;
let known: Credentials;
beforeAll(async () => {
  const firstHash = await hashPassword(FIRST);
  invited = { invitation: { firstHash, secondHash: await hashPassword(SECOND) } };
  half = { invitation: { firstHash, secondHash: null } };
  known = { passwordHash: await hashPassword(BOTH) };
});

describe('F-04 SEC-A03 what opens an account', () => {
  it.each([
    [BOTH, true],
    [FIRST, false],
    [SECOND, false],
    [`${SECOND}-${FIRST}`, false],
    [`${FIRST}-${FIRST}`, false],
    [`${SECOND}-${SECOND}`, false],
    [`${BOTH} `, false],
  ])('F-04 %s for who is invited: %s', async (typed, opens) => {
    expect(await credentialsMatch(invited, typed)).toBe(opens);
  });

  it('F-04 is nothing while the second part is not there, and for nobody', async () => {
    for (const typed of [BOTH, FIRST, `${FIRST}-`]) {
      expect([typed, await credentialsMatch(half, typed), await credentialsMatch({}, typed)]).toEqual([
        typed,
        false,
        false,
      ]);
    }
  });

  it('F-04 SEC-A14 is the whole password of who has set one, whatever it looks like', async () => {
    expect([await credentialsMatch(known, BOTH), await credentialsMatch(known, FIRST)]).toEqual([true, false]);
  });

  // Time of the processor and not of the clock: what else the machine does is of no matter.
  it.each([['x'.repeat(16)], [`${'x'.repeat(16)}-${'y'.repeat(16)}`]])(
    'F-04 CID-25 takes the same work for who is invited, has a password, or is nobody: %s',
    async (typed) => {
      const work: number[] = [];
      for (const credentials of [invited, half, known, {}]) {
        const start = process.cpuUsage();
        for (let n = 0; n < 8; n += 1) await credentialsMatch(credentials, typed);
        work.push(process.cpuUsage(start).user);
      }
      // One hash more or less would be half or double.
      expect(Math.max(...work) / Math.min(...work)).toBeLessThan(1.6);
    },
  );
});
