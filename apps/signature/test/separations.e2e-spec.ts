import { permissionsIn, separationSuite } from '@qlvb/platform-service-testing';
import type { SeparationAttempt } from '@qlvb/platform-service-testing';
import { admin, clerk, leader, SigningRoom } from './signing-room.ts';

let room: SigningRoom;
beforeAll(async () => (room = await SigningRoom.open()));
afterAll(() => room.close());

const registerOwn = (): Promise<SeparationAttempt> => {
  const body = room.certificateInput(room.person(leader), leader);
  const register = (as: object): Promise<Response> => room.test.ask('/certificates', { as, body });
  return Promise.resolve({
    attempt: async (roles) => ({ answer: await register({ ...leader, permissions: permissionsIn(roles) }) }),
    allows: (roles) => roles.includes('agency_admin'),
    another: () => register(admin),
  });
};

/** The signer tries to seal over his own signature. */
const sealOwn = async (): Promise<SeparationAttempt> => {
  const [person, agency] = [room.person(leader), room.agency()];
  const [certificate, certificateId] = [await room.register(person, leader), await room.register(agency, 'agency')];
  const draft = await room.draft();
  const { documentId } = draft;
  await room.check(draft);
  await room.complete(await room.openSession(documentId, 'personal', certificate, leader), person, leader);
  await room.number(documentId, await room.filesOf(documentId));
  const body = { documentId, signatureKind: 'agency', certificateId };
  const seal = (as: object): Promise<Response> => room.test.ask('/signing-sessions', { as, body });
  return {
    attempt: async (roles) => ({ answer: await seal({ ...leader, permissions: permissionsIn(roles) }) }),
    allows: (roles) => permissionsIn(roles).includes('signing.agency'),
    another: () => seal(clerk),
  };
};

describe('F-04 separated acts of signature', () => {
  separationSuite('signature', {
    'certificate.hold / certificate.register': [registerOwn],
    'outgoing-document.sign / outgoing-document.seal': [sealOwn],
  });
});
