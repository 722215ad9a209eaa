import { agencyCodeIn, assertOwnCertificate, certificateState, holderDifferences } from './certificate.ts';

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

  const holder = {
    kind: 'person' as const,
    name: 'Nguyễn Hoàng Dương',
    agencyName: 'Sở Thông tin và Truyền thông',
    agencyCodes: ['H46.05', '000.00.05.H46'],
    number: 'confirmed' as const,
  };
  const subject = { commonName: holder.name, organizations: [holder.agencyName], uid: undefined };

  it('VN-05 compares the subject with the directory, whatever its Unicode form, case and blanks', () => {
    const written = { ...subject, commonName: ' nguyễn  HOÀNG Dương '.normalize('NFD') };
    expect(holderDifferences(written, holder)).toEqual([]);
    const unit = { ...subject, organizations: ['UBND tỉnh Quảng Bình', holder.agencyName.toUpperCase()] };
    expect(holderDifferences(unit, holder)).toEqual([]);
  });

  it.each([
    ['another name', { ...subject, commonName: 'Trần An' }, ['name_differs']],
    ['no name', { ...subject, commonName: undefined }, ['name_differs']],
    ['another organisation', { ...subject, organizations: ['Sở Nội vụ'] }, ['organization_differs']],
    ['no organisation', { ...subject, organizations: [] }, ['organization_differs']],
    ['nothing', { commonName: undefined, organizations: [], uid: undefined }, ['name_differs', 'organization_differs']],
  ])('F-04 VN-05 is nobody else’s: with %s it is refused', (_case, other, differences) => {
    expect(holderDifferences(other, holder)).toEqual(differences);
    expect(() => assertOwnCertificate(other, holder)).toThrow('certificate-of-another-holder');
  });

  it.each([
    ['another', 'number_differs', 'signature.certificate-of-another-number'],
    ['not_named', 'number_not_named', 'signature.certificate-without-number'],
    ['not_told', 'number_not_told', 'signature.holder-not-told-yet'],
    [undefined, 'number_not_told', 'signature.holder-not-told-yet'],
  ] as const)('F-04 VN-05 a namesake’s is refused: when the number is %s', (number, difference, code) => {
    expect(holderDifferences(subject, { ...holder, number })).toEqual([difference]);
    expect(() => assertOwnCertificate(subject, { ...holder, number })).toThrow(expect.objectContaining({ code }));
  });

  it('VN-05 confirms nothing for a holder the directory does not know', () => {
    expect(holderDifferences(subject, { ...holder, name: undefined })).toEqual(['holder_unknown']);
    expect(holderDifferences(subject, { ...holder, agencyName: undefined })).toEqual(['holder_unknown']);
  });

  it('VN-05 VN-09 knows the agency of a seal by the code in its subject, else by its name', () => {
    const seal = { ...holder, kind: 'agency' as const, name: holder.agencyName };
    const of = (uid: string | undefined, commonName = 'X') => ({ commonName, organizations: [], uid });
    expect(agencyCodeIn('MDD:H46.05')).toBe('H46.05');
    expect(agencyCodeIn('CCCD:044')).toBeUndefined();
    expect(holderDifferences(of('MDD:H46.05'), seal)).toEqual([]);
    expect(holderDifferences(of('MDD:000.00.05.H46'), seal)).toEqual([]);
    expect(holderDifferences(of('MDD:H46.03', holder.agencyName), seal)).toEqual(['other_agency']);
    expect(holderDifferences(of('MST:3100123456', holder.agencyName), seal)).toEqual([]);
    expect(holderDifferences(of('MST:3100123456', 'Sở Nội vụ'), seal)).toEqual(['other_agency']);
    expect(holderDifferences(of(undefined), seal)).toEqual(['other_agency']);
  });
});
