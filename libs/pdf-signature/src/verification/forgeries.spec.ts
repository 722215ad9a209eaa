import { createHash } from 'node:crypto';
import { samplePdf } from '@qlvb/pdf-testing';
import { dict, textString } from '@qlvb/pdf';
import type { PdfRef } from '@qlvb/pdf';
import { updated } from '../testing/attacks.ts';
import {
  BASES,
  by,
  check,
  colleague,
  FORGERIES,
  other,
  otherAgency,
  personOf,
  TWINS,
  world,
} from '../testing/forged-files.ts';
import { FREE_PLACE } from '../testing/forgeries.ts';
import { sign, signAsAgency, signAsPerson } from '../testing/signed-sample.ts';

const { agency } = world;

/**
 * On a cross-reference table every change by nobody and, in turn, by one half of the signers and the other; on a stream, where objects
 * are found in another way, every fifth of all.
 */
const forgeries = FORGERIES.filter(({ title }, index) =>
  title.includes('(table)') ? title.endsWith('nobody') || (index + Math.floor(index / 8)) % 2 === 0 : index % 5 === 0,
);

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
