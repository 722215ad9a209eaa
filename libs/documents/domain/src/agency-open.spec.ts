import { assertAgencyOpen } from './agency-open.ts';

describe('AGC-08: new documents', () => {
  it('are made to the last day of the agency and no longer', () => {
    for (const validTo of [null, '2026-11-23', '2026-12-31']) assertAgencyOpen({ validTo }, '2026-11-23');
    expect(() => assertAgencyOpen({ validTo: '2026-11-22' }, '2026-11-23')).toThrow('documents.agency-no-longer');
  });
});
