import { createHash } from 'node:crypto';
import { samplePdf } from '@qlvb/pdf-testing';
import { dict, name, PdfStream, textString } from '@qlvb/pdf';
import type { PdfRef } from '@qlvb/pdf';
import { sampleWorld, sign, signAsAgency, signAsPerson, SIGNED_AT } from '../testing/signed-sample.ts';
import type { Holder, SampleWorld } from '../testing/signed-sample.ts';
import {
  COVERING_PICTURES,
  FORBIDDEN_CHANGES,
  FREE_PLACE,
  NUMBER_CHANGES,
  signPatched,
  stampPatched,
} from '../testing/forgeries.ts';
import type { LaterPicture } from '../testing/forgeries.ts';
import { updated } from '../testing/attacks.ts';
import type { VerificationReport } from './report.ts';
import { verifyPdfSignatures } from './verify.ts';

const world = sampleWorld();
const strangers = sampleWorld();
const { pki, person, agency } = world;
const other: Holder = world.holder({
  kind: 'person',
  name: 'Lê Văn Khác',
  title: 'Chuyên viên',
  organization: 'Sở khác',
  cccd: '099080009999',
});
const colleague: Holder = world.holder({
  kind: 'person',
  name: 'Trần Thị Đồng',
  title: 'Chuyên viên',
  organization: 'Sở Thông tin và Truyền thông',
  cccd: '099180005555',
});
const otherAgency: Holder = world.holder({ kind: 'agency', organization: 'UBND xã Khác', code: 'H46.99' });
const evidence = pki.evidence([person, agency, other, colleague, otherAgency].map(({ certificate }) => certificate));
const check = (pdf: Uint8Array): VerificationReport =>
  verifyPdfSignatures(pdf, { trust: pki.trust, at: SIGNED_AT, evidence });

/** Who signs on top of a change: anybody who may have a signature of some kind, and nobody. */
type Who = (pdf: Uint8Array, picture?: LaterPicture['rectangles'][number], patch?: LaterPicture['patch']) => Uint8Array;
const by =
  (holder: Holder, of: SampleWorld = world): Who =>
  (pdf, rectangle, patch) =>
    signPatched(of, pdf, holder, options(pdf, rectangle), patch);
const options = (pdf: Uint8Array, rectangle: LaterPicture['rectangles'][number] = [0, 0, 0, 0]) => ({
  fieldName: `Them${pdf.length}`,
  placement: { pageIndex: 0, rectangle },
});
const SIGNERS: readonly (readonly [string, Who])[] = [
  ['a time stamp', (pdf, rectangle, patch) => stampPatched(world, pdf, options(pdf, rectangle), patch)],
  ['a person of another agency', by(other)],
  ['a colleague', by(colleague)],
  ['the signer again', by(person)],
  ['another agency', by(otherAgency)],
  ['a stranger', by(strangers.person, strangers)],
];
const SEALER: readonly [string, Who] = ['the agency itself', by(agency)];
const NOBODY: readonly [string, Who] = ['nobody', (pdf) => pdf];

const drafts = { table: samplePdf(), stream: samplePdf({ xref: 'stream' }) };
const open = (pdf: Uint8Array): Uint8Array =>
  sign(world, signAsPerson(world, pdf), agency, {
    fieldName: 'ChuKyCoQuan',
    placement: { pageIndex: 0, rectangle: [280, 200, 380, 290] },
    fill: { SoVanBan: '12/QĐ-STTTT', NgayBanHanh: 'ngày 23 tháng 11 năm 2026' },
  });
const BASES = Object.entries(drafts).flatMap(([xref, draft]) => {
  const signed = signAsPerson(world, draft);
  return [
    { base: `signed (${xref})`, pdf: signed, isComplete: false },
    { base: `complete (${xref})`, pdf: signAsAgency(world, signed), isComplete: true },
    { base: `complete without lock (${xref})`, pdf: open(draft), isComplete: true },
  ];
});

interface Forgery {
  readonly title: string;
  readonly pdf: () => Uint8Array;
}

const all: readonly Forgery[] = BASES.flatMap(({ base, pdf, isComplete }) => [
  ...FORBIDDEN_CHANGES.flatMap(({ what, change }) =>
    [NOBODY, ...SIGNERS, SEALER].map(([who, signs]) => ({
      title: `${base}, ${what}, ${who}`,
      pdf: () => signs(change(pdf)),
    })),
  ),
  ...NUMBER_CHANGES.flatMap(({ what, change }) =>
    // Before its seal the number is the agency's to give; after it nobody's.
    [NOBODY, ...SIGNERS, ...(isComplete ? [SEALER] : [])].map(([who, signs]) => ({
      title: `${base}, ${what}, ${who}`,
      pdf: () => signs(change(pdf)),
    })),
  ),
  ...COVERING_PICTURES.flatMap(({ what, rectangles, patch }) =>
    SIGNERS.map(([who, signs]) => ({
      title: `${base}, picture ${what}, ${who}`,
      pdf: () => rectangles.reduce((file, rectangle) => signs(file, rectangle, patch), pdf),
    })),
  ),
]);

/**
 * On a cross-reference table every change by nobody and, in turn, by one half of the signers and the other; on a stream, where objects
 * are found in another way, every fifth of all.
 */
const forgeries = all.filter(({ title }, index) =>
  title.includes('(table)') ? title.endsWith('nobody') || (index + Math.floor(index / 8)) % 2 === 0 : index % 5 === 0,
);

const personOf = (report: VerificationReport) => report.signatures.find(({ fieldName }) => fieldName === 'ChuKyCaNhan');

describe('forged files: every object a later change can touch, by everybody who may sign', () => {
  it('F-01 F-02 are refused, each of them, and no two are the same file', () => {
    const digests = new Set<string>();
    const accepted = forgeries.filter(({ pdf }) => {
      const file = pdf();
      digests.add(createHash('sha256').update(file).digest('hex'));
      const report = check(file);
      const signature = personOf(report);
      return report.legal === 'complete' || signature?.indication === 'PASSED' || signature?.integrity === 'proven';
    });
    expect(accepted.map(({ title }) => title)).toEqual([]);
    expect(digests.size).toBe(forgeries.length);
    expect(forgeries.length).toBeGreaterThanOrEqual(1200);
  }, 600_000);
});

describe('what may come later, and does no harm', () => {
  const proofs = (pdf: Uint8Array): Uint8Array =>
    updated(pdf, (update, document) => {
      const certificate = update.add(new PdfStream(dict({}), Buffer.from(person.certificate.raw)));
      const store = update.add(dict({ Type: name('DSS'), Certs: [certificate] }));
      update.put(document.trailer.get('Root') as PdfRef, new Map([...document.root, ['DSS', store]]));
    });
  const defaults = (pdf: Uint8Array): Uint8Array =>
    updated(pdf, (update, document) => {
      const form = new Map(document.dict(document.root.get('AcroForm')) ?? []);
      const resources = document.dict(form.get('DR')) ?? new Map();
      const fonts = new Map(document.dict(resources.get('Font')) ?? []);
      const extra = dict({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name('Helvetica') });
      form.set('DR', new Map([...resources, ['Font', fonts.set('Helv', update.add(extra))]]));
      update.put(document.trailer.get('Root') as PdfRef, new Map([...document.root, ['AcroForm', form]]));
    });
  const TWINS: readonly (readonly [string, (pdf: Uint8Array) => Uint8Array])[] = [
    ['nothing', (pdf) => pdf],
    ['proof data', proofs],
    ["F-21 a second signer's /DR", defaults],
    ['a time stamp that shows nothing', (pdf) => stampPatched(world, pdf, options(pdf))],
    ['proof data under a time stamp', (pdf) => stampPatched(world, proofs(pdf), options(pdf))],
    ['a signature that shows nothing', (pdf) => by(other)(pdf)],
    ['PR-24 a signature where nothing stands', (pdf) => by(other)(pdf, FREE_PLACE)],
  ];

  it.each(
    BASES.flatMap(({ base, pdf, isComplete }) => TWINS.map(([what, add]) => ({ base, what, pdf, add, isComplete }))),
  )('$base, $what', ({ pdf, add, isComplete }) => {
    const report = check(add(pdf));
    expect(personOf(report)).toMatchObject({ indication: 'PASSED', integrity: 'proven', findings: [] });
    expect(report.legal).toBe(isComplete ? 'complete' : 'person_only');
  });

  it('F-21 /DA and /DR where the form had none', () => {
    const bare = signAsPerson(
      world,
      updated(samplePdf(), (update, document) => {
        const form = new Map(document.dict(document.root.get('AcroForm')) ?? []);
        form.delete('DA');
        form.delete('DR');
        update.put(document.trailer.get('Root') as PdfRef, new Map([...document.root, ['AcroForm', form]]));
      }),
    );
    const added = updated(bare, (update, document) => {
      const form = new Map(document.dict(document.root.get('AcroForm')) ?? []);
      form.set('DA', textString('/Helv 0 Tf')).set('DR', dict({ Font: dict({}) }));
      update.put(document.trailer.get('Root') as PdfRef, new Map([...document.root, ['AcroForm', form]]));
    });
    expect(personOf(check(by(other)(added)))).toMatchObject({ indication: 'PASSED', findings: [] });
  });
});

describe('the seal that makes an original', () => {
  const signed = signAsPerson(world, samplePdf());
  const fill = { SoVanBan: '12/QĐ-UBND', NgayBanHanh: 'ngày 23 tháng 11 năm 2026' };

  it("F-02 VN-01 is the one of the signer's own agency", () => {
    const report = check(sign(world, signed, otherAgency, { fieldName: 'ChuKyCoQuan', fill }));
    expect(personOf(report)).toMatchObject({ indication: 'FAILED', integrity: 'broken' });
    expect(report.legal).toBe('agency_only');
    const unnumbered = check(
      sign(world, signed, otherAgency, {
        fieldName: 'ChuKyCoQuan',
        placement: { pageIndex: 0, rectangle: FREE_PLACE },
      }),
    );
    expect(personOf(unnumbered)?.indication).toBe('PASSED');
    expect(unnumbered.legal).toBe('person_only');
  });

  it('F-02 PR-20 follows the signer directly: nobody of another agency stands between', () => {
    const between = by(other)(signed, FREE_PLACE);
    const report = check(sign(world, between, agency, { fieldName: 'ChuKyCoQuan', fill }));
    expect(report.legal).not.toBe('complete');
    expect(personOf(report)?.indication).toBe('FAILED');
  });

  it('PR-21 may follow the initials of colleagues before the signer', () => {
    const initialled = by(colleague)(samplePdf(), FREE_PLACE);
    const report = check(signAsAgency(world, signAsPerson(world, initialled)));
    expect(report.signatures.map(({ indication }) => indication)).toEqual(['PASSED', 'PASSED', 'PASSED']);
    expect(report.legal).toBe('complete');
  });
});
