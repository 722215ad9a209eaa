import { permissionsIn, separationSuite } from '@qlvb/platform-service-testing';
import type { SeparationAttempt } from '@qlvb/platform-service-testing';
import { admin, leader, SigningRoom } from './signing-room.ts';

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

describe('F-04 separated acts of signature', () => {
  separationSuite('signature', { 'certificate.hold / certificate.register': [registerOwn] });
});
