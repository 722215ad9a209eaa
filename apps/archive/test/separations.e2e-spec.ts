import { ROLES } from '@qlvb/contracts';
import type { Role } from '@qlvb/contracts';
import { maker, ReadingRoom } from './reading-room.ts';

const roles = Object.keys(ROLES) as Role[];
const combinations = Array.from({ length: 2 ** roles.length }, (_, bits) =>
  roles.filter((_role, index) => (bits >> index) & 1),
);

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open();
});
afterAll(() => room.test.stop());

describe('F-04 who submitted a dossier, with any combination of roles', () => {
  it('NĐ30-A30-2: neither accepts nor returns it', async () => {
    const { submissionId } = await room.submit((await room.closed({ signed: true })).dossierId);
    for (const held of combinations) {
      const permissions = [...new Set(held.flatMap((role) => ROLES[role] as readonly string[]))];
      for (const [path, body] of [
        ['acceptances', {}],
        ['returns', { reason: 'Thiếu trang' }],
      ] as const) {
        const answer = await room.test.ask(`/submissions/${submissionId}/${path}`, {
          as: { ...maker, permissions },
          body,
        });
        const { code } = (await answer.json()) as { code?: string };
        const expected = held.includes('archivist') ? 'auth.duties-not-separate' : 'auth.permission-missing';
        expect([held, path, answer.status, code]).toEqual([held, path, 403, expected]);
      }
    }
    expect((await room.accept(submissionId)).state).toBe('accepted');
  });
});
