import { generateKeyPairSync } from 'node:crypto';
import { dict, name, pageRefs, PdfDocument, PdfRef, PdfStream } from '@qlvb/pdf';
import { samplePdf } from '@qlvb/pdf-testing';
import { Der, encodeSignedData, issueCertificate, OID, readSignedData, signWith } from '@qlvb/x509';
import type { Certificate, SignerInfo } from '@qlvb/x509';
import * as attack from '../testing/attacks.ts';
import { cmsOf, element, rebuilt, withCms } from '../testing/cms-forgeries.ts';
import type { CmsParts } from '../testing/cms-forgeries.ts';
import { FREE_PLACE, signPatched } from '../testing/forgeries.ts';
import { PERSON, sampleWorld, sign, signAsAgency, signAsPerson, SIGNED_AT } from '../testing/signed-sample.ts';
import type { Holder } from '../testing/signed-sample.ts';
import { FINDING_CODES, FINDINGS, SUB_INDICATIONS } from './report.ts';
import type {
  Indication,
  FindingCode,
  Integrity,
  SignatureReport,
  SubIndication,
  VerificationReport,
} from './report.ts';
import { verifyPdfSignatures } from './verify.ts';
import type { VerificationOptions } from './verify.ts';

const world = sampleWorld();
const strangers = sampleWorld();
const { pki, person, agency } = world;
const DAY = 24 * 3600 * 1000;
const days = (count: number): Date => new Date(SIGNED_AT.getTime() + count * DAY);
const fieldName = 'ChuKyCaNhan';
const draft = samplePdf();
const personal = signAsPerson(world, draft);
const unstamped = signAsPerson(world, draft, { stamped: false });
const complete = signAsAgency(world, personal);
const check = (pdf: Uint8Array, options: Partial<VerificationOptions> = {}): VerificationReport =>
  verifyPdfSignatures(pdf, {
    trust: pki.trust,
    at: SIGNED_AT,
    evidence: pki.evidence([person, agency, revoked, other].map(({ certificate }) => certificate)),
    ...options,
  });

const someone = (cccd: string, options?: Parameters<typeof world.holder>[1]): Holder =>
  world.holder({ kind: 'person', name: 'Lê Văn Khác', title: 'Chuyên viên', organization: 'Sở khác', cccd }, options);
const other = someone('099080009999');
const revoked = someone('099080000002');
pki.revoke(revoked.certificate, 1, days(-1));

const rangeOf = (pdf: Uint8Array): string =>
  /\/ByteRange \[[^\]]*\]/.exec(Buffer.from(pdf).toString('latin1'))?.[0] as string;
const ranged = (change: (numbers: number[]) => string): Uint8Array => {
  const range = rangeOf(personal);
  const numbers = range.match(/\d+/g)?.map(Number) as number[];
  return attack.replaced(personal, range, change(numbers).padEnd(range.length));
};
const signer = readSignedData(cmsOf(unstamped)).signerInfos[0] as SignerInfo;
/** The signature of the sample in a CMS put together otherwise. */
const encoded = (more: Partial<Parameters<typeof encodeSignedData>[0]>): Uint8Array => {
  const { signedAttributes: attributes, signature } = signer;
  const parts = { contentType: OID.data, signedAttributes: attributes, signature, certificate: person.certificate };
  return withCms(unstamped, encodeSignedData({ ...parts, chain: pki.chain, ...more }));
};
/** Signs the sample by a key whose certificate the demo authority would not issue. */
const signedWith = (issue: (keys: { publicKey: Holder['certificate']['publicKey'] }) => Certificate): Uint8Array => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return sign(world, draft, { certificate: issue({ publicKey }), privateKey }, { fieldName, stamped: false });
};
const issuedBy = (
  issuer: { certificate: Certificate; privateKey: Holder['privateKey'] },
  publicKey: Holder['certificate']['publicKey'],
): Certificate =>
  issueCertificate(
    {
      subject: [
        [OID.commonName, PERSON.name],
        [OID.userId, 'CCCD:099180001234'],
      ],
      publicKey,
      notBefore: days(-10),
      notAfter: days(100),
      keyUsages: ['digitalSignature'],
    },
    issuer,
  );
const unreadablePage = attack.updated(draft, (update, document) => {
  const page = pageRefs(document)[0] as PdfRef;
  const contents = document.dict(page)?.get('Contents') as PdfRef;
  update.put(contents, new PdfStream(dict({ Filter: name('NobodyKnowsDecode') }), Buffer.from('x')));
});
const addedBy = (pdf: Uint8Array, by: Holder, of = world, rectangle: readonly number[] = [0, 0, 0, 0]): Uint8Array =>
  signPatched(of, pdf, by, {
    fieldName: 'ChuKyThem',
    placement: { pageIndex: 0, rectangle: rectangle as [number, number, number, number] },
  });
/** An update without objects, whose table says where one is. */
const relisted = (pdf: Uint8Array, number: number, offset: number): Uint8Array => {
  const { size, trailer, sections } = new PdfDocument(pdf);
  const row = `${String(offset).padStart(10, '0')} 00000 n `;
  const head = `xref\n${number} 1\n${row}\ntrailer\n<< /Size ${size} /Root ${(trailer.get('Root') as PdfRef).number} 0 R`;
  const tail = `/Prev ${sections[0]?.offset} >>\nstartxref\n${pdf.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([pdf, Buffer.from(`${head} ${tail}`)]));
};
const dictionaryAt = (pdf: Uint8Array): { number: number; offset: number } => {
  const document = new PdfDocument(pdf);
  for (const [number, entry] of document.sections[0]?.entries ?? [])
    if (entry.kind === 'offset' && document.dict(new PdfRef(number, 0))?.has('ByteRange'))
      return { number, offset: entry.offset };
  throw new Error('the signature is in no place of its own');
};

interface Case {
  readonly verdict: Indication | 'INFO';
  readonly sub?: SubIndication;
  /** What the signature's bytes are known to be; left out where the file as a whole is meant. */
  readonly integrity?: Integrity;
  readonly pdf: () => Uint8Array;
  readonly options?: Partial<VerificationOptions>;
}

const UNREAD = { verdict: 'INDETERMINATE', sub: 'GENERIC', integrity: 'unknown' } as const;
const CHANGED = { verdict: 'FAILED', sub: 'FORMAT_FAILURE', integrity: 'broken' } as const;
const UNCERTIFIED = { verdict: 'INDETERMINATE', integrity: 'proven' } as const;

/**
 * Every reason with its indication and sub-indication by EN 319 102-1, what it says of the bytes, and a file that has it as the
 * reason that decides. Failed are those alone where something was compared and differs.
 */
const TABLE: Readonly<Record<FindingCode, Case>> = {
  // what cannot be read
  'dictionary-incomplete': {
    ...UNREAD,
    pdf: () => {
      const hex = /\/Contents <[0-9a-f]+>/.exec(Buffer.from(personal).toString('latin1'))?.[0] as string;
      return attack.replaced(personal, hex, '/Contents null'.padEnd(hex.length));
    },
  },
  'byte-range-unreadable': { ...UNREAD, sub: 'SIGNED_DATA_NOT_FOUND', pdf: () => ranged(() => '/ByteRange null') },
  'revision-unreadable': {
    ...UNREAD,
    sub: 'SIGNED_DATA_NOT_FOUND',
    pdf: () => {
      const { offset } = new PdfDocument(personal).sections[0] as { offset: number };
      return attack.replaced(
        complete,
        `startxref\n${offset}\n`,
        `startxref\n${String(9).padStart(`${offset}`.length, '0')}\n`,
      );
    },
  },
  'sub-filter-unsupported': {
    ...UNREAD,
    pdf: () => attack.replaced(personal, '/ETSI.CAdES.detached', '/adbe.x509.rsa_sha1 '),
  },
  'cms-malformed': { ...UNREAD, pdf: () => withCms(personal, Buffer.alloc(8)) },
  'cms-unreadable': { ...UNREAD, pdf: () => withCms(personal, element(0x30)) },
  'cms-signer-count': {
    ...UNREAD,
    pdf: () =>
      withCms(
        unstamped,
        rebuilt(cmsOf(unstamped), ({ signedData, signer: one }) => ({
          signedData: [...signedData, element(0x31, element(0x30, ...one), element(0x30, ...one))],
        })),
      ),
  },
  'algorithm-unknown': {
    ...UNREAD,
    sub: 'CRYPTO_CONSTRAINTS_FAILURE',
    pdf: () =>
      withCms(
        unstamped,
        rebuilt(cmsOf(unstamped), ({ signer: one }) => ({
          signer: one.map((raw, index) => (index === 2 ? Buffer.from('300b0609608648016503040277', 'hex') : raw)),
        })),
      ),
  },
  'file-unreadable': { verdict: 'INDETERMINATE', sub: 'GENERIC', pdf: () => Buffer.from('MZ') },
  'limit-exceeded': { verdict: 'INDETERMINATE', sub: 'GENERIC', pdf: () => attack.deepNesting(1000) },
  // what was compared and differs
  'byte-range-invalid': { ...CHANGED, pdf: () => ranged(([, first]) => `/ByteRange [0 ${first} 9 9]`) },
  'byte-range-gap': { ...CHANGED, pdf: () => ranged(() => '/ByteRange [0 1000 2000 500]') },
  'not-end-of-revision': {
    ...CHANGED,
    pdf: () => ranged(([, first, second, rest]) => `/ByteRange [0 ${first} ${second} ${(rest as number) - 10}]`),
  },
  'dictionary-replaced': {
    ...CHANGED,
    pdf: () => {
      const { number, offset } = dictionaryAt(personal);
      return relisted(personal, number, offset - 1);
    },
  },
  'cms-not-detached': { ...CHANGED, pdf: () => encoded({ content: Buffer.from('x') }) },
  'cms-content-type': { ...CHANGED, pdf: () => encoded({ contentType: OID.tstInfo }) },
  'digest-mismatch': {
    ...CHANGED,
    sub: 'HASH_FAILURE',
    pdf: () => attack.replaced(personal, 'QUYET DINH', 'QUYET DJNH'),
  },
  'signature-invalid': {
    ...CHANGED,
    sub: 'SIG_CRYPTO_FAILURE',
    pdf: () => encoded({ signature: Buffer.from(signer.signature).reverse() }),
  },
  'certificate-substituted': {
    ...CHANGED,
    pdf: () => encoded({ certificate: pki.issue(PERSON, { publicKey: person.certificate.publicKey }).certificate }),
  },
  'modified-after-signing': { ...CHANGED, pdf: () => attack.contentReplaced(personal) },
  'covered-later': { ...CHANGED, pdf: () => addedBy(personal, other, world, [85, 690, 250, 715]) },
  'trailing-bytes': { ...CHANGED, pdf: () => attack.objectWithOldXref(personal) },
  'hidden-objects': { ...CHANGED, pdf: () => attack.hiddenObjectInUpdate(personal) },
  revoked: {
    verdict: 'FAILED',
    sub: 'REVOKED',
    integrity: 'proven',
    pdf: () => sign(world, draft, revoked, { fieldName }),
  },
  'not-yet-valid': {
    verdict: 'FAILED',
    sub: 'NOT_YET_VALID',
    integrity: 'proven',
    pdf: () => sign(world, draft, someone('1', { notBefore: days(1) }), { fieldName, stamped: false }),
    options: { policy: { revocation: 'ignore' } },
  },
  'key-usage': {
    verdict: 'FAILED',
    sub: 'CHAIN_CONSTRAINTS_FAILURE',
    integrity: 'proven',
    pdf: () => sign(world, draft, someone('2', { keyUsages: ['keyEncipherment'] }), { fieldName }),
    options: { policy: { revocation: 'ignore' } },
  },
  // what lacks evidence
  'certificate-missing': {
    verdict: 'INDETERMINATE',
    sub: 'NO_SIGNING_CERTIFICATE_FOUND',
    integrity: 'unknown',
    pdf: () =>
      withCms(
        unstamped,
        rebuilt(cmsOf(unstamped), ({ signedData }) => ({ signedData: signedData.filter((raw) => raw[0] !== 0xa0) })),
      ),
  },
  'no-path': {
    ...UNCERTIFIED,
    sub: 'NO_CERTIFICATE_CHAIN_FOUND',
    pdf: () => unstamped,
    options: { trust: strangers.pki.trust },
  },
  'path-invalid': {
    ...UNCERTIFIED,
    sub: 'CHAIN_CONSTRAINTS_FAILURE',
    pdf: () => signedWith(({ publicKey }) => issuedBy(other, publicKey)),
    options: {
      policy: { revocation: 'ignore' },
      trust: { ...pki.trust, intermediates: [...pki.chain, other.certificate] },
    },
  },
  'weak-algorithm': {
    ...UNCERTIFIED,
    sub: 'CRYPTO_CONSTRAINTS_FAILURE',
    pdf: () => {
      const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
      const certificate = issuedBy(pki.authority, publicKey);
      return sign(world, draft, { certificate, privateKey }, { fieldName, stamped: false });
    },
    options: { policy: { revocation: 'ignore' } },
  },
  'revocation-unknown': {
    ...UNCERTIFIED,
    sub: 'TRY_LATER',
    pdf: () => unstamped,
    options: { evidence: { ocspResponses: [], crls: [] } },
  },
  expired: {
    ...UNCERTIFIED,
    sub: 'OUT_OF_BOUNDS_NO_POE',
    pdf: () => sign(world, draft, someone('3', { notAfter: days(1) }), { fieldName, stamped: false }),
    options: { at: days(2), policy: { revocation: 'ignore' } },
  },
  'time-stamp-invalid': {
    ...UNCERTIFIED,
    sub: 'SIG_CONSTRAINTS_FAILURE',
    pdf: () => encoded({ timeStampToken: pki.stamp(Buffer.from('another signature value')) }),
  },
  'time-stamp-unproven': {
    ...UNCERTIFIED,
    sub: 'NO_POE',
    pdf: () => encoded({ timeStampToken: strangers.pki.stamp(signer.signature) }),
  },
  'time-stamp-missing': {
    ...UNCERTIFIED,
    sub: 'SIG_CONSTRAINTS_FAILURE',
    pdf: () => unstamped,
    options: { policy: { requireTimeStamp: true } },
  },
  'no-signing-certificate-attribute': {
    ...UNCERTIFIED,
    sub: 'SIG_CONSTRAINTS_FAILURE',
    pdf: () => {
      const attributes = element(
        0x31,
        ...Der.parse(signer.signedAttributes)
          .children.filter((attribute) => attribute.at(0).oid !== OID.signingCertificateV2)
          .map(({ raw }) => raw),
      );
      return encoded({ signedAttributes: attributes, signature: signWith(person.privateKey, attributes) });
    },
  },
  'later-signature-unsound': { ...UNREAD, pdf: () => addedBy(personal, strangers.person, strangers) },
  'cover-unknown': {
    ...UNREAD,
    pdf: () =>
      addedBy(
        sign(world, unreadablePage, person, { fieldName, placement: { pageIndex: 0, rectangle: [0, 0, 0, 0] } }),
        other,
        world,
        FREE_PLACE,
      ),
  },
  'seal-unproven': {
    ...UNREAD,
    pdf: () => attack.replaced(complete, '/ETSI.CAdES.detached', '/adbe.x509.rsa_sha1 '),
  },
  'orphan-signature': { verdict: 'INFO', pdf: () => attack.formRemoved(personal) },
};
const decided = ({ signatures }: VerificationReport): SignatureReport | undefined =>
  signatures.find((one) => one.fieldName === fieldName);

describe('F-03 F-21 VER-01 every reason has one indication, and a file that comes to it', () => {
  it('the table names every reason', () => {
    expect(Object.keys(TABLE).sort()).toEqual([...FINDING_CODES].sort());
    const used = new Set(Object.values(TABLE).map(({ sub }) => sub));
    expect(SUB_INDICATIONS.filter((sub) => !used.has(sub))).toEqual([]);
  });

  it.each(FINDING_CODES)('%s', (code) => {
    const { verdict, sub, integrity, pdf, options } = TABLE[code];
    const kind: { readonly indication: string; readonly sub?: string } = FINDINGS[code];
    expect([kind.indication, kind.sub]).toEqual([verdict, sub]);
    const report = check(pdf(), options);
    expect(report.legal).not.toBe('complete');
    if (integrity === undefined) {
      expect(report.findings.map((finding) => finding.code)).toEqual([code]);
      expect(report.legal).toBe('none');
      return;
    }
    expect(decided(report)).toMatchObject({ decidedBy: code, indication: verdict, subIndication: sub, integrity });
  });
});

describe('F-21 what cannot be read makes nothing acceptable', () => {
  const hexOf = (pdf: Uint8Array): string =>
    [
      ...Buffer.from(pdf)
        .toString('latin1')
        .matchAll(/\/Contents <[0-9a-f]+>/g),
    ].pop()?.[0] as string;
  const lastOf = (pdf: Uint8Array, pattern: RegExp): string =>
    [...Buffer.from(pdf).toString('latin1').matchAll(pattern)].pop()?.[0] as string;
  /** Ways to make the last signature of a file unreadable, none of which needs a key. */
  const UNREADABLE: readonly (readonly [string, (pdf: Uint8Array) => Uint8Array])[] = [
    ['Contents null', (pdf) => attack.replaced(pdf, hexOf(pdf), '/Contents null'.padEnd(hexOf(pdf).length))],
    ['CMS of zeros', (pdf) => withCms(pdf, Buffer.alloc(8))],
    ['CMS with a long tag', (pdf) => withCms(pdf, Buffer.from('30041f811201', 'hex'))],
    [
      'CMS without a signer',
      (pdf) =>
        withCms(
          pdf,
          rebuiltLast(pdf, ({ signedData }) => [...signedData, element(0x31)]),
        ),
    ],
    [
      'CMS without certificates',
      (pdf) =>
        withCms(
          pdf,
          rebuilt(lastCms(pdf), ({ signedData }) => ({ signedData: signedData.filter((raw) => raw[0] !== 0xa0) })),
        ),
    ],
    [
      'ByteRange null',
      (pdf) => {
        const range = lastOf(pdf, /\/ByteRange \[[^\]]*\]/g);
        return attack.replaced(pdf, range, '/ByteRange null'.padEnd(range.length));
      },
    ],
    ['kind nobody knows', (pdf) => attack.replaced(pdf, '/ETSI.CAdES.detached', '/nobody.knows.this.1')],
  ];
  const lastCms = (pdf: Uint8Array): Uint8Array => {
    const bytes = Buffer.from(hexOf(pdf).slice('/Contents <'.length, -1), 'hex');
    return bytes.subarray(0, 4 + bytes.readUInt16BE(2));
  };
  const rebuiltLast = (pdf: Uint8Array, signedData: (parts: CmsParts) => Uint8Array[]): Uint8Array =>
    rebuilt(lastCms(pdf), (parts) => ({ signedData: signedData(parts) }));

  describe.each(UNREADABLE)('%s', (_, spoil) => {
    it.each([
      ['that shows nothing', [0, 0, 0, 0]],
      ['where nothing stands', FREE_PLACE],
      ['over the title', [85, 690, 250, 715]],
    ])('of a later signature %s leaves nothing valid before it', (_place, rectangle) => {
      const later = addedBy(complete, other, world, rectangle);
      const { legal, signatures } = check(spoil(later));
      expect(legal).toBe('none');
      expect(signatures.map(({ indication }) => indication)).not.toContain('PASSED');
      expect(signatures.at(-1)).toMatchObject({ indication: 'INDETERMINATE', integrity: 'unknown' });
    });

    it('of the seal leaves number and date unproven', () => {
      const { legal, signatures } = check(spoil(complete));
      expect(legal).toBe('none');
      expect(signatures[0]).toMatchObject({ decidedBy: 'seal-unproven', indication: 'INDETERMINATE' });
    });

    it('of an earlier signature excuses no later change of anybody', () => {
      const initialled = spoil(addedBy(draft, other));
      const filled = attack.fieldValueSet(signAsPerson(world, initialled), 'SoVanBan', '99/QĐ');
      expect(decided(check(filled))).toMatchObject({ decidedBy: 'modified-after-signing', indication: 'FAILED' });
    });
  });

  it('a later signature that can be read, shows nothing and holds leaves the original complete', () => {
    expect(check(addedBy(complete, other)).legal).toBe('complete');
  });
});
