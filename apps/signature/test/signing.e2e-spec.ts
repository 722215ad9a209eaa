import { OutgoingDocumentAttachmentReplaced } from '@qlvb/contracts';
import { verifyPdfSignatures } from '@qlvb/pdf-signature';
import type { VerificationReport } from '@qlvb/pdf-signature';
import { samplePdf } from '@qlvb/pdf-testing';
import { clerk, deputy, leader, named, SENDER, SigningRoom } from './signing-room.ts';
import type { Draft, Holder, Session } from './signing-room.ts';

let room: SigningRoom;
let person: Holder;
let agency: Holder;
let personal: string;
let seal: string;

beforeAll(async () => {
  room = await SigningRoom.open();
  [person, agency] = [room.person(leader), room.agency()];
  personal = await room.register(person, leader);
  seal = await room.register(agency, 'agency');
});
afterAll(() => room.close());

const waiting = async (): Promise<Draft> => {
  const draft = await room.draft();
  await room.check(draft);
  return draft;
};
const open = (documentId: string): Promise<Session> => room.openSession(documentId, 'personal', personal, leader);

/** A document that its signer has signed and that has its number. */
const numbered = async (): Promise<string> => {
  const { documentId } = await waiting();
  await room.complete(await open(documentId), person, leader);
  await room.number(documentId, await room.filesOf(documentId));
  return documentId;
};
const verify = async (file: { objectKey: string }): Promise<VerificationReport> => {
  const pdf = await room.read(file);
  return verifyPdfSignatures(pdf, {
    trust: room.pki.trust,
    at: new Date(),
    evidence: room.pki.evidence([person.certificate, agency.certificate]),
  });
};

describe('signing a document', () => {
  it('VN-01 PR-13 VN-10 VN-11 PR-22 both signatures hold on the finished file, the number is in it', async () => {
    const { documentId, files } = await waiting();
    const session = await open(documentId);
    expect(session.toSign.map(({ fileName }) => fileName)).toEqual(['quyet-dinh.pdf']);
    const done = await room.complete(session, person, leader);
    expect(done).toMatchObject({ state: 'completed', level: 'B-T' });
    const [first] = await room.signed(documentId);
    expect(first).toMatchObject({ signatureKind: 'personal', signerUserId: leader.userId, level: 'B-T', pageCount: 1 });
    expect(first?.files.slice(1)).toEqual(files.slice(1));
    expect((await verify(await room.mainOf(documentId))).legal).toBe('person_only');

    await room.number(documentId, await room.filesOf(documentId));
    const second = await room.openSession(documentId, 'agency', seal, clerk);
    expect(second.toSign.map(({ fileName }) => fileName)).toEqual(['quyet-dinh.pdf', 'phu-luc.pdf']);
    await room.complete(second, agency, clerk);
    const finished = await room.filesOf(documentId);
    const report = await verify(named(finished, 'quyet-dinh.pdf'));
    expect(report).toMatchObject({ legal: 'complete', findings: [] });
    expect(report.signatures.map(({ indication, level }) => [indication, level])).toEqual([
      ['PASSED', 'B-T'],
      ['PASSED', 'B-T'],
    ]);
    expect(report.signatures[1]?.coversWholeFile).toBe(true);
    expect((await verify(named(finished, 'phu-luc.pdf'))).legal).toBe('agency_only');
    expect(finished[2]).toEqual(files[2]);
  });

  it('F-09 EX-NUM-3 an attachment replaced after the number is sealed in place of the old one, which counts no more', async () => {
    const documentId = await numbered();
    const session = await room.openSession(documentId, 'agency', seal, clerk);
    const files = await room.filesOf(documentId);
    const other = await room.put(samplePdf({ plain: true, comment: documentId }), 'attachment', 'phu-luc-dung.pdf');
    const replaced = files.map((file) => (file.name === 'phu-luc.pdf' ? other : file));
    const replace = () =>
      room.test.deliver(OutgoingDocumentAttachmentReplaced, SENDER, {
        ...room.base(documentId),
        documentCode: '05/QĐ-STTTT',
        files: replaced,
        decidedBy: room.base(documentId).signer,
        replacedAt: new Date().toISOString(),
      });
    await replace();
    const path = `/signing-sessions/${session.sessionId}/signatures`;
    const body = room.values(session, agency);
    expect(await room.refusal(path, { as: clerk, body })).toEqual([409, 'signature.session-over']);
    for (const again of [false, true]) {
      if (again) await replace(); // after the agency has signed: the replacement came first where documents decide
      const next = await room.openSession(documentId, 'agency', seal, clerk);
      expect(next.toSign.map(({ fileName }) => fileName)).toEqual(['quyet-dinh.pdf', 'phu-luc-dung.pdf']);
      await room.complete(next, agency, clerk);
      const last = (await room.signed(documentId)).at(-1);
      expect(last?.signedFileIds).toEqual([replaced[0]?.fileId, other.fileId]);
      expect((await verify(await room.mainOf(documentId))).legal).toBe('complete');
    }
  });

  it('PR-01 neither key nor PIN has a place in the API', async () => {
    const { documentId } = await waiting();
    const session = await open(documentId);
    const body = { ...room.values(session, person), pin: '123456' };
    const path = `/signing-sessions/${session.sessionId}/signatures`;
    expect((await room.test.ask(path, { as: leader, body })).status).toBe(400);
  });

  it('PR-22 the seal comes only after the number', async () => {
    const { documentId } = await waiting();
    const ask = { as: clerk, body: { documentId, signatureKind: 'agency', certificateId: seal } };
    expect(await room.refusal('/signing-sessions', ask)).toEqual([404, 'signature.document-missing']);
    await room.complete(await open(documentId), person, leader);
    // From the signature on it is the clerks' to number.
    await room.tellAccess(documentId, [clerk]);
    expect(await room.refusal('/signing-sessions', ask)).toEqual([409, 'signature.not-signable']);
  });

  it('VN-02, NĐ30-A17-2, NĐ30-A32-5 the agency does not sign a file without the valid signature of the competent person', async () => {
    const draft = await waiting();
    const { documentId } = draft;
    await room.complete(await open(documentId), person, leader);
    await room.number(documentId, draft.files);
    const ask = { as: clerk, body: { documentId, signatureKind: 'agency', certificateId: seal } };
    expect(await room.refusal('/signing-sessions', ask)).toEqual([409, 'signature.personal-signature-invalid']);
  });

  it('VN-02 nor one whose signed bytes were changed', async () => {
    const { documentId } = await waiting();
    await room.complete(await open(documentId), person, leader);
    const bytes = await room.read(await room.mainOf(documentId));
    const at = bytes.indexOf('%%EOF') - 200;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await room.number(documentId, [await room.put(bytes, 'main', 'quyet-dinh.pdf')]);
    const ask = { as: clerk, body: { documentId, signatureKind: 'agency', certificateId: seal } };
    expect(await room.refusal('/signing-sessions', ask)).toEqual([409, 'signature.personal-signature-invalid']);
  });

  it('VN-03 a leader does not use the seal, NĐ30-A13-5 nobody but the signer signs in person', async () => {
    const documentId = await numbered();
    const agencyAsk = { documentId, signatureKind: 'agency', certificateId: seal };
    expect(await room.refusal('/signing-sessions', { as: leader, body: agencyAsk })).toEqual([
      403,
      'signature.not-the-clerk',
    ]);
    const { documentId: fresh } = await waiting();
    const body = { documentId: fresh, signatureKind: 'personal', certificateId: personal };
    expect((await room.refusal('/signing-sessions', { as: deputy, body }))[0]).toBe(404);
    await room.tellAccess(fresh, [deputy]);
    expect(await room.refusal('/signing-sessions', { as: deputy, body })).toEqual([403, 'signature.not-the-signer']);
    expect((await room.refusal('/signing-sessions', { as: clerk, body }))[0]).toBe(404);
  });

  it('PR-08 a session wants the signer’s own certificate', async () => {
    const { documentId } = await waiting();
    const other = await room.register(room.person(deputy), deputy);
    for (const certificateId of [other, seal]) {
      const body = { documentId, signatureKind: 'personal', certificateId };
      expect(await room.refusal('/signing-sessions', { as: leader, body })).toEqual([
        404,
        'signature.certificate-missing',
      ]);
    }
  });
});
