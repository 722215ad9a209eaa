import { rolesGoTogether, ROLES } from '@qlvb/contracts';
import type { Role } from '@qlvb/contracts';
import { newId } from '@qlvb/shared-domain';
import { admin, clerk, leader, officer, SigningRoom } from './signing-room.ts';
import type { Colleague, Draft, Holder } from './signing-room.ts';

let room: SigningRoom;
let agency: Holder;
let seal: string;
let person: Holder;
let certificate: string;
/** One document of each stage: refused acts change nothing, so that everybody meets the same. */
let waiting: Draft;
let numbered: string;

beforeAll(async () => {
  room = await SigningRoom.open();
  [agency, person] = [room.agency(), room.person(leader)];
  [seal, certificate] = [await room.register(agency, 'agency'), await room.register(person, leader)];
  waiting = await room.draft();
  await room.check(waiting);
  numbered = await signedAndNumbered(leader, certificate, person);
});
afterAll(() => room.close());

async function signedAndNumbered(signer: Colleague, id: string, holder: Holder): Promise<string> {
  const { documentId, files } = await room.draft();
  const { userId, postId, fullName, title: position } = signer;
  await room.check({ documentId, files }, { signer: { userId, postId, fullName, position } });
  await room.complete(await room.openSession(documentId, 'personal', id, signer), holder, signer);
  await room.number(documentId, await room.filesOf(documentId));
  return documentId;
}

/** Every set of roles that one post may hold. */
const COMBINATIONS = (Object.keys(ROLES) as Role[])
  .reduce<Role[][]>((all, role) => [...all, ...all.map((one) => [...one, role])], [[]])
  .filter((roles) => roles.length > 0 && rolesGoTogether([roles]));
const holding = (roles: readonly Role[]): Colleague => ({
  ...officer,
  userId: newId(),
  postId: newId(),
  fullName: 'Phạm Thị Đa',
  title: 'Chuyên viên',
  roles,
  permissions: [...new Set(roles.flatMap((role): readonly string[] => ROLES[role]))],
});
const attempt = async (as: Colleague, documentId: string, signatureKind: string, certificateId: string) => {
  const [status, code] = await room.refusal('/signing-sessions', {
    as,
    body: { documentId, signatureKind, certificateId },
  });
  return status === 201 ? 'done' : code;
};
const may = (who: Colleague, permission: string): boolean => who.permissions.includes(permission);

describe('F-04 VN-02 VN-03 who may sign and seal, over all combinations of roles', () => {
  it(`are generated over ${COMBINATIONS.length} sets of roles`, () => {
    expect(COMBINATIONS.length).toBeGreaterThan(30);
  });

  it.each(COMBINATIONS.map((roles) => [roles.join('+'), roles] as const))(
    '%s: nobody signs in another’s name, or with another’s certificate; a clerk alone seals',
    async (_names, roles) => {
      const somebody = holding(roles);
      await room.employ(somebody);
      // another's document, with another's certificate and with the agency's
      for (const id of [certificate, seal])
        expect(await attempt(somebody, waiting.documentId, 'personal', id)).not.toBe('done');
      // a certificate of one's own: never registered by oneself
      const own = room.person(somebody);
      const registering = { as: somebody, body: room.certificateInput(own, somebody) };
      const [registered] = await room.refusal('/certificates', registering);
      expect(registered).toBe(403);
      const ownId = await room.register(own, somebody, admin);
      expect(await attempt(somebody, waiting.documentId, 'personal', ownId)).not.toBe('done');
      // the seal over somebody else's signature: a clerk's act alone
      const sealed = await attempt(somebody, numbered, 'agency', seal);
      expect(sealed === 'done').toBe(may(somebody, 'signing.agency'));
    },
  );

  it('the session that a clerk opened is completed by nobody else, whatever the roles', async () => {
    const session = await room.openSession(numbered, 'agency', seal, clerk);
    const everything = holding(Object.keys(ROLES) as Role[]);
    await room.employ(everything);
    const values = { as: everything, body: room.values(session, agency) };
    const path = `/signing-sessions/${session.sessionId}/signatures`;
    expect((await room.refusal(path, values))[0]).toBe(404);
  });
});
