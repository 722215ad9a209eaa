import type { RevocationEvidence } from '@qlvb/x509';
import { sampleWorld, sign, signAsAgency, signAsPerson, SIGNED_AT } from '../testing/signed-sample.ts';
import { samplePdf } from '@qlvb/pdf-testing';
import type { VerificationReport } from './report.ts';
import { verifyPdfSignatures } from './verify.ts';
import type { VerificationOptions } from './verify.ts';

const world = sampleWorld();
const { pki } = world;

export const check = (
  pdf: Uint8Array,
  options: Partial<VerificationOptions> & { evidence?: RevocationEvidence } = {},
): VerificationReport =>
  verifyPdfSignatures(pdf, {
    trust: pki.trust,
    at: SIGNED_AT,
    evidence: pki.evidence([world.person.certificate, world.agency.certificate]),
    ...options,
  });

describe.each(['table', 'stream'] as const)('a document with a cross-reference %s', (xref) => {
  const draft = samplePdf({ xref });
  const once = signAsPerson(world, draft);
  const twice = signAsAgency(world, once);

  it('VN-01: is complete with the person and then the agency', () => {
    const report = check(twice);
    expect(
      report.signatures.map(({ fieldName, indication, findings }) => ({ fieldName, indication, findings })),
    ).toEqual([
      { fieldName: 'ChuKyCaNhan', indication: 'PASSED', findings: [] },
      { fieldName: 'ChuKyCoQuan', indication: 'PASSED', findings: [] },
    ]);
    expect(report).toMatchObject({ legal: 'complete', findings: [] });
  });

  it('VN-01: has only the person before the clerk signs, and nothing before anybody does', () => {
    expect(check(once).legal).toBe('person_only');
    expect(check(draft)).toEqual({ legal: 'none', signatures: [], findings: [] });
  });

  it('PR-22, VER-04: number, date and the second signature are the only changes after the first', () => {
    expect(check(twice).signatures[0]?.changesAfter).toEqual([
      { kind: 'signature-added', where: 'ChuKyCoQuan', covers: 'content' },
      { kind: 'field-filled', where: 'SoVanBan' },
      { kind: 'field-filled', where: 'NgayBanHanh' },
    ]);
  });

  it('PAD-06: every earlier byte stays where it was', () => {
    expect(Buffer.from(once.subarray(0, draft.length)).equals(draft)).toBe(true);
    expect(Buffer.from(twice.subarray(0, once.length)).equals(once)).toBe(true);
  });

  it('VER-05: the last signature covers the whole file, the first its own revision', () => {
    expect(check(twice).signatures.map(({ coversWholeFile }) => coversWholeFile)).toEqual([false, true]);
  });
});

describe('what a report holds', () => {
  const signed = signAsAgency(world, signAsPerson(world, samplePdf()));
  const [person, agency] = check(signed).signatures;

  it('VN-47: issuer, signer, organisation, times, integrity and validity', () => {
    expect(person?.signer?.subject.toString()).toBe(
      'C=VN, O=Sở Thông tin và Truyền thông, T=Giám đốc, CN=Nguyễn Thị Hương, UID=CCCD:099180001234',
    );
    expect(person?.signer?.issuer.commonName).toBe('Chứng thực chữ ký số (mẫu)');
    expect(person).toMatchObject({
      signingTime: SIGNED_AT,
      timeStampTime: SIGNED_AT,
      level: 'B-T',
      indication: 'PASSED',
    });
    expect(person?.location).toBe('Quảng Bình');
  });

  it('VN-43: both digests', () => {
    expect(person?.digests?.signed).toBe(person?.digests?.computed);
    expect(person?.digests?.algorithm).toBe('sha256');
  });

  it('VN-53: tells persons from agencies', () => {
    expect([person?.signerKind, agency?.signerKind]).toEqual(['person', 'agency']);
  });

  it('VER-08: the same input gives the same report', () => {
    const evidence = pki.evidence([world.person.certificate, world.agency.certificate]);
    expect(JSON.stringify(check(signed, { evidence }), big)).toBe(JSON.stringify(check(signed, { evidence }), big));
  });
});

const big = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

describe('certificates at the control time', () => {
  const day = 24 * 3600 * 1000;
  const later = new Date(SIGNED_AT.getTime() + 400 * day);
  const short = world.holder(
    { kind: 'person', name: 'Trần Văn Bình', title: 'Giám đốc', organization: 'Sở', cccd: '099080000001' },
    { notBefore: new Date(SIGNED_AT.getTime() - day), notAfter: new Date(SIGNED_AT.getTime() + day) },
  );
  const fieldName = 'ChuKyCaNhan';
  const only = (report: VerificationReport): unknown => ({
    indication: report.signatures[0]?.indication,
    codes: report.signatures[0]?.findings.map(({ code }) => code),
  });
  const ignoring = { at: later, policy: { revocation: 'ignore' } } as const;

  it('VN-50, VER-03: an expired certificate holds when a time stamp proves the time', () => {
    expect(only(check(sign(world, samplePdf(), short, { fieldName }), ignoring))).toEqual({
      indication: 'PASSED',
      codes: [],
    });
  });

  it('VN-50, VER-03: without a time stamp /M proves nothing', () => {
    const unstamped = sign(world, samplePdf(), short, { fieldName, stamped: false });
    expect(only(check(unstamped, ignoring))).toEqual({ indication: 'INDETERMINATE', codes: ['expired'] });
  });

  it('VN-51: an unknown status is a warning, never a pass', () => {
    const evidence = { ocspResponses: [], crls: [] };
    expect(only(check(signAsPerson(world, samplePdf(), { stamped: false }), { evidence }))).toEqual({
      indication: 'INDETERMINATE',
      codes: ['revocation-unknown', 'revocation-unknown'],
    });
  });

  it.each([
    ['before signing', -1, 'FAILED', ['revoked']],
    ['after signing', 1, 'PASSED', []],
  ])('VN-50: revoked one hour %s', (_, hours, indication, codes) => {
    const other = world.holder({
      kind: 'person',
      name: 'Lê Văn Cường',
      title: 'Phó Giám đốc',
      organization: 'Sở',
      cccd: '099080000002',
    });
    pki.revoke(other.certificate, 1, new Date(SIGNED_AT.getTime() + hours * 3600_000));
    const report = check(sign(world, samplePdf(), other, { fieldName }), {
      evidence: pki.evidence([other.certificate]),
    });
    expect(only(report)).toEqual({ indication, codes });
  });

  it('VN-54: a key for encryption does not sign documents', () => {
    const other = world.holder(
      { kind: 'person', name: 'Phạm Thị Dung', title: 'Chuyên viên', organization: 'Sở', cccd: '099180000003' },
      { keyUsages: ['keyEncipherment'] },
    );
    const report = check(sign(world, samplePdf(), other, { fieldName }), {
      evidence: pki.evidence([other.certificate]),
    });
    expect(only(report)).toEqual({ indication: 'FAILED', codes: ['key-usage'] });
  });

  it('VN-41: another root is not trusted', () => {
    const strangers = sampleWorld();
    const report = check(signAsPerson(strangers, samplePdf()));
    expect(report.signatures[0]?.indication).toBe('INDETERMINATE');
    expect(only(report)).toMatchObject({ codes: expect.arrayContaining(['no-path']) });
  });

  it('VN-35: a policy may demand a time stamp', () => {
    const unstamped = signAsPerson(world, samplePdf(), { stamped: false });
    expect(only(check(unstamped))).toEqual({ indication: 'PASSED', codes: [] });
    expect(only(check(unstamped, { policy: { requireTimeStamp: true } }))).toMatchObject({
      codes: ['time-stamp-missing'],
    });
  });
});
