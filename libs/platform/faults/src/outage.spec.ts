import { causes, isOutage } from './outage.ts';

const error = (message: string, code?: string): Error => Object.assign(new Error(message), code ? { code } : {});

describe('an outage', () => {
  it.each([
    ['a refused connection', error('connect', 'ECONNREFUSED')],
    ['a server that recovers', error('not yet accepting connections', '57P03')],
    ['a server that was shut down', error('terminating connection', '57P01')],
    ['a full disk', error('could not extend file', '53100')],
    ['a lost connection', error('Connection terminated unexpectedly')],
  ])('is %s', (_what, thrown) => {
    expect(isOutage(thrown)).toBe(true);
  });

  it.each([
    ['a duplicate', error('duplicate key', '23505')],
    ['a cancelled statement', error('canceling statement', '57014')],
    ['a fault of the program', new TypeError('x is not a function')],
  ])('is not %s', (_what, thrown) => {
    expect(isOutage(thrown)).toBe(false);
  });

  it('is found among the causes and behind the wrapping of the mapper', () => {
    const driverError = error('connect', 'ECONNREFUSED');
    const wrapped = new Error('outer', { cause: Object.assign(new Error('query failed'), { driverError }) });
    expect([...causes(wrapped)].some(isOutage)).toBe(true);
  });
});
