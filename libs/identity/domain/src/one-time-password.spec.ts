import { oneTimeParts } from './one-time-password.ts';

const [FIRST, SECOND] = ['abcdEFGH2345+=?x', 'stuvWXYZ6789+=?y'];

describe('F-04 SEC-A03 a one-time password', () => {
  it('F-04 has two parts with a dash between them', () => {
    expect(oneTimeParts(`${FIRST}-${SECOND}`)).toEqual([FIRST, SECOND]);
  });

  it.each([
    FIRST,
    `${FIRST}-`,
    `-${SECOND}`,
    `${FIRST}${SECOND}`,
    `${FIRST}-${SECOND}-${SECOND}`,
    `${FIRST.slice(1)}-${SECOND}`,
    `${FIRST}-${SECOND}x`,
    ` ${FIRST}-${SECOND}`,
  ])('F-04 is not %s', (password) => {
    expect(oneTimeParts(password)).toBeUndefined();
  });
});
