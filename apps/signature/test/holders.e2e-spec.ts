import { ValidationCompleted } from '@qlvb/contracts';
import type { DataOf, FileRef } from '@qlvb/contracts';
import { until } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';
import { admin, clerk, leader, numberOf, officer, SigningRoom } from './signing-room.ts';
import type { Colleague, Holder } from './signing-room.ts';

let room: SigningRoom;
/** A colleague of the director's name, whose certificate differs from the director's in the citizen number alone. */
const namesake: Colleague = { ...officer, userId: newId(), postId: newId(), fullName: leader.fullName };
let seal: string;
let agency: Holder;

beforeAll(async () => {
  room = await SigningRoom.open();
  await room.employ(namesake);
  agency = room.agency();
  seal = await room.register(agency, 'agency');
});
afterAll(() => room.close());

const certificateOf = (who: Colleague, options: Parameters<SigningRoom['person']>[1] = {}): Holder =>
  room.person({ ...who, title: leader.title }, options);
const register = (holder: Holder, who: Colleague) =>
  room.refusal('/certificates', { as: admin, body: room.certificateInput(holder, who) });
const newcomer = (name: string): Colleague => ({ ...officer, userId: newId(), postId: newId(), fullName: name });
const warningsOf = async (certificateId: string): Promise<readonly string[]> => {
  const { items } = await room.test.json<{ items: { certificateId: string; warnings: string[] }[] }>(
    '/certificates?limit=100',
    { as: admin },
  );
  return items.find((row) => row.certificateId === certificateId)?.warnings ?? ['not in the list'];
};
const resultOf = async (documentId: string): Promise<DataOf<typeof ValidationCompleted>['files'][number]> => {
  const { data } = await until('the result', async () =>
    (await room.test.published(ValidationCompleted)).find((event) => event.data.documentId === documentId),
  );
  const [main] = data.files;
  if (!main) throw new Error('no result');
  return main;
};

/** Signed by the holder of a certificate as the document's signer, numbered and sealed. */
const sealed = async (holder: Holder, who: Colleague): Promise<FileRef> => {
  const certificate = await room.register(holder, who);
  const draft = await room.draft();
  const { userId, postId, fullName, title } = who;
  await room.check(draft, { signer: { userId, postId, fullName, position: title } });
  const as = { ...who, permissions: leader.permissions };
  await room.complete(await room.openSession(draft.documentId, 'personal', certificate, as), holder, as);
  await room.number(draft.documentId, await room.filesOf(draft.documentId));
  await room.complete(await room.openSession(draft.documentId, 'agency', seal, clerk), agency, clerk);
  return room.mainOf(draft.documentId);
};

describe('F-04 VN-05 a certificate is its holder’s by citizen number', () => {
  it('that of a colleague of the same name is not registered, and his own is', async () => {
    expect(await register(certificateOf(namesake), leader)).toEqual([422, 'signature.certificate-of-another-number']);
    expect(await register(certificateOf(leader), namesake)).toEqual([422, 'signature.certificate-of-another-number']);
    const own = await room.register(certificateOf(namesake), namesake);
    expect(await warningsOf(own)).toEqual([]);
    const { rows } = await room.test.admin.query('SELECT 1 FROM certificate WHERE user_id = $1', [leader.userId]);
    expect(rows).toHaveLength(0);
  });

  it.each(['CMND:183456789', 'HC:B1234567', 'BHXH:4412345678'])('one with %s alone is of nobody known', async (uid) => {
    expect(await register(certificateOf(leader, { uid }), leader)).toEqual([
      422,
      'signature.certificate-without-number',
    ]);
  });

  it('what identity has not told yet is not guessed: it is asked for again', async () => {
    const fresh = newcomer('Lý Thị Mai');
    await room.tellPost(fresh);
    const holder = room.person(fresh);
    expect(await register(holder, fresh)).toEqual([503, 'signature.holder-not-told-yet']);
    await room.tellNumber(fresh);
    expect(await warningsOf(await room.register(holder, fresh))).toEqual([]);
  });

  it('PR-08 it signs no more once the account has another number', async () => {
    const [other, draft] = [newcomer('Đỗ Văn Sáu'), await room.draft()];
    await room.employ(other);
    const holder = certificateOf(other);
    const certificate = await room.register(holder, other);
    const signer = { userId: other.userId, postId: other.postId, fullName: other.fullName, position: other.title };
    await room.check(draft, { signer });
    const as = { ...other, permissions: leader.permissions };
    const session = await room.openSession(draft.documentId, 'personal', certificate, as);
    await room.tellNumber(other, numberOf(namesake));
    expect(await warningsOf(certificate)).toEqual(['number_differs']);
    const another = [422, 'signature.certificate-of-another-number'];
    const opening = { documentId: draft.documentId, signatureKind: 'personal', certificateId: certificate };
    expect(await room.refusal('/signing-sessions', { as, body: opening })).toEqual(another);
    const values = { as, body: room.values(session, holder) };
    expect(await room.refusal(`/signing-sessions/${session.sessionId}/signatures`, values)).toEqual(another);
    await room.tellNumber(other);
    expect(await warningsOf(certificate)).toEqual([]);
  });

  it('on arrival the director’s is confirmed, and a namesake’s over the director’s position is another’s', async () => {
    const own = await sealed(certificateOf(leader), leader);
    expect(await resultOf(await room.arrive([own]))).toMatchObject({
      legalEffect: 'complete',
      signerName: leader.fullName,
      signerIdentity: 'confirmed',
    });
    const others = await sealed(certificateOf(namesake), namesake);
    expect(await resultOf(await room.arrive([others]))).toMatchObject({
      legalEffect: 'complete',
      signerName: leader.fullName,
      signerIdentity: 'another',
    });
    const asOfficer = await room.arrive([others], newId(), namesake.title);
    expect(await resultOf(asOfficer)).toMatchObject({ signerIdentity: 'confirmed' });
  });

  it('CID-20 F-44 the database of signature holds proofs alone', async () => {
    const { rows } = await room.test.admin.query<{ row: string }>(
      'SELECT to_jsonb(t)::text AS row FROM number_proof t',
    );
    expect(rows.length).toBeGreaterThan(5);
    const text = rows.map(({ row }) => row).join('\n');
    expect(text).not.toContain(numberOf(leader));
    expect(room.test.log.join('\n')).not.toContain(numberOf(leader));
  });
});
