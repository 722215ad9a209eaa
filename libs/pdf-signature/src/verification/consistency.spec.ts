import { samplePdf } from '@qlvb/pdf-testing';
import * as attack from '../testing/attacks.ts';
import { COVERING_PICTURES, FORBIDDEN_CHANGES, NUMBER_CHANGES, signPatched } from '../testing/forgeries.ts';
import { sampleWorld, sign, signAsAgency, signAsPerson, SIGNED_AT } from '../testing/signed-sample.ts';
import { conclude, FINDINGS } from './report.ts';
import type { FindingCode, SignatureReport, VerificationReport } from './report.ts';
import { verifyPdfSignatures } from './verify.ts';
import type { VerificationOptions } from './verify.ts';

const world = sampleWorld();
const strangers = sampleWorld();
const { pki, person, agency } = world;
const evidence = pki.evidence([person.certificate, agency.certificate]);
const silent = { ocspResponses: [], crls: [] };

/** What the verifier has of the world outside the file: all of it, or less. */
const VERIFIERS: readonly (readonly [string, Pick<VerificationOptions, 'trust' | 'evidence'>])[] = [
  ['everything', { trust: pki.trust, evidence }],
  ['no status', { trust: pki.trust, evidence: silent }],
  ['another root', { trust: strangers.pki.trust, evidence }],
];
const NAMES = VERIFIERS.map(([name]) => name);
const check = (pdf: Uint8Array, options: Pick<VerificationOptions, 'trust' | 'evidence'>): VerificationReport =>
  verifyPdfSignatures(pdf, { at: SIGNED_AT, ...options });

const signed = signAsPerson(world, samplePdf());
const complete = signAsAgency(world, signed);
const bySignerAgain = (pdf: Uint8Array): Uint8Array =>
  signPatched(world, pdf, person, {
    fieldName: `Them${pdf.length}`,
    placement: { pageIndex: 0, rectangle: [0, 0, 0, 0] },
  });

const FILES: readonly (readonly [string, Uint8Array])[] = [
  ['signed', signed],
  ['complete', complete],
  ['of other keys', signAsAgency(strangers, signed)],
  ...[signed, complete].flatMap((pdf, index) =>
    [...FORBIDDEN_CHANGES, ...NUMBER_CHANGES].flatMap(({ what, change }): (readonly [string, Uint8Array])[] => {
      const changed = change(pdf);
      return [
        [`${index} ${what}`, changed],
        [`${index} ${what}, signed again`, bySignerAgain(changed)],
      ];
    }),
  ),
  ...COVERING_PICTURES.map(({ what, rectangles, patch }): [string, Uint8Array] => [
    `picture ${what}`,
    rectangles.reduce(
      (file, rectangle) =>
        signPatched(
          strangers,
          file,
          strangers.person,
          { fieldName: `Them${file.length}`, placement: { pageIndex: 0, rectangle } },
          patch,
        ),
      complete,
    ),
  ]),
  ['hidden object', attack.hiddenObjectInUpdate(complete)],
  ['trailing bytes', attack.objectWithOldXref(complete)],
  ['altered byte', attack.replaced(complete, 'QUYET DINH', 'QUYET DJNH')],
  ['no form', attack.formRemoved(complete)],
];

/** Of every file, by each verifier: made once, told from many sides. */
const reports = new Map<string, readonly (readonly [string, readonly SignatureReport[]])[]>();
function reportsOf(which: string): readonly (readonly [string, readonly SignatureReport[]])[] {
  const [, options] = VERIFIERS.find(([name]) => name === which) ?? [];
  if (!options) throw new Error(`no verifier ${which}`);
  const made = reports.get(which) ?? FILES.map(([what, pdf]) => [what, check(pdf, options).signatures] as const);
  reports.set(which, made);
  return made;
}

/** Two that cannot both be true of one signature and one place. */
const CONTRADICTIONS: readonly (readonly [FindingCode, FindingCode])[] = [
  ['time-stamp-missing', 'time-stamp-invalid'],
  ['time-stamp-missing', 'time-stamp-unproven'],
  ['time-stamp-unproven', 'time-stamp-invalid'],
  ['seal-unproven', 'modified-after-signing'],
  ['seal-unproven', 'covered-later'],
  ['seal-unproven', 'later-signature-unsound'],
  ['covered-later', 'cover-unknown'],
  ['certificate-missing', 'signature-invalid'],
  ['certificate-missing', 'certificate-substituted'],
  ['sub-filter-unsupported', 'cms-unreadable'],
  ['sub-filter-unsupported', 'digest-mismatch'],
  ['trailing-bytes', 'hidden-objects'],
];

function faultsOf(one: SignatureReport): string[] {
  const { findings, indication, decidedBy, subIndication, integrity } = one;
  const faults: string[] = [];
  const concluded = conclude(findings);
  if (concluded.indication !== indication || concluded.decidedBy !== decidedBy)
    faults.push('not what its findings say');
  if ((indication === 'PASSED') !== (decidedBy === undefined)) faults.push('no main reason, or one too many');
  if (decidedBy) {
    const kind: { readonly indication: string; readonly sub?: string } = FINDINGS[decidedBy];
    if (kind.indication !== indication || kind.sub !== subIndication) faults.push(`${decidedBy} is no ${indication}`);
  }
  if (indication === 'PASSED' && integrity !== 'proven') faults.push(`passed and ${integrity}`);
  if (indication !== 'FAILED' && integrity === 'broken') faults.push(`${indication} and broken`);
  for (const [first, second] of CONTRADICTIONS) {
    const at = (code: FindingCode): string[] =>
      findings.filter((finding) => finding.code === code).map(({ detail = '' }) => detail.split(',')[0] ?? '');
    if (at(first).some((place) => at(second).includes(place))) faults.push(`${first} and ${second}`);
  }
  return faults;
}

describe('F-03 F-21 one result says one thing', () => {
  it.each(NAMES)('with %s: every finding agrees with the indication, one of them decides', (which) => {
    const faults = reportsOf(which).flatMap(([what, signatures]) =>
      signatures.flatMap((one) => faultsOf(one).map((fault) => `${what}, ${one.fieldName}: ${fault}`)),
    );
    expect(faults).toEqual([]);
    expect(FILES.length).toBeGreaterThan(150);
  });

  it('what fails with everything at hand never passes with less, and nothing fails for want of evidence alone', () => {
    const [everything = '', ...poorer] = NAMES;
    const worse = poorer.flatMap((which) =>
      reportsOf(which).flatMap(([what, signatures], file) =>
        signatures.flatMap((one, index) => {
          const full = reportsOf(everything)[file]?.[1][index];
          const place = `${what}, ${one.fieldName}, ${which}: ${one.decidedBy}`;
          if (one.indication === 'PASSED') return [`passes: ${place}`];
          return full?.indication === 'PASSED' && one.indication === 'FAILED' ? [`fails: ${place}`] : [];
        }),
      ),
    );
    expect(worse).toEqual([]);
  });

  it.each([
    ['a root nobody knows', { trust: strangers.pki.trust, evidence }, 'no-path'],
    ['no status', { trust: pki.trust, evidence: silent }, 'revocation-unknown'],
  ] as const)('under %s a good original cannot be told, for that reason', (_what, options, reason) => {
    for (const twin of [complete, sign(world, signed, agency, { fieldName: 'ChuKyCoQuan', fill: FILL })]) {
      const { signatures, legal } = check(twin, options);
      expect(legal).toBe('none');
      expect(signatures.map(({ indication, decidedBy }) => [indication, decidedBy])).toEqual([
        ['INDETERMINATE', reason],
        ['INDETERMINATE', reason],
      ]);
      expect(signatures[0]?.integrity).toBe('unknown');
    }
  });

  it('a seal of a kind that is not read leaves the signature under it open, and calls nothing covered', () => {
    const foreign = attack.replaced(complete, '/ETSI.CAdES.detached', '/adbe.x509.rsa_sha1 ');
    const { signatures } = check(foreign, { trust: pki.trust, evidence });
    expect(signatures.map(({ indication, decidedBy }) => [indication, decidedBy])).toEqual([
      ['INDETERMINATE', 'seal-unproven'],
      ['INDETERMINATE', 'sub-filter-unsupported'],
    ]);
  });

  it('a stranger’s seal over a known signer is still no seal', () => {
    const { signatures } = check(signAsAgency(strangers, signed), { trust: pki.trust, evidence });
    expect(signatures.map(({ indication }) => indication)).toEqual(['FAILED', 'INDETERMINATE']);
  });
});

const FILL = { SoVanBan: '12/QĐ-STTTT', NgayBanHanh: 'ngày 23 tháng 11 năm 2026' };
