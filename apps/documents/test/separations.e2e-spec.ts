import { permissionsIn, separationSuite } from '@qlvb/platform-service-testing';
import type { SeparationAttempt } from '@qlvb/platform-service-testing';
import { checker, clerk, leader, Office, officer, otherOfficer, unitHead } from './office.ts';
import type { Colleague, Outgoing } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.test.stop());

const passed = { outcome: 'passed' };
const submitted = async (): Promise<string> => {
  const { documentId } = await office.draft();
  await office.act(documentId, 'submissions', officer);
  return documentId;
};
const contentChecked = async (): Promise<string> => {
  const documentId = await submitted();
  await office.act(documentId, 'content-checks', unitHead, passed);
  await office.reportLayout(documentId);
  return documentId;
};

/** A check of a document by somebody who had a part in it before, in any roles; and whether the document offers it to him. */
function check(
  documentId: string,
  who: Colleague,
  kind: 'content' | 'layout',
): Pick<SeparationAttempt, 'attempt' | 'another' | 'allows'> {
  const [act, role, other] =
    kind === 'content'
      ? (['approve_content', 'unit_head', unitHead] as const)
      : (['approve_layout', 'layout_checker', checker] as const);
  const path = `/outgoing-documents/${documentId}`;
  return {
    attempt: async (roles) => {
      const as = { ...who, permissions: permissionsIn(roles) };
      const { allowedActs = [] } = (await (await office.test.ask(path, { as })).json()) as Partial<Outgoing>;
      const answer = await office.test.ask(`${path}/${kind}-checks`, { as, body: passed });
      return { answer, offered: allowedActs.includes(act) };
    },
    allows: (roles) => roles.includes(role),
    another: () => office.test.ask(`${path}/${kind}-checks`, { as: other, body: passed }),
  };
}

/** Proposed by its signer, in a clerk's role; decided by the signer about another's proposal. */
async function replacement(): Promise<SeparationAttempt> {
  const attachment = await office.upload(officer, 'phu-luc.pdf');
  const { documentId } = await office.signed({ attachmentFileIds: [attachment] });
  const numbered = await office.act(documentId, 'registrations', clerk);
  const attachmentId = numbered.files.find(({ role }) => role === 'attachment')?.fileId ?? '';
  const propose = async (as: Colleague): Promise<Outgoing> => {
    const fileId = await office.upload(as, 'phu-luc-dung.pdf');
    const body = { attachmentId, fileId, reason: 'Phụ lục không mở được' };
    return office.act(documentId, 'attachment-replacements', as, body);
  };
  const decide = ({ version }: Outgoing, as: Colleague): Promise<Response> =>
    office.test.ask(`/outgoing-documents/${documentId}/attachment-replacement-decisions`, {
      as,
      body: { outcome: 'approved' },
      ifMatch: `"${version}"`,
    });
  const own = await propose({ ...leader, permissions: permissionsIn(['leader', 'clerk']) });
  return {
    attempt: async (roles) => ({ answer: await decide(own, { ...leader, permissions: permissionsIn(roles) }) }),
    allows: (roles) => roles.some((role) => permissionsIn([role]).includes('signing.personal')),
    another: async () => decide(await propose(clerk), leader),
  };
}

/** Proposed by the signer, in a clerk's role; decided by him about another's proposal. */
async function correction(): Promise<SeparationAttempt> {
  const { documentId } = await office.signed();
  await office.act(documentId, 'registrations', clerk);
  const propose = (as: Colleague): Promise<Outgoing> =>
    office.act(documentId, 'corrections', as, { reason: 'Tệp thiếu trang' });
  const decide = ({ version }: Outgoing, as: Colleague): Promise<Response> =>
    office.test.ask(`/outgoing-documents/${documentId}/correction-decisions`, {
      as,
      body: { outcome: 'approved' },
      ifMatch: `"${version}"`,
    });
  const own = await propose({ ...leader, permissions: permissionsIn(['leader', 'clerk']) });
  return {
    attempt: async (roles) => ({ answer: await decide(own, { ...leader, permissions: permissionsIn(roles) }) }),
    allows: (roles) => roles.some((role) => permissionsIn([role]).includes('signing.personal')),
    another: async () => decide(await propose(clerk), leader),
  };
}

const decideRight = (act: string, body: unknown) => async (): Promise<SeparationAttempt> => {
  const { documentId } = await office.signed();
  const { accessRightId } = await office.test.json<{ accessRightId: string }>(
    `/outgoing-documents/${documentId}/access-rights`,
    { as: clerk, body: { postId: otherOfficer.postId, reason: 'Phối hợp triển khai' }, status: 201 },
  );
  const path = `/access-rights/${accessRightId}/${act}`;
  return {
    attempt: async (roles) => ({
      answer: await office.test.ask(path, { as: { ...clerk, permissions: permissionsIn(roles) }, body }),
    }),
    allows: (roles) => roles.includes('clerk'),
    another: () => office.test.ask(path, { as: leader, body }),
  };
};

describe('F-04 separated acts on documents', () => {
  separationSuite('documents', {
    'outgoing-document.draft / outgoing-document.check-content': [
      async () => check(await submitted(), officer, 'content'),
    ],
    'outgoing-document.draft / outgoing-document.check-layout': [
      async () => check(await contentChecked(), officer, 'layout'),
    ],
    'outgoing-document.check-content / outgoing-document.check-layout': [
      async () => check(await contentChecked(), unitHead, 'layout'),
    ],
    'attachment-replacement.propose / attachment-replacement.decide': [replacement],
    'correction.propose / correction.decide': [correction],
    'right.give-by-hand / right.confirm': [
      decideRight('confirmations', {}),
      decideRight('refusals', { reason: 'Không cần' }),
    ],
  });
});
