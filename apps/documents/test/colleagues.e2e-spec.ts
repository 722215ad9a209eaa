import { HandlingCompleted, HandlingStarted, InstructionIssued, PackageReceived, ROLES, ValidationCompleted } from '@qlvb/contracts'; // prettier-ignore
import type { FileRef, Role } from '@qlvb/contracts';
import { declaredOperations } from '@qlvb/platform-http';
import { idFrom, newId } from '@qlvb/shared-domain';
import {
  admin,
  checker,
  clerk,
  deputy,
  fileRef,
  leader,
  Office,
  officer,
  otherHead,
  otherOfficer,
  OTHER_UNIT,
  SENDER,
  unitHead,
} from './office.ts';
import type { Colleague } from './office.ts';

/**
 * F-22: everybody of one agency at every operation of the service, on documents in every state. What somebody may see or do
 * stands in the tables below and nowhere else; an operation without an entry, or with one too many, fails.
 */

const employ = (name: string, role: Role): Colleague => ({
  ...{ userId: idFrom(`user:${SENDER}:${name}`), postId: idFrom(`post:${SENDER}:${name}`), agencyId: SENDER },
  ...{ unitId: OTHER_UNIT, permissions: [...ROLES[role]], fullName: name, title: name, roles: [role] },
});
const ACCOUNTS = {
  /** Drafted the outgoing documents, and was given the incoming ones to handle. */
  officer,
  /** No part in anything; neither have the next five. */
  otherOfficer,
  otherHead,
  deputy,
  archivist: employ('Lưu trữ viên', 'archivist'),
  admin,
  /** The platform's own people have no post with documents: an agency's rights are all they get here. */
  auditor: employ('Thanh tra viên', 'auditor'),
  /** Heads the unit that drafts. */
  unitHead,
  checker,
  /** Signs the outgoing documents. */
  leader,
  clerk,
} as const;
type Account = keyof typeof ACCOUNTS;
const accounts = Object.keys(ACCOUNTS) as Account[];

const OUTGOING = ['drafting', 'unit_review', 'layout_check', 'awaiting_signature', 'signed', 'numbered', 'agency_signed', 'issued', 'cancelled'] as const; // prettier-ignore
const INCOMING = ['arrived', 'rejected', 'accepted', 'assigned', 'in_progress', 'completed'] as const;
type State = (typeof OUTGOING)[number] | (typeof INCOMING)[number];

const FROM_SIGNER_ON: readonly State[] = ['awaiting_signature', 'signed', 'numbered', 'agency_signed', 'issued', 'cancelled']; // prettier-ignore
const FROM_LAYOUT_ON: readonly State[] = ['layout_check', ...FROM_SIGNER_ON];
const FROM_SIGNATURE_ON: readonly State[] = FROM_SIGNER_ON.filter((state) => state !== 'awaiting_signature');
const NUMBERED = FROM_SIGNATURE_ON.filter((state) => state !== 'signed');
const REGISTERED: readonly State[] = ['accepted', 'assigned', 'in_progress', 'completed'];
const GIVEN_TO_HANDLE: readonly State[] = ['assigned', 'in_progress', 'completed'];

/** In which states who sees a document; who does not stand here sees none. */
const SEES: Record<'outgoing' | 'incoming', Partial<Record<Account, readonly State[]>>> = {
  outgoing: {
    officer: OUTGOING,
    auditor: NUMBERED,
    unitHead: OUTGOING,
    // From the task on; afterwards he took part.
    checker: FROM_LAYOUT_ON,
    leader: FROM_SIGNER_ON,
    // What is signed is his to number; from the number on it stands in the register.
    clerk: FROM_SIGNATURE_ON,
  },
  incoming: {
    officer: GIVEN_TO_HANDLE,
    auditor: REGISTERED,
    leader: REGISTERED,
    deputy: REGISTERED,
    // What arrived is his to register or to refuse.
    clerk: INCOMING,
  },
};

/** In which state who may do what, as the document tells him. */
const ACTS: Partial<Record<State, Partial<Record<Account, readonly string[]>>>> = {
  drafting: { officer: ['cancel', 'revise', 'submit'] },
  unit_review: { unitHead: ['approve_content', 'return'] },
  layout_check: { checker: ['approve_layout', 'return'] },
  awaiting_signature: {
    officer: ['revise'],
    unitHead: ['approve_content'],
    checker: ['approve_layout'],
    leader: ['return', 'sign'],
  },
  signed: { officer: ['revise'], clerk: ['number'] },
  numbered: { clerk: ['agency_sign', 'cancel_number', 'propose_correction', 'propose_replacement'] },
  agency_signed: { clerk: ['issue', 'propose_correction'] },
  arrived: { clerk: ['accept', 'reject'] },
  accepted: { clerk: ['present'] },
  assigned: { leader: ['assign'], deputy: ['assign'] },
  in_progress: { leader: ['assign'], deputy: ['assign'] },
};

/** Who may change the access to a document that he sees. */
const CHANGES_ACCESS: Record<'outgoing' | 'incoming', readonly Account[]> = {
  outgoing: ['clerk', 'leader', 'unitHead'],
  incoming: ['clerk', 'leader', 'deputy'],
};

type Entry =
  /** One document, or what hangs on it: seen by those who see the document. */
  | { readonly sees: 'outgoing' | 'incoming' | 'files' }
  /** An act on a document: not to be done by anybody whom `ACTS` does not name. */
  | { readonly acts: readonly string[]; readonly body: unknown }
  /** Who may see a document and who may change that. */
  | { readonly changesAccess: 'outgoing' | 'incoming' | 'both'; readonly body?: unknown }
  /** What somebody outside the table asked the program about a document: seen with the document, stopped by him alone. */
  | { readonly reports: 'asked' | 'seen' | 'stopped' }
  /** A list of documents: those that are seen one by one, and no other. */
  | { readonly lists: 'outgoing' | 'incoming' }
  /** A matter of the agency and no document's: whoever is not named is refused. */
  | { readonly agency: readonly Account[]; readonly body?: unknown };

const everybody = accounts;
const uploaders = accounts.filter((name) => !['archivist', 'admin', 'auditor'].includes(name));
const OPERATIONS: Record<string, Entry> = {
  'GET /access-rights': { changesAccess: 'both' },
  'POST /access-rights/{accessRightId}/confirmations': { changesAccess: 'both', body: {} },
  'POST /access-rights/{accessRightId}/refusals': { changesAccess: 'both', body: { reason: 'x' } },
  'POST /access-rights/{accessRightId}/withdrawals': { changesAccess: 'both', body: { reason: 'x' } },
  'GET /catalogues': { agency: everybody },
  'GET /catalogues/{name}': { agency: everybody },
  'POST /files': { agency: uploaders },
  'GET /files/{fileId}': { sees: 'files' },
  'GET /files/{fileId}/content': { sees: 'files' },
  'GET /incoming-documents': { lists: 'incoming' },
  'GET /incoming-documents/{documentId}': { sees: 'incoming' },
  'POST /incoming-documents/{documentId}/acceptances': { acts: ['accept'], body: { asReference: true } },
  'POST /incoming-documents/{documentId}/refusals': { acts: ['reject'], body: { reasonCode: 'OTHER', reason: 'x' } },
  'GET /incoming-documents/{documentId}/access-rights': { changesAccess: 'incoming' },
  'POST /incoming-documents/{documentId}/access-rights': {
    changesAccess: 'incoming',
    body: { postId: otherOfficer.postId, reason: 'x' },
  },
  'GET /numbering-plans/{year}': { agency: ['admin', 'auditor', 'clerk'] },
  'PUT /numbering-plans/{year}': { agency: ['admin'], body: { groups: [] } },
  'GET /outgoing-documents': { lists: 'outgoing' },
  'POST /outgoing-documents': { agency: uploaders, body: {} },
  'GET /outgoing-documents/{documentId}': { sees: 'outgoing' },
  'PUT /outgoing-documents/{documentId}': { acts: ['revise'], body: 'draft' },
  'GET /outgoing-documents/{documentId}/access-rights': { changesAccess: 'outgoing' },
  'POST /outgoing-documents/{documentId}/access-rights': {
    changesAccess: 'outgoing',
    body: { postId: otherOfficer.postId, reason: 'x' },
  },
  // Nothing was proposed, so that there is nothing to decide for the signer either.
  'POST /outgoing-documents/{documentId}/attachment-replacement-decisions': {
    acts: ['decide_replacement'],
    body: { outcome: 'approved' },
  },
  'POST /outgoing-documents/{documentId}/attachment-replacements': {
    acts: ['propose_replacement'],
    body: { attachmentId: newId(), fileId: newId(), reason: 'x' },
  },
  'POST /outgoing-documents/{documentId}/cancellations': { acts: ['cancel', 'cancel_number'], body: { reason: 'x' } },
  'POST /outgoing-documents/{documentId}/content-checks': {
    acts: ['approve_content'],
    body: { outcome: 'passed' },
  },
  'POST /outgoing-documents/{documentId}/correction-decisions': {
    acts: ['approve_correction', 'refuse_correction'],
    body: { outcome: 'approved' },
  },
  'POST /outgoing-documents/{documentId}/corrections': { acts: ['propose_correction'], body: { reason: 'x' } },
  'POST /outgoing-documents/{documentId}/issues': { acts: ['issue'], body: {} },
  'POST /outgoing-documents/{documentId}/layout-checks': { acts: ['approve_layout'], body: { outcome: 'passed' } },
  'POST /outgoing-documents/{documentId}/layout-reports': { reports: 'asked' },
  'GET /outgoing-documents/{documentId}/layout-reports/{reportId}': { reports: 'seen' },
  'POST /outgoing-documents/{documentId}/layout-reports/{reportId}/cancellations': { reports: 'stopped' },
  'POST /outgoing-documents/{documentId}/registrations': { acts: ['number'], body: {} },
  'POST /outgoing-documents/{documentId}/submissions': { acts: ['submit'], body: {} },
  'GET /registers/incoming/{year}': { agency: ['auditor', 'clerk'] },
  'GET /registers/outgoing/{year}': { agency: ['auditor', 'clerk'] },
  'GET /signing-authorities/{postId}': { agency: uploaders },
  'GET /signing-grants': { agency: everybody },
  'POST /signing-grants': { agency: ['leader', 'deputy'], body: { form: 'by_order', granteePostId: unitHead.postId, from: '2026-01-01' } }, // prettier-ignore
  'POST /signing-grants/{grantId}/revocations': { agency: ['leader', 'deputy'], body: { reason: 'x' } },
};

interface Made {
  readonly direction: 'outgoing' | 'incoming';
  readonly state: State;
  readonly id: string;
  readonly fileIds: string[];
  /** One that waits for a second person; given by somebody outside the table. */
  rightId: string;
  /** One that waits, of somebody outside the table. */
  reportId: string;
}

let office: Office;
let input: Record<string, unknown>;
const made: Made[] = [];
const sees = ({ direction, state }: Pick<Made, 'direction' | 'state'>, account: Account): boolean =>
  SEES[direction][account]?.includes(state) ?? false;

beforeAll(async () => {
  office = await Office.open();
  await Promise.all([ACCOUNTS.archivist, ACCOUNTS.auditor].map((person) => office.employ(person)));
  for (const state of OUTGOING) made.push({ direction: 'outgoing', state, id: await outgoing(state), fileIds: [], rightId: '', reportId: '' }); // prettier-ignore
  for (const state of INCOMING) made.push({ direction: 'incoming', state, id: await incoming(state), fileIds: [], rightId: '', reportId: '' }); // prettier-ignore
  for (const one of made) {
    const { rows } = await office.test.admin.query<{ state: string; files: FileRef[] }>(
      `SELECT state, files FROM ${one.direction}_document WHERE id = $1`,
      [one.id],
    );
    expect(rows[0]?.state).toBe(one.state);
    one.fileIds.push(...(rows[0]?.files ?? []).map(({ fileId }) => fileId));
    const path = `/${one.direction}-documents/${one.id}/access-rights`;
    const isDraft = one.direction === 'outgoing' && !FROM_SIGNATURE_ON.includes(one.state);
    const second = isDraft ? { ...unitHead, userId: newId() } : { ...clerk, userId: newId(), unitId: newId() };
    const body = { postId: otherOfficer.postId, reason: 'Phối hợp' };
    if (one.direction === 'outgoing') {
      const reports = `/outgoing-documents/${one.id}/layout-reports`;
      one.reportId = (await office.test.json<{ reportId: string }>(reports, { as: second, body: {} })).reportId;
    }
    one.rightId = (await office.test.json<{ accessRightId: string }>(path, { as: second, body })).accessRightId;
  }
  input = await office.draftInput();
}, 120_000);
afterAll(() => office.test.stop());

/** A document that has come so far and no further. */
async function outgoing(state: (typeof OUTGOING)[number]): Promise<string> {
  const { documentId: id } = await office.draft();
  const steps: (() => Promise<unknown>)[] = [
    () => office.act(id, 'submissions', officer),
    () => office.act(id, 'content-checks', unitHead, { outcome: 'passed' }),
    () => office.passLayout(id),
    () => office.sign(id, 'personal'),
    () => office.act(id, 'registrations', clerk),
    () => office.sign(id, 'agency'),
    () => office.act(id, 'issues', clerk),
  ];
  const count = state === 'cancelled' ? 5 : OUTGOING.indexOf(state);
  for (const step of steps.slice(0, count)) await step();
  if (state === 'cancelled') await office.act(id, 'cancellations', clerk, { reason: 'Cấp nhầm số' });
  return id;
}

async function incoming(state: (typeof INCOMING)[number]): Promise<string> {
  const packageId = newId();
  const id = idFrom(`incoming:${packageId}`);
  const files = [fileRef()];
  await office.test.deliver(PackageReceived, SENDER, {
    ...PackageReceived.example,
    ...{
      packageId,
      files,
      senderDocumentId: `H46.03,2026,${packageId}`,
      codeNumber: packageId.slice(-6),
      findings: [],
    },
  });
  const decide = (act: string, body: unknown): Promise<unknown> =>
    office.test.json(`/incoming-documents/${id}/${act}`, { as: clerk, body, status: 201 });
  await office.test.deliver(ValidationCompleted, SENDER, {
    ...{ documentId: id, validationId: newId(), validatedAt: new Date().toISOString() },
    files: files.map(({ fileId }) => ({
      ...{ fileId, legalEffect: 'complete' as const, intact: true, authentic: true, integrity: 'proven' as const },
      ...{ personal: 'valid' as const, agency: 'valid' as const, agencyCodes: [PackageReceived.example.senderCode] },
      ...{ signerName: PackageReceived.example.signerName, findings: [] },
    })),
  });
  if (state === 'rejected') await decide('refusals', { reasonCode: 'WRONG_RECIPIENT', reason: 'Không đúng nơi nhận' });
  if (state === 'arrived' || state === 'rejected') return id;
  await decide('acceptances', {});
  const at = new Date().toISOString();
  const [by, lead] = [leader, officer].map(({ userId, postId, fullName, title }) => ({ userId, postId, fullName, position: title })); // prettier-ignore
  if (!by || !lead || state === 'accepted') return id;
  const { example } = InstructionIssued;
  await office.test.deliver(InstructionIssued, SENDER, { ...example, documentId: id, issuedBy: by, lead, coHandlers: [] }); // prettier-ignore
  if (state === 'assigned') return id;
  await office.test.deliver(HandlingStarted, SENDER, { ...HandlingStarted.example, documentId: id, by: lead, startedAt: at }); // prettier-ignore
  if (state === 'in_progress') return id;
  await office.test.deliver(HandlingCompleted, SENDER, { ...HandlingCompleted.example, documentId: id, by: lead, completedAt: at }); // prettier-ignore
  return id;
}

/** What the service declares, so that nothing it can be asked is left out. */
const declared = (): string[] =>
  declaredOperations()
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    .sort();

const of = <Key extends string>(key: Key): [string, Extract<Entry, Record<Key, unknown>>][] =>
  Object.entries(OPERATIONS).filter(([, entry]) => key in entry) as never;

/** Status of an operation for somebody on one document. */
async function status(operation: string, account: Account, one: Made, body?: unknown): Promise<number> {
  const [method = '', path = ''] = operation.split(' ');
  const target = path
    .replace('{documentId}', one.id)
    .replace('{accessRightId}', one.rightId)
    .replace('{reportId}', one.reportId)
    .replace('{year}', '2026')
    .replace('{postId}', leader.postId)
    .replace('{grantId}', newId());
  const version = await office.test.admin.query<{ version: number }>(
    `SELECT version FROM ${one.direction}_document WHERE id = $1`,
    [one.id],
  );
  const answer = await office.test.ask(target, {
    as: ACCOUNTS[account],
    method,
    ...(method === 'GET' ? {} : { body: body === 'draft' ? input : (body ?? {}) }),
    ...(method === 'GET' ? {} : { ifMatch: `"${version.rows[0]?.version}"` }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** Everything that hangs on the documents, as one digest: what was refused changed nothing. */
async function digest(): Promise<string> {
  const tables = ['outgoing_document', 'incoming_document', 'draft_version', 'review_check', 'access_row', 'file_use', 'number_sequence', 'signing_grant', 'numbering_plan']; // prettier-ignore
  const digests = tables.map((table) => `(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM ${table} t)`); // prettier-ignore
  const { rows } = await office.test.admin.query<{ all: string }>(`SELECT ${digests.join(" || ' ' || ")} AS all`);
  return rows[0]?.all ?? '';
}

describe('F-22 SEC-Z02 colleagues of one agency', () => {
  it('every operation of the service has its entry', () => {
    expect(declared()).toEqual(Object.keys(OPERATIONS).sort());
  });

  describe.each(accounts)('%s', (account) => {
    const person = ACCOUNTS[account];

    it('sees the documents that the table says, with their files, and is told the acts that are his', async () => {
      for (const one of made) {
        const where = `${account} ${one.direction} ${one.state}`;
        const answer = await office.test.ask(`/${one.direction}-documents/${one.id}`, { as: person });
        const document = (await answer.json()) as { allowedActs?: string[] };
        const expected = sees(one, account) ? 200 : 404;
        expect([where, answer.status]).toEqual([where, expected]);
        const acts = expected === 200 ? [...(ACTS[one.state]?.[account] ?? [])].sort() : undefined;
        expect([where, document.allowedActs?.toSorted()]).toEqual([where, acts]);
        for (const [operation] of of('sees').filter(([, { sees: what }]) => what === 'files')) {
          for (const fileId of one.fileIds) {
            const file = await office.test.ask(operation.slice(4).replace('{fileId}', fileId), { as: person });
            await file.arrayBuffer();
            // Bytes of what arrived in this test are in no store.
            const opened = file.status === 404 ? 404 : 200;
            expect([where, operation, opened]).toEqual([where, operation, expected]);
          }
        }
        if (one.direction === 'incoming') continue;
        for (const [operation, { reports }] of of('reports')) {
          const seen = reports === 'asked' ? 202 : reports === 'seen' ? 200 : 403;
          expect([where, operation, await status(operation, account, one)]).toEqual([where, operation, expected === 200 ? seen : 404]); // prettier-ignore
          // Nobody waits for it.
          await office.test.admin.query(
            `DELETE FROM platform.job WHERE kind = 'documents.report-layout' AND state = 'waiting'`,
          );
        }
      }
    });

    it.each(of('lists'))('%s: lists those alone, page by page and under every filter', async (operation, { lists }) => {
      const mine = made.filter(({ direction }) => direction === lists);
      const visible = (states: readonly State[]): string[] =>
        mine.filter((one) => states.includes(one.state) && sees(one, account)).map(({ id }) => id);
      const listed = async (filter: string): Promise<string[]> => {
        const ids: string[] = [];
        for (let cursor: string | null = ''; cursor !== null;) {
          const path = `${operation.slice(4)}?limit=2${filter}${cursor === '' ? '' : `&cursor=${cursor}`}`;
          const page: { items: { documentId: string }[]; nextCursor: string | null; total?: { count: number } } =
            await office.test.json(path, { as: person, status: 200 });
          ids.push(...page.items.map(({ documentId }) => documentId));
          cursor = page.nextCursor;
        }
        return ids;
      };
      const all = mine.map(({ state }) => state);
      expect((await listed('')).toSorted()).toEqual(visible(all).toSorted());
      expect((await listed('&query=quy')).toSorted()).toEqual(visible(all).toSorted());
      for (const state of all) expect([state, await listed(`&state=${state}`)]).toEqual([state, visible([state])]);
    });

    it('does nothing that the table does not name him for', async () => {
      const before = await digest();
      for (const one of made) {
        for (const [operation, { acts, body }] of of('acts')) {
          if (!operation.includes(`/${one.direction}-documents/`)) continue;
          if (acts.some((act) => ACTS[one.state]?.[account]?.includes(act))) {
            // The unit head’s and the checker’s second pass in the signer’s hands is the one that stands already.
            if (one.state !== 'awaiting_signature' || !['unitHead', 'checker'].includes(account)) continue;
          }
          const where = `${account} ${operation} ${one.state}`;
          const refused = await status(operation, account, one, body);
          expect([where, sees(one, account) ? [403, 409] : [403, 404]]).toEqual([where, expect.arrayContaining([refused])]); // prettier-ignore
        }
      }
      expect(await digest()).toBe(before);
    });

    it('NĐ30-PL6-F3b changes the access to what the table says, and sees no proposal for anything else', async () => {
      const before = await digest();
      const waiting = new Set<string>();
      const list = await office.test.ask('/access-rights?limit=100', { as: person });
      const page = (await list.json()) as { items?: { accessRightId: string }[] };
      for (const { accessRightId } of page.items ?? []) waiting.add(accessRightId);
      for (const one of made) {
        const may = sees(one, account) && CHANGES_ACCESS[one.direction].includes(account);
        const where = `${account} ${one.direction} ${one.state}`;
        expect([where, waiting.has(one.rightId)]).toEqual([where, may]);
        for (const [operation, { changesAccess, body }] of of('changesAccess')) {
          if (operation === 'GET /access-rights' || ![one.direction, 'both'].includes(changesAccess)) continue;
          if (may && body !== undefined) continue;
          const answer = await status(operation, account, one, body);
          const expected = may ? [200] : sees(one, account) ? [403] : [403, 404];
          expect([`${where} ${operation}`, expected]).toEqual([`${where} ${operation}`, expect.arrayContaining([answer])]); // prettier-ignore
        }
      }
      expect(await digest()).toBe(before);
    });

    it.each(of('agency'))('%s: is refused unless named', async (operation, { agency, body }) => {
      const [one] = made;
      if (!one || agency.includes(account)) return;
      expect(await status(operation, account, one, body)).toBe(403);
    });
  });

  it('registers show numbered and arrived documents to those named', async () => {
    for (const account of ['clerk', 'auditor'] as const) {
      for (const direction of ['outgoing', 'incoming']) {
        const { items } = await office.test.json<{ items: unknown[] }>(`/registers/${direction}/${new Date().getFullYear()}`, { as: ACCOUNTS[account], status: 200 }); // prettier-ignore
        expect(items).toHaveLength(4);
      }
    }
  });
});
