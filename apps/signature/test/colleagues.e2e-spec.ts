import { IncomingDocumentArrived, ValidationCompleted } from '@qlvb/contracts';
import type { FileRef } from '@qlvb/contracts';
import {
  colleaguesOf,
  colleagueSuite,
  tellDocumentAccess,
  until,
  whileNoJobBegins,
} from '@qlvb/platform-service-testing';
import type { ColleagueName, ColleagueRow } from '@qlvb/platform-service-testing';
import { idFrom, newId } from '@qlvb/shared-domain';
import { SENDER, SigningRoom } from './signing-room.ts';
import type { Colleague, Holder, Session } from './signing-room.ts';

const colleagues = colleaguesOf(SENDER);
const { part } = colleagues;
const whole = (name: ColleagueName): Colleague => {
  const { role, permissions = [], ...person } = colleagues[name];
  return { ...person, permissions, title: role, roles: [role] };
};
const signer = whole('leader');

let room: SigningRoom;
let person: Holder;
let certificate: string;
beforeAll(async () => {
  room = await SigningRoom.open();
  for (const name of Object.keys(colleagues) as ColleagueName[]) await room.employ(whole(name));
  person = room.person(signer);
  certificate = await room.register(person, signer);
});
afterAll(() => room.close());

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

/** A document that waits for the leader; beside him only the officer who drafted it has part in it. */
async function waiting(): Promise<string> {
  const draft = await room.draft();
  const { userId, postId, fullName, title: position } = signer;
  await room.check(draft, { signer: { userId, postId, fullName, position } });
  await room.tellAccess(draft.documentId, [part]);
  return draft.documentId;
}
const open = async (): Promise<Session & { readonly documentId: string }> => {
  const documentId = await waiting();
  return { ...(await room.openSession(documentId, 'personal', certificate, signer)), documentId };
};
const completed = async (): ReturnType<typeof open> => {
  const session = await open();
  await room.complete(session, person, signer);
  return session;
};

/** Id of the report on an arrived document, when it is there. */
async function arrives(documentId: string, files: readonly FileRef[]): Promise<string> {
  const data = { ...IncomingDocumentArrived.example, documentId, packageId: newId(), files: [...files] };
  await room.test.deliver(IncomingDocumentArrived, SENDER, data);
  await until('the report', async () =>
    (await room.test.published(ValidationCompleted)).some((event) => event.data.documentId === documentId),
  );
  return idFrom(`validation:${documentId}`);
}

/** Of an incoming document that one officer has to do with, before it is registered and after. */
const arrived = (registered: boolean) =>
  once(async () => {
    const documentId = newId();
    const { files } = await room.draft();
    await tellDocumentAccess(room.test, SENDER, documentId, [part], 'incoming-document', [], registered);
    return arrives(documentId, files);
  });
const [unregistered, registered] = [arrived(false), arrived(true)];
/** Of a file that the officer asked about. */
const asked = async (): Promise<string> => {
  const { files } = await room.draft();
  const [file] = files;
  if (!file) throw new Error('no file');
  const { validationId } = await room.test.json<{ validationId: string }>('/validations', {
    as: part,
    method: 'POST',
    bytes: await room.read(file),
    headers: { 'content-type': 'application/pdf' },
  });
  return validationId;
};
const own = once(asked);
/** One that nothing works on yet. */
const held = (): Promise<string> =>
  whileNoJobBegins(room.test.admin, async () => {
    // Those of the rows before, which take his room.
    await room.test.admin.query(
      `DELETE FROM platform.job WHERE kind = 'signature.validate-upload' AND state = 'waiting'`,
    );
    const validationId = await asked();
    await room.test.admin.query(`UPDATE platform.job SET due_at = now() + interval '1 day' WHERE key = $1`, [
      validationId,
    ]);
    return validationId;
  });

const rows: ColleagueRow[] = [
  {
    operation: 'GET /validations/:validationId',
    on: 'a document that came in',
    attempt: async () => ({ path: `/validations/${await unregistered()}`, marks: ['quyet-dinh.pdf'] }),
    done: ['part'],
  },
  {
    operation: 'GET /validations/:validationId',
    on: 'a document that was registered',
    attempt: async () => ({ path: `/validations/${await registered()}`, marks: ['quyet-dinh.pdf'] }),
    done: ['part', 'leader', 'other-leader', 'clerk', 'auditor'],
  },
  {
    operation: 'GET /validations/:validationId',
    on: 'a file of one’s own',
    attempt: async () => ({ path: `/validations/${await own()}`, marks: ['upload.pdf'] }),
    done: ['part'],
  },
  {
    operation: 'POST /validations/:validationId/cancellations',
    on: 'a document that came in',
    attempt: async () => ({ path: `/validations/${await registered()}/cancellations`, body: {} }),
    done: [],
    refused: { by: ['part', 'leader', 'other-leader', 'clerk', 'auditor'], code: 'jobs.not-yours' },
  },
  {
    operation: 'POST /validations/:validationId/cancellations',
    on: 'a file of one’s own that waits',
    attempt: async () => ({ path: `/validations/${await held()}/cancellations`, body: {}, marks: ['upload.pdf'] }),
    done: ['part'],
  },
  ...Object.entries({ open: once(open), completed: once(completed) }).map(([state, thing]): ColleagueRow => ({
    operation: 'GET /signing-sessions/:sessionId',
    on: `a session that is ${state}`,
    attempt: async () => ({ path: `/signing-sessions/${(await thing()).sessionId}`, marks: ['quyet-dinh.pdf'] }),
    done: ['leader'],
  })),
  {
    operation: 'POST /signing-sessions',
    on: 'a document that waits for its signer',
    attempt: async () => {
      const body = { documentId: await waiting(), signatureKind: 'personal', certificateId: certificate };
      return { path: '/signing-sessions', body };
    },
    done: ['leader'],
  },
  {
    operation: 'POST /signing-sessions/:sessionId/signatures',
    on: 'a session of its signer',
    attempt: async () => {
      const session = await open();
      return { path: `/signing-sessions/${session.sessionId}/signatures`, body: room.values(session, person) };
    },
    done: ['leader'],
  },
];

describe('F-22 SEC-Z02 SEC-Z05 signing sessions and validations among colleagues', () => {
  colleagueSuite({
    test: () => room.test,
    colleagues,
    rows,
    others: {
      'POST /validations': 'of a file of one’s own',
      'GET /trust-anchors': 'the same for everybody',
      'GET /certificates': 'certificates hang on persons, not on documents',
      'POST /certificates': 'certificates hang on persons, not on documents',
    },
  });

  it('F-22 SEC-Z02 before the rights of a document have come, nobody sees its report', async () => {
    const documentId = newId();
    const { files } = await room.draft();
    const report = await arrives(documentId, files);
    const status = async (name: ColleagueName): Promise<number> =>
      (await room.test.ask(`/validations/${report}`, { as: colleagues[name] })).status;
    expect([await status('part'), await status('clerk')]).toEqual([404, 404]);
    await tellDocumentAccess(room.test, SENDER, documentId, [part], 'incoming-document');
    expect([await status('part'), await status('clerk'), await status('officer')]).toEqual([200, 200, 404]);
  });
});
