import { agencyCodeIn, assertOwnSeal, certificateState, holderWarnings } from './certificate.ts';

describe('the register of certificates', () => {
  const validity = { validFrom: new Date('2026-01-01T00:00:00Z'), validTo: new Date('2026-12-31T00:00:00Z') };

  it.each([
    ['2025-12-31T23:59:59Z', 'not_yet_valid'],
    ['2026-01-01T00:00:00Z', 'in_use'],
    ['2026-10-31T00:00:00Z', 'in_use'],
    ['2026-11-01T00:00:00Z', 'renewal_due'],
    ['2026-12-31T00:00:00Z', 'renewal_due'],
    ['2026-12-31T00:00:01Z', 'expired'],
  ])('VN-09 at %s a certificate is %s', (at, state) => {
    expect(certificateState(validity, new Date(at))).toBe(state);
  });

  it('VN-05 compares the subject with the directory, whatever its Unicode form and case', () => {
    const holder = { name: 'Nguyễn Hoàng Dương', organization: 'Sở Thông tin và Truyền thông' };
    const subject = { commonName: holder.name.normalize('NFD'), organization: holder.organization.toUpperCase() };
    expect(holderWarnings(subject, holder)).toEqual([]);
    expect(holderWarnings({ commonName: 'Trần An', organization: undefined }, holder)).toEqual(['name-differs']);
    expect(holderWarnings({ ...subject, organization: 'Sở Nội vụ' }, holder)).toEqual(['organization-differs']);
    expect(holderWarnings(subject, undefined)).toEqual(['holder-unknown']);
  });

  it('VN-05 knows the agency of a seal by the code in its subject', () => {
    expect(agencyCodeIn('MDD:H46.05')).toBe('H46.05');
    for (const uid of [undefined, 'MST:0100000000', 'CCCD:0']) expect(agencyCodeIn(uid)).toBeUndefined();
  });

  it('VN-05, VN-09 takes a seal from the agency it was given to, by any of its codes, and from nobody else', () => {
    const own = ['H46.05', '000.00.05.H46'];
    for (const code of ['H46.05', '000.00.05.H46']) expect(() => assertOwnSeal(`MDD:${code}`, own)).not.toThrow();
    expect(() => assertOwnSeal('MST:0100000000', own)).not.toThrow();
    expect(() => assertOwnSeal('MDD:H46.03', own)).toThrow('signature.certificate-unusable');
    expect(() => assertOwnSeal('MDD:H46.05', [])).toThrow('signature.certificate-unusable');
  });
});
