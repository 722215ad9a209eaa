import type { FileRef } from '@qlvb/contracts';
import { RehearsalProcess, verifyPdfSignatures } from '@qlvb/pdf-signature';
import type { FileRole, VerificationReport } from '@qlvb/pdf-signature';
import { faultySamples, pageVariants, producerShapes } from '@qlvb/pdf-testing';
import { newId } from '@qlvb/shared-domain';
import { clerk, drawnDecision, leader, named, SigningRoom } from './signing-room.ts';
import type { Holder } from './signing-room.ts';

let room: SigningRoom;
let person: Holder;
let agency: Holder;
let personal: string;
let seal: string;
let issued: Uint8Array;
let rehearsal: RehearsalProcess;

beforeAll(async () => {
  rehearsal = new RehearsalProcess();
  room = await SigningRoom.open();
  [person, agency] = [room.person(leader), room.agency()];
  personal = await room.register(person, leader);
  seal = await room.register(agency, 'agency');
  const files = await sealed(await drawnDecision(), []);
  issued = await room.read(named(files, 'quyet-dinh.pdf'));
});
afterAll(async () => {
  await rehearsal.end();
  await room.close();
});

/** What a draft is told of the file. */
const told = async (pdf: Uint8Array, role: FileRole) => {
  const order = { pdf, role, organisation: 'Sở Thông tin và Truyền thông', at: new Date() };
  return (await rehearsal.rehearse(order)).obstacle;
};

/** Through all steps after the draft: signed, numbered, sealed. */
async function sealed(main: Uint8Array, attachments: readonly { name: string; pdf: Uint8Array }[]): Promise<FileRef[]> {
  const documentId = newId();
  const files = [await room.put(main, 'main', 'quyet-dinh.pdf')];
  for (const { name, pdf } of attachments) files.push(await room.put(pdf, 'attachment', name));
  await room.check({ documentId, files });
  await room.complete(await room.openSession(documentId, 'personal', personal, leader), person, leader);
  await room.number(documentId, await room.filesOf(documentId));
  await room.complete(await room.openSession(documentId, 'agency', seal, clerk), agency, clerk);
  return room.filesOf(documentId);
}

async function verify(file: FileRef): Promise<VerificationReport> {
  const { trust } = room.pki;
  const evidence = room.pki.evidence([person.certificate, agency.certificate]);
  return verifyPdfSignatures(await room.read(file), { trust, at: new Date(), evidence });
}

/** The outer length of the last signature in the indefinite form, as some makers write it; no signed byte changes. */
function inBer(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1');
  const at = text.lastIndexOf('/Contents <3082');
  const rewritten = text.slice(at).replace(/<3082([0-9a-f]{4})([0-9a-f]+)>/, (_, length: string, rest: string) => {
    const end = parseInt(length, 16) * 2;
    return `<3080${rest.slice(0, end)}0000${rest.slice(end)}>`;
  });
  return Buffer.from(text.slice(0, at) + rewritten, 'latin1');
}

const attachments = (): { name: string; pdf: Uint8Array }[] => [
  ...producerShapes(true),
  ...pageVariants(),
  { name: 'an issued document', pdf: issued },
  { name: 'an issued document in BER', pdf: inBer(issued) },
];

describe('F-09 what a draft accepts is signed, numbered and sealed', () => {
  it.each(producerShapes(false))(
    'F-09 VN-01 EX-NUM-3 a document with $name, with attachments of all kinds',
    async ({ pdf }) => {
      expect(await told(pdf, 'main')).toBeUndefined();
      const all = attachments();
      for (const one of all) expect([one.name, await told(one.pdf, 'attachment')]).toEqual([one.name, undefined]);
      const files = await sealed(pdf, all);
      expect(await verify(named(files, 'quyet-dinh.pdf'))).toMatchObject({ legal: 'complete', findings: [] });
      for (const { name } of all) {
        const { signatures } = await verify(named(files, name));
        expect([name, signatures.map(({ indication }) => indication)]).toEqual([
          name,
          name.startsWith('an issued') ? ['PASSED', 'PASSED', 'PASSED'] : ['PASSED'],
        ]);
        expect(signatures.at(-1)).toMatchObject({ signerKind: 'agency', coversWholeFile: true });
      }
    },
    120_000,
  );

  it.each(faultySamples())(
    'F-09 PR-12 $name is refused while drafting, and could not have been sealed',
    async (one) => {
      expect(await told(one.pdf, 'attachment')).toBe(one.fault);
      await expect(sealed(await drawnDecision(), [one])).rejects.toThrow();
    },
  );
});
