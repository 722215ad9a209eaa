import { generateKeyPairSync } from 'node:crypto';
import { signWith } from '@qlvb/x509';
import {
  FieldNameTaken,
  FieldNotFillable,
  PlaceholderTooSmall,
  SignatureValueRejected,
  TimeStampRejected,
  UnsafeEmbedding,
} from '../pdf-signature.problems.ts';
import { contentReplaced } from '../testing/attacks.ts';
import { samplePdf } from '@qlvb/pdf-testing';
import { pageRefs, PdfDocument } from '@qlvb/pdf';
import type { PdfDict, PdfObject } from '@qlvb/pdf';
import { PERSON, sampleWorld, sign, signAsAgency, signAsPerson, SIGNED_AT } from '../testing/signed-sample.ts';
import { completePdfSignature } from './complete.ts';
import { placeholderSize, preparePdfSignature } from './prepare.ts';
import type { PreparedSignature } from './prepare.ts';
import { assertSafeEmbedding } from './self-check.ts';

const world = sampleWorld();
const { pki, person, agency } = world;
const prepare = (more: Partial<Parameters<typeof preparePdfSignature>[0]> = {}): PreparedSignature =>
  preparePdfSignature({
    document: new PdfDocument(samplePdf()),
    fieldName: 'ChuKyCaNhan',
    placement: { pageIndex: 0, rectangle: [300, 200, 400, 250] },
    appearance: { kind: 'text', lines: ['Sở Thông tin và Truyền thông', '2026-11-23T09:00:00+07:00'] },
    certificate: person.certificate,
    chain: pki.chain,
    signingTime: SIGNED_AT,
    ...more,
  });

describe('preparing', () => {
  it('PR-04: the same request gives the same bytes', () => {
    expect(Buffer.from(prepare().file).equals(prepare().file)).toBe(true);
  });

  it('PR-03, PAD-02: the byte range leaves out the placeholder alone', () => {
    const { file, byteRange } = prepare();
    const gap = Buffer.from(file.subarray(byteRange[1], byteRange[2])).toString();
    expect(gap).toMatch(/^<0+>$/);
    expect(byteRange[2] + byteRange[3]).toBe(file.length);
  });

  it('PR-11, PAD-01: /M carries the time with the Vietnamese zone', () => {
    const text = Buffer.from(prepare().file).toString('latin1');
    expect(text).toContain("/M (D:20261123090000+07'00')");
    expect(text).toContain('/SubFilter /ETSI.CAdES.detached');
  });

  it('PAD-04: the signed attributes name type, digest and certificate, and no signing time', () => {
    const hex = Buffer.from(prepare().signedAttributes).toString('hex');
    expect(hex).toContain('06092a864886f70d010903');
    expect(hex).toContain('06092a864886f70d010904');
    expect(hex).toContain('060b2a864886f70d010910022f');
    expect(hex).not.toContain('06092a864886f70d010905');
  });

  it('PR-09: the placeholder holds chain, time stamp and 4 KiB, at least 16 KiB', () => {
    expect(placeholderSize([person.certificate])).toBe(16 * 1024);
    expect(placeholderSize(Array.from({ length: 12 }, () => person.certificate))).toBeGreaterThan(20 * 1024);
  });

  it('PR-23: the first signature certifies nothing', () => {
    expect(Buffer.from(prepare().file).includes('/DocMDP')).toBe(false);
    expect(Buffer.from(prepare().file).includes('/Perms')).toBe(false);
  });

  it('VN-21: the picture is in the widget; page content and resources stay as they are', () => {
    const before = new PdfDocument(samplePdf());
    const after = new PdfDocument(prepare().file);
    const page = (document: PdfDocument): PdfDict => document.dict(pageRefs(document)[0]) as PdfDict;
    for (const key of ['Contents', 'Resources']) expect(page(after).get(key)).toEqual(page(before).get(key));
    const content = (document: PdfDocument): PdfObject => document.resolve(page(document).get('Contents'));
    expect(content(after)).toEqual(content(before));
  });

  it('PAD-05: refuses a name that is taken or has a dot', () => {
    const signed = signAsPerson(world, samplePdf());
    for (const fieldName of ['ChuKyCaNhan', 'SoVanBan', 'a.b']) {
      expect(() => sign(world, signed, agency, { fieldName })).toThrow(
        expect.objectContaining({ code: FieldNameTaken.declaration.code }),
      );
    }
  });

  it.each([['KhongCo'], ['ChuKyCaNhan']])('PR-22: fills no field %s', (name) => {
    const signed = signAsPerson(world, samplePdf());
    const fill = { [name]: 'x' };
    expect(() => sign(world, signed, agency, { fill })).toThrow(
      expect.objectContaining({ code: FieldNotFillable.declaration.code }),
    );
  });

  it('PR-22: fills no field twice', () => {
    const fill = { SoVanBan: '12/QĐ-STTTT' };
    const filled = sign(world, samplePdf(), agency, { fieldName: 'ChuKyCoQuan', fill });
    const code = FieldNotFillable.declaration.code;
    expect(() => sign(world, filled, person, { fill })).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe('completing', () => {
  const prepared = prepare();
  const value = signWith(person.privateKey, prepared.signedAttributes);
  const code = (declaration: { code: string }): Error => expect.objectContaining({ code: declaration.code }) as Error;

  it('PR-04: the same input gives the same file', () => {
    const complete = (): Uint8Array => completePdfSignature({ prepared, signatureValue: value });
    expect(Buffer.from(complete()).equals(complete())).toBe(true);
  });

  it.each([
    ['another key', signWith(agency.privateKey, prepared.signedAttributes)],
    ['another hash', signWith(person.privateKey, Buffer.from('other'))],
    ['nothing', Buffer.alloc(0)],
    ['noise', Buffer.alloc(256, 7)],
  ])('PR-06: refuses a value by %s', (_, signatureValue) => {
    expect(() => completePdfSignature({ prepared, signatureValue })).toThrow(code(SignatureValueRejected.declaration));
  });

  it('PR-10: refuses a time stamp of something else', () => {
    const timeStampToken = pki.stamp(Buffer.from('other'));
    expect(() => completePdfSignature({ prepared, signatureValue: value, timeStampToken })).toThrow(
      code(TimeStampRejected.declaration),
    );
  });

  it('PR-09: says so when the place is too small', () => {
    const small = prepare({ contentsBytes: 1000 });
    const signatureValue = signWith(person.privateKey, small.signedAttributes);
    expect(() => completePdfSignature({ prepared: small, signatureValue })).toThrow(
      code(PlaceholderTooSmall.declaration),
    );
  });

  it('VN-71, PAD-10: signs with ECDSA P-256 too', () => {
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { certificate } = pki.issue(PERSON, { publicKey: keys.publicKey });
    const before = samplePdf();
    const after = sign(world, before, { certificate, privateKey: keys.privateKey }, { fieldName: 'ChuKyCaNhan' });
    const options = { trust: pki.trust, at: SIGNED_AT, evidence: pki.evidence([certificate]) };
    expect(assertSafeEmbedding({ before, after, fieldName: 'ChuKyCaNhan', level: 'B-T', options }).indication).toBe(
      'PASSED',
    );
  });
});

describe('PR-12: the check after embedding', () => {
  const options = { trust: pki.trust, at: SIGNED_AT, evidence: pki.evidence([person.certificate, agency.certificate]) };
  const first = signAsPerson(world, samplePdf());
  const second = signAsAgency(world, first);
  const base = { before: first, after: second, fieldName: 'ChuKyCoQuan', level: 'B-T', options } as const;

  it('passes what the two steps made', () => {
    expect(assertSafeEmbedding(base)).toMatchObject({ coversWholeFile: true, level: 'B-T', signerKind: 'agency' });
  });

  it.each([
    ['other earlier bytes', { before: Uint8Array.from(first).fill(32, 500, 501) }],
    ['a lower level', { after: signAsAgency(world, first, { stamped: false }) }],
    ['a broken earlier signature', { after: signAsAgency(world, contentReplaced(first)) }],
    ['a signature that is not the one asked for', { fieldName: 'ChuKyKhac' }],
    ['unknown trust', { options: { ...options, trust: { anchors: [] } } }],
  ])('refuses %s', (_, change) => {
    expect(() => assertSafeEmbedding({ ...base, ...change })).toThrow(
      expect.objectContaining({ code: UnsafeEmbedding.declaration.code }),
    );
  });
});
