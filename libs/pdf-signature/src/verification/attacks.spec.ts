import { encodeSignedData, OID, readSignedData, signWith } from '@qlvb/x509';
import * as attack from '../testing/attacks.ts';
import { cmsOf, inBer, withCms } from '../testing/cms-forgeries.ts';
import { samplePdf } from '@qlvb/pdf-testing';
import { AGENCY, PERSON, sampleWorld, sign, signAsAgency, signAsPerson, SIGNED_AT } from '../testing/signed-sample.ts';
import type { VerificationReport } from './report.ts';
import { verifyPdfSignatures } from './verify.ts';

const world = sampleWorld();
const { pki, person, agency } = world;
const evidence = pki.evidence([person.certificate, agency.certificate]);
const check = (pdf: Uint8Array): VerificationReport =>
  verifyPdfSignatures(pdf, { trust: pki.trust, at: SIGNED_AT, evidence });
const draft = { table: samplePdf(), stream: samplePdf({ xref: 'stream' }) };
const personal = { table: signAsPerson(world, draft.table), stream: signAsPerson(world, draft.stream) };
const complete = { table: signAsAgency(world, personal.table), stream: signAsAgency(world, personal.stream) };

const codes = (report: VerificationReport): readonly string[] => [
  ...new Set([...report.findings, ...report.signatures.flatMap(({ findings }) => findings)].map(({ code }) => code)),
];

describe.each(['table', 'stream'] as const)('changes after both signatures (cross-reference %s)', (xref) => {
  it.each<[string, (pdf: Uint8Array) => Uint8Array]>([
    ['ATT-03: page content replaced', attack.contentReplaced],
    ['ATT-03: page content added', attack.contentAdded],
    ['ATT-03: page added', attack.pageAdded],
    ['ATT-04: font replaced', attack.fontReplaced],
    ['ATT-04: script on opening', attack.openActionAdded],
    ['ATT-06: annotation added', attack.annotationAdded],
    ['ATT-07: widget that covers the page', attack.sneakyWidgetAdded],
    ['ATT-13: locked field changed', (pdf) => attack.fieldValueSet(pdf, 'SoVanBan', '13/QĐ-STTTT')],
    ['ATT-04: appearance of number replaced', (pdf) => attack.fieldAppearanceReplaced(pdf, 'SoVanBan')],
    ['ATT-04: picture of the signature replaced', attack.pictureReplaced],
  ])('%s', (_, falsify) => {
    const report = check(falsify(complete[xref]));
    expect(codes(report)).toContain('modified-after-signing');
    expect(report.signatures.map(({ indication }) => indication)).toEqual(['FAILED', 'FAILED']);
    expect(report.legal).toBe('none');
  });

  it('ATT-08: signature dictionary replaced', () => {
    const report = check(attack.signatureDictionaryReplaced(complete[xref], 'ChuKyCoQuan'));
    expect(report.legal).toBe('none');
    expect(codes(report)).toEqual(expect.arrayContaining(['byte-range-gap', 'modified-after-signing']));
  });

  it('ATT-12: form removed leaves no valid signature', () => {
    expect(check(attack.formRemoved(complete[xref]))).toMatchObject({
      legal: 'none',
      findings: [{ code: 'orphan-signature' }],
    });
  });

  it('ATT-13: signature field removed', () => {
    const report = check(attack.signatureFieldRemoved(complete[xref], 'ChuKyCaNhan'));
    expect(report.legal).toBe('none');
    expect(codes(report)).toEqual(expect.arrayContaining(['modified-after-signing', 'orphan-signature']));
  });

  it.each<[string, (pdf: Uint8Array) => Uint8Array, string]>([
    ['without cross-reference', attack.objectWithoutXref, 'file-unreadable'],
    ['with the old cross-reference', attack.objectWithOldXref, 'trailing-bytes'],
    ['that no cross-reference lists', attack.hiddenObjectInUpdate, 'hidden-objects'],
  ])('VER-05, ATT-05: object appended %s', (_, falsify, code) => {
    const report = check(falsify(complete[xref]));
    expect(codes(report)).toContain(code);
    expect(report.legal).toBe('none');
  });
});

describe('later signatures', () => {
  it('ATT-04: a cross-reference alone turns to a version hidden before signing', () => {
    const signed = signAsAgency(world, signAsPerson(world, attack.draftWithShadow(samplePdf())));
    expect(check(signed).legal).toBe('complete');
    const report = check(attack.shadowRevealed(signed));
    expect(report.legal).toBe('none');
    expect(report.signatures.map(({ indication }) => indication)).toEqual(['FAILED', 'FAILED']);
  });

  it("ATT-07: a stranger's signature casts doubt on the earlier ones", () => {
    const open = sign(world, personal.table, agency, { fieldName: 'ChuKyCoQuan', fill: { SoVanBan: '12/QĐ-STTTT' } });
    const strangers = sampleWorld();
    const report = check(sign(strangers, open, strangers.person, { fieldName: 'ChuKyLa' }));
    expect(report.legal).toBe('none');
    expect(report.signatures[1]?.findings).toContainEqual({ code: 'later-signature-unsound', detail: 'ChuKyLa' });
  });
});

describe('fields filled by nobody', () => {
  it('PR-22: filling number and date without a valid signature over them breaks the first signature', () => {
    const report = check(attack.fieldValueSet(personal.table, 'SoVanBan', '99/QĐ-STTTT'));
    expect(report.signatures[0]).toMatchObject({ indication: 'FAILED', subIndication: 'FORMAT_FAILURE' });
  });

  it("PR-22: a stranger's signature over the filling is no cover", () => {
    const strangers = sampleWorld();
    const report = check(signAsAgency(strangers, personal.table));
    expect(report.legal).toBe('none');
    expect(report.signatures.map(({ indication }) => indication)).toEqual(['FAILED', 'INDETERMINATE']);
  });

  it('ATT-13: a filled field is not filled again, even where nothing is locked', () => {
    const unlocked = sign(world, personal.table, agency, {
      fieldName: 'ChuKyCoQuan',
      fill: { SoVanBan: '12/QĐ-STTTT' },
    });
    expect(check(unlocked).legal).toBe('complete');
    const again = attack.fieldValueSet(unlocked, 'SoVanBan', '13/QĐ-STTTT');
    expect(check(again).legal).toBe('none');
  });

  it("PR-24: after the agency's lock no further signature is accepted", () => {
    const report = check(sign(world, complete.table, person, { fieldName: 'ChuKyThuBa' }));
    expect(report.signatures[1]).toMatchObject({ fieldName: 'ChuKyCoQuan', indication: 'FAILED' });
    expect(report.legal).toBe('person_only');
  });
});

describe('the place of the signature', () => {
  const range = /\/ByteRange \[[^\]]*\]/.exec(Buffer.from(personal.table).toString('latin1'))?.[0] as string;
  const ofRange = (text: string): Uint8Array => attack.replaced(personal.table, range, text.padEnd(range.length));

  it.each([
    ['ATT-01 F-21: ByteRange null', '/ByteRange null', 'INDETERMINATE', 'byte-range-unreadable'],
    ['ATT-01 F-21: ByteRange of two numbers', '/ByteRange [0 10]', 'INDETERMINATE', 'byte-range-unreadable'],
    ['ATT-01 F-21: ByteRange missing', '/ByteRangX [0 10 20 30]', 'INDETERMINATE', 'byte-range-unreadable'],
    ['ATT-01: ByteRange negative', '/ByteRange [0 -1 -1 1]', 'FAILED', 'byte-range-invalid'],
    ['ATT-01: ByteRange beyond the end', '/ByteRange [0 10 20 99999999]', 'FAILED', 'byte-range-invalid'],
    ['ATT-02: ranges overlap', '/ByteRange [0 2000 1000 500]', 'FAILED', 'byte-range-invalid'],
    ['ATT-02: gap elsewhere', '/ByteRange [0 1000 2000 500]', 'FAILED', 'byte-range-gap'],
  ])('%s', (_, text, indication, code) => {
    expect(check(ofRange(text)).signatures[0]).toMatchObject({ indication, findings: [{ code }] });
  });

  it('ATT-02: second range moved', () => {
    expect(check(attack.secondRangeMoved(personal.table)).signatures[0]?.indication).toBe('FAILED');
  });

  it('ATT-01 F-21: Contents null or of zeros cannot be read: nothing is called broken, nothing passes', () => {
    const hex = /\/Contents <[0-9a-f]+>/.exec(Buffer.from(personal.table).toString('latin1'))?.[0] as string;
    const nothing = attack.replaced(personal.table, hex, '/Contents null'.padEnd(hex.length));
    const zeros = attack.replaced(personal.table, hex, `/Contents <${'0'.repeat(hex.length - 12)}>`);
    expect(codes(check(nothing))).toEqual(['dictionary-incomplete']);
    expect(codes(check(zeros))).toEqual(['cms-malformed']);
    for (const unread of [nothing, zeros])
      expect(check(unread).signatures[0]).toMatchObject({ indication: 'INDETERMINATE', integrity: 'unknown' });
  });
});

describe('the signature itself', () => {
  const original = readSignedData(cmsOf(personal.table));
  const signer = original.signerInfos[0] as NonNullable<(typeof original.signerInfos)[0]>;
  const parts = {
    contentType: OID.data,
    signedAttributes: signer.signedAttributes,
    signature: signer.signature,
    certificate: person.certificate,
    chain: pki.chain,
  };

  it('VN-36: one altered byte in the page', () => {
    const report = check(attack.replaced(complete.table, 'QUYET DINH', 'QUYET DJNH'));
    expect(codes(report)).toContain('digest-mismatch');
    expect(report.signatures.map(({ subIndication }) => subIndication)).toEqual(['HASH_FAILURE', 'HASH_FAILURE']);
  });

  it('ATT-14: another certificate for the same key', () => {
    const twin = pki.issue(PERSON, { publicKey: person.certificate.publicKey }).certificate;
    const forged = withCms(personal.table, encodeSignedData({ ...parts, certificate: twin }));
    expect(codes(check(forged))).toContain('certificate-substituted');
    expect(check(forged).signatures[0]?.indication).toBe('FAILED');
  });

  it("VN-40, VN-56: another person's certificate", () => {
    const forged = withCms(personal.table, encodeSignedData({ ...parts, certificate: agency.certificate }));
    expect(codes(check(forged))).toEqual(expect.arrayContaining(['signature-invalid', 'certificate-substituted']));
  });

  it('ATT-09: content inside the CMS', () => {
    const forged = withCms(personal.table, encodeSignedData({ ...parts, content: Buffer.from('x') }));
    expect(codes(check(forged))).toEqual(['cms-not-detached']);
  });

  it('ATT-10: time stamp of another signature', () => {
    const copied = pki.stamp(Buffer.from('another signature value'));
    const forged = withCms(personal.table, encodeSignedData({ ...parts, timeStampToken: copied }));
    expect(check(forged).signatures[0]).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'SIG_CONSTRAINTS_FAILURE',
    });
  });

  it.each([
    ['another digest than the scheme', '0202', ['digest-mismatch', 'signature-invalid'], 'FAILED'],
    ['F-21 a digest nobody knows', '0277', ['algorithm-unknown'], 'INDETERMINATE'],
  ])('ATT-11: %s', (_, last, expected, indication) => {
    const sha256 = '0609608648016503040201';
    const digits = Buffer.from(cmsOf(signAsPerson(world, draft.table, { stamped: false }))).toString('hex');
    const at = digits.lastIndexOf(sha256) + sha256.length - 4;
    const forged = withCms(personal.table, Buffer.from(digits.slice(0, at) + last + digits.slice(at + 4), 'hex'));
    expect(codes(check(forged))).toEqual(expect.arrayContaining(expected));
    expect(check(forged).signatures[0]?.indication).toBe(indication);
    expect(check(forged).signatures[0]?.integrity).not.toBe('proven');
  });

  it('F-03 F-21 BER around the signature is read, and proves nothing about the bytes', () => {
    const read = withCms(complete.table, inBer(cmsOf(complete.table, 'ChuKyCoQuan')));
    expect(check(read)).toMatchObject({ legal: 'complete' });
    expect(check(read).signatures.map(({ integrity }) => integrity)).toEqual(['proven', 'proven']);
    const altered = check(attack.replaced(read, 'QUYET DINH', 'QUYET DJNH'));
    expect(altered.signatures.map(({ indication, integrity }) => [indication, integrity])).toEqual([
      ['FAILED', 'broken'],
      ['FAILED', 'broken'],
    ]);
    const garbled = check(
      attack.replaced(attack.replaced(complete.table, '<3082', '<3080'), 'QUYET DINH', 'QUYET DJNH'),
    );
    expect(garbled.signatures.map(({ decidedBy, integrity }) => [decidedBy, integrity])).toEqual([
      ['digest-mismatch', 'broken'],
      ['cms-malformed', 'unknown'],
    ]);
  });

  it('F-21 a signature of a kind that is not read is unknown, and nothing is called changed', () => {
    const foreign = attack.replaced(personal.table, '/ETSI.CAdES.detached', '/adbe.x509.rsa_sha1 ');
    const report = check(foreign).signatures[0];
    expect(report).toMatchObject({
      indication: 'INDETERMINATE',
      integrity: 'unknown',
      findings: [{ code: 'sub-filter-unsupported' }],
    });
  });

  it('PAD-03: bytes after the CMS', () => {
    const followed = Buffer.concat([cmsOf(personal.table), Buffer.from([0, 1])]);
    expect(codes(check(withCms(personal.table, followed)))).toEqual(['cms-malformed']);
  });

  it('VN-01: the agency alone is not an original, nor is the agency before the person', () => {
    const alone = sign(world, draft.table, agency, { fieldName: 'ChuKyCoQuan' });
    expect(check(alone).legal).toBe('agency_only');
    const reversed = sign(world, alone, person, { fieldName: 'ChuKyCaNhan' });
    expect(check(reversed).legal).toBe('person_only');
    expect(signWith(agency.privateKey, Buffer.from(AGENCY.code)).length).toBe(256);
  });
});

describe('hostile files end in a finding, in bounded time and memory (VER-07, ATT-30)', () => {
  const started = (): (() => number) => {
    const at = process.cpuUsage();
    return () => {
      const { user, system } = process.cpuUsage(at);
      return (user + system) / 1000;
    };
  };

  it.each<[string, () => Uint8Array, string]>([
    ['cross-reference loop', () => attack.prevLoop(complete.table), 'file-unreadable'],
    ['cross-reference stream that unpacks to 300 MB', () => attack.xrefBomb(300_000_000), 'limit-exceeded'],
    ['100 000 nested arrays', () => attack.deepNesting(100_000), 'limit-exceeded'],
    ['a thousand objects that are one', () => attack.sharedObjects(1000), 'file-unreadable'],
    ['a name of 30 MB', () => attack.endlessName(30_000_000), 'file-unreadable'],
    ['not a PDF', () => Buffer.from('MZ'), 'file-unreadable'],
    ['empty', () => new Uint8Array(), 'file-unreadable'],
  ])('%s', (_, make, code) => {
    const file = make();
    const spent = started();
    expect(check(file).findings[0]?.code).toBe(code);
    expect(spent()).toBeLessThan(6000);
  });

  it('truncated anywhere', () => {
    for (let length = 0; length < complete.table.length; length += 977) {
      expect(['none', 'person_only']).toContain(check(complete.table.subarray(0, length)).legal);
    }
  });

  it('mangled anywhere: never a crash, never more than before', () => {
    let state = 7;
    const random = (below: number): number => (state = (state * 1103515245 + 12345) % 2 ** 31) % below;
    for (let round = 0; round < 250; round += 1) {
      const pdf = Uint8Array.from(complete[round % 2 ? 'table' : 'stream']);
      for (let i = 0; i < 1 + (round % 5); i += 1) pdf[random(pdf.length)] = random(256);
      expect(() => check(pdf)).not.toThrow();
    }
  });
});
