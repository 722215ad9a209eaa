import { canonicalCopy, judgeStructure, PdfDocument } from '@qlvb/pdf';
import { damagedFiles } from '@qlvb/pdf-testing';
import { AGENCY, sampleWorld, SIGNED_AT, signTwice } from '../testing/signed-sample.ts';
import { verifyPdfSignatures } from '../verification/verify.ts';
import { rehearseSigning, SIGNING_OBSTACLES } from './rehearsal.ts';

const world = sampleWorld();

describe('F-09 upload, draft, layout check, signing and verification give one answer', () => {
  it.each(damagedFiles())('F-09 PR-12 VER-02 $name, in every way it may be damaged', ({ copies }) => {
    const outcomes = new Map<string, number>();
    for (const { what, pdf } of copies) {
      const structure = judgeStructure(pdf);
      const { obstacle } = rehearseSigning({
        pdf,
        role: 'attachment',
        organisation: AGENCY.organization,
        at: SIGNED_AT,
      });
      outcomes.set(String(structure.fault), (outcomes.get(String(structure.fault)) ?? 0) + 1);
      // What an upload refuses, a draft refuses for the same reason.
      if (structure.fault !== undefined) {
        expect([what, obstacle]).toEqual([what, structure.fault]);
        continue;
      }
      expect([what, obstacle === undefined || SIGNING_OBSTACLES.includes(obstacle)]).toEqual([what, true]);
      // The layout check reads this copy of what an upload took.
      const { pageCount } = structure;
      expect([what, judgeStructure(canonicalCopy(new PdfDocument(pdf)))]).toMatchObject([what, { pageCount }]);
      if (obstacle) continue;
      const twice = signTwice(world, pdf);
      expect([what, judgeStructure(twice).fault]).toEqual([what, undefined]);
      const { signatures } = verifyPdfSignatures(twice, {
        trust: world.pki.trust,
        at: SIGNED_AT,
        policy: { revocation: 'ignore' },
      });
      expect([what, signatures.map(({ indication }) => indication)]).toEqual([what, ['PASSED', 'PASSED']]);
    }
    expect(outcomes.get('undefined')).toBeGreaterThan(2);
    expect(outcomes.get('damaged')).toBeGreaterThan(5);
    expect(outcomes.get('encrypted')).toBe(1);
  });
});
