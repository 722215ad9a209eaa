import { OutgoingDocumentIssued, OutgoingDocumentNumbered, OutgoingDocumentSignatureRecorded } from '@qlvb/contracts';
import { checker, clerk, officer, Office, unitHead } from './office.ts';

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(() => office.test.stop());

describe('an outgoing document', () => {
  it('NĐ30-A14-1: goes from draft over checks, signature, number and agency signature to its issue', async () => {
    const { documentId, state } = await office.draft();
    expect(state).toBe('drafting');
    expect((await office.act(documentId, 'submissions', officer)).state).toBe('unit_review');
    expect((await office.act(documentId, 'content-checks', unitHead, { outcome: 'passed' })).state).toBe(
      'layout_check',
    );
    expect((await office.act(documentId, 'layout-checks', checker, { outcome: 'passed' })).state).toBe(
      'awaiting_signature',
    );
    await office.sign(documentId, 'personal');
    expect((await office.outgoing(documentId)).state).toBe('signed');
    const numbered = await office.act(documentId, 'registrations', clerk);
    expect(numbered).toMatchObject({ state: 'numbered', number: 1, documentCode: '01/QĐ-STTTT' });
    await office.sign(documentId, 'agency');
    expect((await office.outgoing(documentId)).state).toBe('agency_signed');
    expect((await office.act(documentId, 'issues', clerk)).state).toBe('issued');
    const [issued] = await office.test.published(OutgoingDocumentIssued);
    expect(issued?.data).toMatchObject({ documentId, documentCode: '01/QĐ-STTTT', pageCount: 2, issuedLate: false });
    expect(await office.test.published(OutgoingDocumentNumbered)).toHaveLength(1);
    expect(await office.test.published(OutgoingDocumentSignatureRecorded)).toHaveLength(2);
  });
});
