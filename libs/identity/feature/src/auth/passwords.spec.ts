import { createRequire } from 'node:module';
import { jest } from '@jest/globals';
import type * as Argon2 from '@node-rs/argon2';
import type { Credentials } from './passwords.ts';

// The real thing, counted.
const argon2 = createRequire(import.meta.url)('@node-rs/argon2') as typeof Argon2;
let verified = 0;
jest.unstable_mockModule('@node-rs/argon2', () => ({
  ...argon2,
  verify: (...given: Parameters<typeof argon2.verify>) => {
    verified += 1;
    return argon2.verify(...given);
  },
}));
const { credentialsMatch, hashPassword } = await import('./passwords.ts');

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

  it.each([
    ['x'.repeat(16), 1],
    [`${'x'.repeat(16)}-${'y'.repeat(16)}`, 2],
  ])(
    'F-04 CID-25 computes as many hashes for who is invited, has a password, or is nobody: %s',
    async (typed, hashes) => {
      for (const credentials of [invited, half, known, {}]) {
        verified = 0;
        await credentialsMatch(credentials, typed);
        expect([credentials, verified]).toEqual([credentials, hashes]);
      }
    },
  );
});
