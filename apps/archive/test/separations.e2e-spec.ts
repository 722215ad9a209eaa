import { permissionsIn, separationSuite } from '@qlvb/platform-service-testing';
import type { Colleague, SeparationAttempt } from '@qlvb/platform-service-testing';
import { archivist, leader, maker, ReadingRoom, unitHead } from './reading-room.ts';

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open();
});
afterAll(() => room.test.stop());

const trying = (who: Colleague, path: string, body: unknown): SeparationAttempt['attempt'] => {
  return async (roles) => ({
    answer: await room.test.ask(path, { as: { ...who, permissions: permissionsIn(roles) }, body }),
  });
};

const decideSubmission = (act: string, body: unknown) => async (): Promise<SeparationAttempt> => {
  const { submissionId } = await room.submit((await room.closed({ signed: true })).dossierId);
  const path = `/submissions/${submissionId}/${act}`;
  return {
    attempt: trying(maker, path, body),
    allows: (roles) => roles.includes('archivist'),
    another: () => room.test.ask(path, { as: archivist, body }),
  };
};

let year = 2030;
const approveList = async (): Promise<SeparationAttempt> => {
  year += 1;
  const entry = { title: 'Hồ sơ', retention: { kind: 'years', years: 10 }, responsible: maker.fullName };
  const { listId } = await room.test.json<{ listId: string }>('/dossier-lists', {
    as: archivist,
    body: { year, headings: [{ abbreviation: 'CNTT', title: 'Công nghệ thông tin', entries: [entry] }] },
    status: 201,
  });
  const path = `/dossier-lists/${listId}/approvals`;
  return {
    attempt: trying(archivist, path, {}),
    allows: (roles) => roles.includes('leader'),
    another: () => room.test.ask(path, { as: leader, body: {} }),
  };
};

const decideRight = (act: string, body: unknown) => async (): Promise<SeparationAttempt> => {
  const { dossierId } = await room.openDossier();
  const { accessRightId } = await room.test.json<{ accessRightId: string }>(`/dossiers/${dossierId}/access-rights`, {
    as: unitHead,
    body: { postId: leader.postId, reason: 'Phối hợp giải quyết' },
    status: 201,
  });
  const path = `/dossier-access-rights/${accessRightId}/${act}`;
  return {
    attempt: trying(unitHead, path, body),
    allows: (roles) => roles.includes('archivist') || roles.includes('unit_head'),
    another: () => room.test.ask(path, { as: archivist, body }),
  };
};

describe('F-04 separated acts of the archive', () => {
  separationSuite('archive', {
    'dossier-list.make / dossier-list.approve': [approveList],
    'right.give-by-hand / right.confirm': [
      decideRight('confirmations', {}),
      decideRight('refusals', { reason: 'Không cần' }),
    ],
    'dossier.submit / dossier.decide': [
      decideSubmission('acceptances', {}),
      decideSubmission('returns', { reason: 'Thiếu trang' }),
    ],
  });
});
