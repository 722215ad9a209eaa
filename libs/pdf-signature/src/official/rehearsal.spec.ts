import { faultySamples, samplePdf } from '@qlvb/pdf-testing';
import { PdfDocument } from '@qlvb/pdf';
import { AGENCY, sampleWorld, sign, signAsAgency, signAsPerson, SIGNED_AT } from '../testing/signed-sample.ts';
import { contentReplaced, pageAdded, replaced } from '../testing/attacks.ts';
import { attachmentSignature, personalSignature } from './official-signatures.ts';
import { rehearseSigning } from './rehearsal.ts';
import type { FileRole, RehearsalOutcome, SigningObstacle } from './rehearsal.ts';

const world = sampleWorld();
const issued = signAsAgency(world, signAsPerson(world, samplePdf()));
const initialled = sign(world, samplePdf(), world.person, {
  fieldName: 'KyNhay',
  placement: { pageIndex: 0, rectangle: [60, 60, 90, 90] },
  stamped: false,
});
const picture = { width: 30, height: 10, rgb: new Uint8Array(900), alpha: new Uint8Array(300), hasAlphaChannel: true };

const outcome = (pdf: Uint8Array, role: FileRole, organisation = AGENCY.organization): RehearsalOutcome =>
  rehearseSigning({ pdf, role, organisation, at: SIGNED_AT });
const rehearse = (pdf: Uint8Array, role: FileRole, organisation?: string): SigningObstacle | undefined =>
  outcome(pdf, role, organisation).obstacle;

describe('F-09 a copy is signed while drafting', () => {
  it.each(['table', 'stream'] as const)(
    'F-09 PR-12 a draft with a cross-reference %s can be signed and sealed',
    (xref) => {
      expect(rehearse(samplePdf({ xref }), 'main')).toBeUndefined();
      expect(rehearse(samplePdf({ xref, plain: true }), 'attachment')).toBeUndefined();
    },
  );

  it('F-09 a draft that bears initials of the agency can be signed, one with those of another cannot', () => {
    expect(rehearse(initialled, 'main')).toBeUndefined();
    expect(rehearse(initialled, 'main', 'Sở Nội vụ')).toBe('earlier-signature-breaks');
  });

  it('F-09 an issued document is an attachment, and never the document itself', () => {
    expect(rehearse(issued, 'attachment')).toBeUndefined();
    expect(rehearse(issued, 'main')).toBe('sealed-already');
  });

  it.each(faultySamples())('F-09 $name: $fault', ({ pdf, fault }) => {
    expect(rehearse(pdf, 'attachment')).toBe(fault);
  });

  it.each([
    ['content changed under the signature', replaced(initialled, 'QUYET DINH', 'QUYET DOAN', 'first')],
    ['a page added after the signature', pageAdded(initialled)],
    ['the seal over a changed page', contentReplaced(issued)],
  ])('F-03 VN-48 a signature shown to be false is never sealed over: %s', (_, pdf) => {
    expect([rehearse(pdf, 'attachment'), rehearse(pdf, 'main')]).toEqual([
      'earlier-signature-broken',
      'earlier-signature-broken',
    ]);
  });

  it('F-03 what is known of the signatures that a file brings is said, and what is not', () => {
    expect(outcome(samplePdf(), 'main')).toEqual({ earlierSignatures: 'none' });
    expect(outcome(initialled, 'attachment')).toEqual({ earlierSignatures: 'intact' });
    // Whether number and date were filled in under the seal of the signer's agency takes the roots of trust to tell.
    expect(outcome(issued, 'attachment')).toEqual({ earlierSignatures: 'unknown' });
  });

  it.each([
    ['without the fields for number and date', samplePdf({ plain: true }), 'number-field-missing'],
    ['whose fields are filled', signAsAgency(world, signAsPerson(world, samplePdf())), 'sealed-already'],
  ] as const)('F-09 F-10 a draft %s', (_, pdf, obstacle) => {
    expect(rehearse(pdf, 'main')).toBe(obstacle);
  });

  it('F-09 PAD-05 field names are free: what the file brings of our names stays', () => {
    const again = new PdfDocument(issued);
    expect(attachmentSignature(again, '12/QĐ-STTTT', SIGNED_AT).fieldName).toBe('ChuKyCoQuan2');
    expect(personalSignature(again, picture).fieldName).toBe('ChuKyCaNhan2');
  });
});
