import { conclude } from './report.ts';

describe('VER-01, VER-02: the result of all findings', () => {
  it('is passed without findings', () => expect(conclude([])).toEqual({ indication: 'PASSED' }));

  it('is failed when one finding fails, whatever else is open', () => {
    expect(conclude([{ code: 'revocation-unknown' }, { code: 'digest-mismatch' }, { code: 'no-path' }])).toEqual({
      indication: 'FAILED',
      subIndication: 'HASH_FAILURE',
      decidedBy: 'digest-mismatch',
    });
  });

  it('takes its reason from the first finding of the deciding kind', () => {
    expect(conclude([{ code: 'no-path' }, { code: 'expired' }])).toEqual({
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      decidedBy: 'no-path',
    });
  });

  it('does not count what is only worth knowing', () => {
    expect(conclude([{ code: 'orphan-signature' }]).indication).toBe('PASSED');
  });
});
