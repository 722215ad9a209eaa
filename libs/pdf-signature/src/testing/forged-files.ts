import { dict, name, PdfStream } from '@qlvb/pdf';
import type { PdfRef } from '@qlvb/pdf';
import { samplePdf } from '@qlvb/pdf-testing';
import type { SignatureReport, VerificationReport } from '../verification/report.ts';
import { verifyPdfSignatures } from '../verification/verify.ts';
import { updated } from './attacks.ts';
import {
  COVERING_PICTURES,
  FORBIDDEN_CHANGES,
  FREE_PLACE,
  NUMBER_CHANGES,
  signPatched,
  stampPatched,
} from './forgeries.ts';
import type { LaterPicture } from './forgeries.ts';
import { sampleWorld, sign, signAsAgency, signAsPerson, SIGNED_AT } from './signed-sample.ts';
import type { Holder, SampleWorld } from './signed-sample.ts';

export const world = sampleWorld();
const strangers = sampleWorld();
const { pki, person, agency } = world;
export const other: Holder = world.holder({
  kind: 'person',
  name: 'Lê Văn Khác',
  title: 'Chuyên viên',
  organization: 'Sở khác',
  cccd: '099080009999',
});
export const colleague: Holder = world.holder({
  kind: 'person',
  name: 'Trần Thị Đồng',
  title: 'Chuyên viên',
  organization: 'Sở Thông tin và Truyền thông',
  cccd: '099180005555',
});
export const otherAgency: Holder = world.holder({ kind: 'agency', organization: 'UBND xã Khác', code: 'H46.99' });
const evidence = pki.evidence([person, agency, other, colleague, otherAgency].map(({ certificate }) => certificate));
/** The verdict with all evidence at hand, at the moment of signing. */
export const check = (pdf: Uint8Array): VerificationReport =>
  verifyPdfSignatures(pdf, { trust: pki.trust, at: SIGNED_AT, evidence });

/** Who signs on top of a change: anybody who may have a signature of some kind, and nobody. */
type Who = (pdf: Uint8Array, picture?: LaterPicture['rectangles'][number], patch?: LaterPicture['patch']) => Uint8Array;
/** Signs on top of a file, with a picture or without. */
export const by =
  (holder: Holder, of: SampleWorld = world): Who =>
  (pdf, rectangle, patch) =>
    signPatched(of, pdf, holder, options(pdf, rectangle), patch);
/** Where nothing is said, a later signature shows nothing. */
export const options = (pdf: Uint8Array, rectangle: LaterPicture['rectangles'][number] = [0, 0, 0, 0]) => ({
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
/** What is signed well, as it lies in a table or a stream of cross-references. */
export const BASES = Object.entries(drafts).flatMap(([xref, draft]) => {
  const signed = signAsPerson(world, draft);
  return [
    { base: `signed (${xref})`, pdf: signed, isComplete: false },
    { base: `complete (${xref})`, pdf: signAsAgency(world, signed), isComplete: true },
    { base: `complete without lock (${xref})`, pdf: open(draft), isComplete: true },
  ];
});

export interface Forgery {
  readonly title: string;
  /** Kind of the change, whoever makes it. */
  readonly what: string;
  readonly pdf: () => Uint8Array;
}

/** Every change by everybody, on every base. */
export const FORGERIES: readonly Forgery[] = BASES.flatMap(({ base, pdf, isComplete }) => [
  ...FORBIDDEN_CHANGES.flatMap(({ what, change }) =>
    [NOBODY, ...SIGNERS, SEALER].map(([who, signs]) => ({
      title: `${base}, ${what}, ${who}`,
      what,
      pdf: () => signs(change(pdf)),
    })),
  ),
  ...NUMBER_CHANGES.flatMap(({ what, change }) =>
    // Before its seal the number is the agency's to give; after it nobody's.
    [NOBODY, ...SIGNERS, ...(isComplete ? [SEALER] : [])].map(([who, signs]) => ({
      title: `${base}, ${what}, ${who}`,
      what,
      pdf: () => signs(change(pdf)),
    })),
  ),
  ...COVERING_PICTURES.flatMap(({ what, rectangles, patch }) =>
    SIGNERS.map(([who, signs]) => ({
      title: `${base}, picture ${what}, ${who}`,
      what: `picture ${what}`,
      pdf: () => rectangles.reduce((file, rectangle) => signs(file, rectangle, patch), pdf),
    })),
  ),
]);

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
/** What may come later, and does no harm. */
export const TWINS: readonly (readonly [string, (pdf: Uint8Array) => Uint8Array])[] = [
  ['nothing', (pdf) => pdf],
  ['proof data', proofs],
  ["F-21 a second signer's /DR", defaults],
  ['a time stamp that shows nothing', (pdf) => stampPatched(world, pdf, options(pdf))],
  ['proof data under a time stamp', (pdf) => stampPatched(world, proofs(pdf), options(pdf))],
  ['a signature that shows nothing', (pdf) => by(other)(pdf)],
  ['PR-24 a signature where nothing stands', (pdf) => by(other)(pdf, FREE_PLACE)],
];

export const personOf = (report: VerificationReport): SignatureReport | undefined =>
  report.signatures.find(({ fieldName }) => fieldName === 'ChuKyCaNhan');
