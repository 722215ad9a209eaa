import { permissionsIn, separationSuite } from '@qlvb/platform-service-testing';
import type { SeparationAttempt } from '@qlvb/platform-service-testing';
import { leader, Office, officer, second, third } from './office.ts';
import type { Colleague } from './office.ts';

let office: Office;
let versions = 1;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.test.stop());

/** Appointed to follow what he handles himself, as the lead or beside him. */
const followOwn = (part: 'lead' | 'co-handler') => async (): Promise<SeparationAttempt> => {
  const documentId = await office.accepted();
  const appoint = (followUp: Colleague): Promise<Response> =>
    office.test.ask('/instructions', {
      as: leader,
      body: {
        documentId,
        text: 'Giao tham mưu.',
        leadPostId: part === 'lead' ? officer.postId : second.postId,
        coHandlerPostIds: part === 'lead' ? [second.postId] : [officer.postId],
        followUpPostId: followUp.postId,
        dueInWorkingDays: 5,
      },
    });
  return {
    attempt: async (roles) => {
      versions += 1;
      const permissions = permissionsIn([...roles, 'officer']);
      await office.employ(officer, { version: versions, roles: [...roles, 'officer'], permissions });
      return { answer: await appoint(officer) };
    },
    allows: () => true,
    another: () => appoint(third),
  };
};

describe('F-04 separated acts of workflow', () => {
  separationSuite('workflow', {
    'instruction.handle / instruction.follow-up': [followOwn('lead'), followOwn('co-handler')],
  });
});
