import { SEPARATED_ACTS, SEPARATIONS } from '@qlvb/contracts';
import { assertSeparate, isSeparate } from './separation.ts';

const pairs = SEPARATED_ACTS.flatMap((act) => SEPARATED_ACTS.map((other) => [act, other] as const));

describe('F-04 the table of separations', () => {
  it.each(pairs)('%s after %s by the same person', (act, earlier) => {
    const separation = SEPARATIONS.find(({ acts }) => acts.includes(act) && acts.includes(earlier) && act !== earlier);
    const done = [{ act: earlier, userId: 'u-me', version: 3 }];
    expect(isSeparate(act, done, { userId: 'u-me', version: 3 })).toBe(separation === undefined);
    expect(isSeparate(act, done, { userId: 'u-me', version: 4 })).toBe(separation?.scope !== 'object');
    expect(isSeparate(act, done, { userId: 'u-other', version: 3 })).toBe(true);
  });

  it('says so in a problem', () => {
    const proposed = [{ act: 'account-change.propose', userId: 'u-me' }] as const;
    expect(() => assertSeparate('account-change.approve', proposed, { userId: 'u-me' })).toThrow(
      'auth.duties-not-separate',
    );
    assertSeparate('account-change.approve', proposed, { userId: 'u-other' });
  });

  it('separates every act it names from another', () => {
    expect(new Set(SEPARATIONS.flatMap(({ acts }) => acts))).toEqual(new Set(SEPARATED_ACTS));
  });
});
