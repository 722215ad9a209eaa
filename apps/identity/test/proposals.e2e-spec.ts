import { IdentityNotificationRequested, ROLES } from '@qlvb/contracts';
import type { Role } from '@qlvb/contracts';
import { agencyIdOf } from '@qlvb/identity-feature';
import { HOME, HOME_CODE, OTHER, person, PROVINCE, refusal, Registry, testNumber } from './registry.ts';
import type { Proposal, Session } from './registry.ts';

const HEADLESS_CODE = 'H46.03';

let registry: Registry;
let admin: Session & { readonly number: string };
let head: Session;
beforeAll(async () => {
  registry = await Registry.open();
  admin = await registry.newcomer(HOME_CODE, 'agency_admin');
  head = await registry.head(HOME);
});
afterAll(() => registry.test.stop());

const unitOf = (session: Session): string | undefined =>
  session.posts.find(({ postId }) => postId === session.activePostId)?.unitId;
const postOf = (session: Session, post: object = {}): object => ({
  unitId: unitOf(session),
  title: 'Chuyên viên',
  roles: ['officer'],
  ...post,
});
const tryDecide = (
  by: Session,
  { proposalId }: Proposal,
  act: string,
  body?: object,
): Promise<[number, string | undefined]> =>
  refusal(registry.ask(by, `/account-proposals/${proposalId}/${act}`, { method: 'POST', ...(body ? { body } : {}) }));
const tryPropose = (by: Session, input: object): Promise<[number, string | undefined]> =>
  refusal(registry.ask(by, '/account-proposals', { body: { reason: 'Theo quyết định', ...input } }));
const told = async (proposal: Proposal) =>
  (await registry.test.published(IdentityNotificationRequested))
    .filter(({ data }) => data.aboutId === proposal.proposalId)
    .map(({ agencyid, data: { kind, userId, parameters } }) => ({ agencyid, kind, userId, parameters }));

describe('F-04 IDN-02: an account', () => {
  it('F-04 is proposed, approved and only then there; who did what and why is kept, and people are told', async () => {
    const cccd = testNumber();
    const proposal = await registry.propose(admin, await registry.userInput(admin, { cccd }));
    expect(proposal).toMatchObject({ state: 'waiting', userId: null, postId: null, allowedActs: ['withdraw'] });
    expect(proposal.decidingAgencyId).toBe(HOME);
    const accounts = 'SELECT count(*)::int AS n FROM account';
    const before = (await registry.test.admin.query(accounts)).rows;
    expect(await told(proposal)).toEqual([
      expect.objectContaining({ agencyid: HOME, kind: 'account-proposed', userId: head.user.userId }),
    ]);
    const seen = await registry.json<Proposal>(head, `/account-proposals/${proposal.proposalId}`);
    expect(seen.allowedActs).toEqual(['approve', 'refuse']);
    expect((await registry.test.admin.query(accounts)).rows).toEqual(before);

    const approved = await registry.decide(head, proposal, 'approvals');
    expect(approved).toMatchObject({
      state: 'approved',
      inEffect: false,
      reason: 'Tuyển dụng mới',
      proposedBy: { userId: admin.user.userId, fullName: admin.user.fullName },
      decidedBy: { userId: head.user.userId, fullName: head.user.fullName },
      decidedAt: expect.any(String) as string,
      allowedActs: [],
    });
    expect((await told(proposal)).slice(1)).toEqual([
      expect.objectContaining({ kind: 'account-proposal-approved', userId: admin.user.userId }),
    ]);
    const { posts } = await registry.json<{ posts: { roles: string[] }[] }>(admin, `/users/${approved.userId ?? ''}`);
    expect(posts.map(({ roles }) => roles)).toEqual([['officer']]);
    expect(await tryDecide(head, proposal, 'approvals')).toEqual([409, 'identity.proposal-decided']);
    expect(await tryDecide(head, proposal, 'refusals', { reason: 'x' })).toEqual([409, 'identity.proposal-decided']);
  });

  it('F-04 that was refused does not come to be; the proposer is told why, and the number is forgotten', async () => {
    const proposal = await registry.propose(admin, await registry.userInput(admin));
    const refused = await registry.decide(head, proposal, 'refusals');
    expect(refused).toMatchObject({ state: 'refused', userId: null, decisionReason: 'Chưa đủ căn cứ' });
    expect((await told(proposal)).at(-1)).toMatchObject({
      kind: 'account-proposal-refused',
      userId: admin.user.userId,
      parameters: { reason: 'Chưa đủ căn cứ' },
    });
    const { rows } = await registry.test.admin.query('SELECT cccd_sealed FROM account_proposal WHERE id = $1', [
      proposal.proposalId,
    ]);
    expect(rows).toEqual([{ cccd_sealed: null }]);
    expect(await tryDecide(head, proposal, 'approvals')).toEqual([409, 'identity.proposal-decided']);
  });

  it('F-04 is withdrawn by its proposer alone', async () => {
    const proposal = await registry.propose(admin, await registry.userInput(admin));
    const other = await registry.newcomer(HOME_CODE, 'agency_admin');
    expect(await tryDecide(other, proposal, 'withdrawals')).toEqual([403, 'identity.not-the-proposer']);
    expect(await registry.decide(admin, proposal, 'withdrawals')).toMatchObject({ state: 'withdrawn' });
    expect(await tryDecide(head, proposal, 'approvals')).toEqual([409, 'identity.proposal-decided']);
  });

  it('F-04 is approved by nobody but the head: not by a deputy, another agency’s head, or its proposer', async () => {
    const proposal = await registry.propose(admin, await registry.userInput(admin));
    await registry.employAll([{ ...person(testNumber(), HOME_CODE, ['leader']), title: 'Phó Giám đốc' }]);
    const number = testNumber();
    await registry.employAll([{ ...person(number, HOME_CODE, ['leader']), title: 'Phó Giám đốc' }]);
    const deputy = await registry.login(number);
    expect(await tryDecide(deputy, proposal, 'approvals')).toEqual([403, 'identity.not-the-head']);
    expect(await tryDecide(await registry.head(OTHER), proposal, 'approvals')).toEqual([
      404,
      'identity.proposal-missing',
    ]);
    expect(await tryDecide(admin, proposal, 'approvals')).toEqual([403, 'identity.not-the-head']);
  });

  it('F-04 of one person with every role, or a head’s, is not made by the agency alone', async () => {
    const every = Object.keys(ROLES);
    const input = (post: object) => registry.userInput(admin, { post: postOf(admin, post) });
    expect(await tryPropose(admin, await input({ roles: every, rank: 'head' }))).toEqual([
      422,
      'identity.roles-incompatible',
    ]);
    const work = every.filter((role) => role !== 'agency_admin' && role !== 'auditor');
    expect(await tryPropose(admin, await input({ roles: work, rank: 'head' }))).toEqual([
      409,
      'identity.nobody-decides',
    ]);
    expect(await tryPropose(head, await input({ roles: ['officer'] }))).toEqual([403, 'auth.permission-missing']);
  });
});

describe('F-04 SEC-Z06: administrators and auditors', () => {
  it('F-04 are two persons, whatever way is tried', async () => {
    const auditor = await registry.newcomer(HOME_CODE, 'auditor');
    const { userId } = auditor.user;
    const administer = postOf(admin, { roles: ['agency_admin'] });
    const incompatible = [422, 'identity.roles-incompatible'];
    expect(await tryPropose(admin, { kind: 'post', userId, post: administer })).toEqual(incompatible);
    const both = postOf(admin, { roles: ['auditor', 'agency_admin'] });
    expect(await tryPropose(admin, { kind: 'post-change', postId: auditor.activePostId, post: both })).toEqual(
      incompatible,
    );
    const byNumber = await registry.propose(
      admin,
      await registry.userInput(admin, {
        cccd: auditor.number,
        fullName: auditor.user.fullName,
        post: administer,
      }),
    );
    expect(await tryDecide(head, byNumber, 'approvals')).toEqual(incompatible);
    const { user } = await registry.createUser(admin);
    await registry.change(admin, { kind: 'post', userId: user.userId, post: administer });
    const audit = postOf(admin, { roles: ['auditor'] });
    expect(await tryPropose(admin, { kind: 'post', userId: user.userId, post: audit })).toEqual(incompatible);
  });

  it('F-04 the last administrator of an agency stays', async () => {
    const other = await registry.newcomer('H46.02', 'agency_admin');
    const second = await registry.newcomer('H46.02', 'agency_admin');
    const change = (by: Session, whose: Session) =>
      registry.change(by, { kind: 'post-end', postId: whose.activePostId });
    await change(other, second);
    const third = await registry.newcomer('H46.02', 'agency_admin');
    const proposal = await registry.propose(third, { kind: 'post-end', postId: other.activePostId });
    await registry.test.admin.query(`UPDATE post SET active = false WHERE id = $1`, [third.activePostId]);
    const answer = await tryDecide(await registry.head(OTHER), proposal, 'approvals');
    expect(answer).toEqual([409, 'identity.last-administrator']);
  });
});

describe('F-04 IDN-02: an urgent withdrawal', () => {
  const ended = async (session: Session) => refusal(registry.ask(session, '/me'));

  it('F-04 holds at once and is confirmed afterwards', async () => {
    const officer = await registry.newcomer(HOME_CODE, 'officer');
    const input = { kind: 'post-end', postId: officer.activePostId, urgent: true };
    const proposal = await registry.propose(admin, input);
    expect(proposal).toMatchObject({ state: 'waiting', inEffect: true });
    expect(await ended(officer)).toEqual([401, 'auth.token-revoked']);
    expect(await refusal(registry.tryLogin(officer.number))).toEqual([403, 'auth.no-post']);
    expect(await registry.decide(head, proposal, 'approvals')).toMatchObject({ state: 'approved', inEffect: true });
    expect(await refusal(registry.tryLogin(officer.number))).toEqual([403, 'auth.no-post']);
  });

  it.each(['refusals', 'withdrawals'] as const)(
    'F-04 is undone by %s: the person has again what he had',
    async (act) => {
      const clerk = await registry.newcomer(HOME_CODE, 'clerk');
      const input = { kind: 'post-end', postId: clerk.activePostId, urgent: true };
      const proposal = await registry.propose(admin, input);
      await registry.decide(act === 'refusals' ? head : admin, proposal, act);
      expect(await ended(clerk)).toEqual([401, 'auth.token-revoked']);
      const again = await registry.login(clerk.number);
      const { permissions } = await registry.json<{ permissions: string[] }>(again, '/me');
      expect(permissions).toContain('signing.agency');
    },
  );
});

describe('F-04 IDN-02: nobody is stronger than the decision', () => {
  it.each(['refusals', 'withdrawals'] as const)(
    'F-04 an urgent withdrawal that ended with %s is not made again by the same administrator, from no post of the person',
    async (act) => {
      const officer = await registry.newcomer(HOME_CODE, 'officer');
      const { userId } = officer.user;
      const input = (postId: string, urgent = true): object => ({ kind: 'post-end', postId, urgent });
      const lock = await registry.propose(admin, input(officer.activePostId));
      await registry.decide(act === 'refusals' ? head : admin, lock, act);
      const refused = [409, 'identity.urgent-not-allowed'];
      expect(await tryPropose(admin, input(officer.activePostId))).toEqual(refused);
      const { postId } = await registry.change(admin, { kind: 'post', userId, post: postOf(admin) });
      expect(await tryPropose(admin, input(postId ?? ''))).toEqual(refused);
      await registry.login(officer.number);
      // Not at once, and decided by the head, it goes as before; so does the judgement of another administrator, once.
      const slow = await registry.propose(admin, input(officer.activePostId, false));
      expect(slow).toMatchObject({ inEffect: false });
      const other = await registry.newcomer(HOME_CODE, 'agency_admin');
      const again = await registry.propose(other, input(officer.activePostId));
      expect(again).toMatchObject({ inEffect: true });
      await registry.decide(head, again, 'refusals');
      expect(await tryPropose(other, input(officer.activePostId))).toEqual(refused);
    },
  );

  it('F-04 also from the head, about whom the agency above decides', async () => {
    const number = testNumber();
    await registry.employAll([{ ...person(number, 'H46', ['leader']), title: 'Chủ tịch' }]);
    const chief = await registry.login(number);
    const input = { kind: 'post-end', postId: head.activePostId, urgent: true };
    const lock = await registry.propose(admin, input);
    expect(lock).toMatchObject({ inEffect: true, decidingAgencyId: PROVINCE });
    await registry.decide(chief, lock, 'refusals');
    head = await registry.freshHead(HOME);
    expect(await tryPropose(admin, input)).toEqual([409, 'identity.urgent-not-allowed']);
    await registry.test.admin.query('UPDATE post SET active = false WHERE user_id = $1', [chief.user.userId]);
  });
});

describe('F-04: what is approved is what was proposed', () => {
  it('F-04 a post that changed in between is proposed anew', async () => {
    const officer = await registry.newcomer(HOME_CODE, 'officer');
    const change = (title: string) =>
      registry.propose(admin, { kind: 'post-change', postId: officer.activePostId, post: postOf(admin, { title }) });
    const [first, second] = [await change('Chuyên viên chính'), await change('Chuyên viên cao cấp')];
    await registry.decide(head, second, 'approvals');
    expect(await tryDecide(head, first, 'approvals')).toEqual([409, 'identity.proposal-stale']);
    expect(await registry.decide(head, first, 'refusals')).toMatchObject({ state: 'refused' });
  });

  it('F-04 is decided once, by whichever of many at the same time', async () => {
    const proposal = await registry.propose(admin, await registry.userInput(admin));
    const acts = ['approvals', 'refusals', 'approvals', 'refusals', 'withdrawals'];
    const answers = await Promise.all(
      acts.map((act) =>
        tryDecide(
          act === 'withdrawals' ? admin : head,
          proposal,
          act,
          act === 'refusals' ? { reason: 'x' } : undefined,
        ),
      ),
    );
    expect(answers.filter(([status]) => status === 201)).toHaveLength(1);
    expect(answers.filter(([, code]) => code === 'identity.proposal-decided')).toHaveLength(4);
  });
});

describe('F-04: the list', () => {
  it('F-04 has filters, both orders and pages, and shows an officer nothing', async () => {
    const list = async (query: string, by = head) =>
      registry.json<{ items: Proposal[]; nextCursor: string | null }>(by, `/account-proposals?${query}`);
    const first = await registry.propose(admin, await registry.userInput(admin));
    const officer = await registry.newcomer(HOME_CODE, 'officer');
    const second = await registry.propose(admin, { kind: 'post-end', postId: officer.activePostId });
    const newest = await list('state=waiting&limit=1');
    expect(newest.items.map(({ proposalId }) => proposalId)).toEqual([second.proposalId]);
    const next = await list(`state=waiting&limit=1&cursor=${newest.nextCursor ?? ''}`);
    expect(next.items.map(({ proposalId }) => proposalId)).toEqual([first.proposalId]);
    const ends = await list('state=waiting&kind=post-end&order=newest', admin);
    expect(ends.items[0]?.proposalId).toBe(second.proposalId);
    const oldest = (await list('order=oldest&limit=100')).items.map(({ proposalId }) => proposalId);
    expect(oldest).toEqual(oldest.toSorted());
    expect(await refusal(registry.ask(officer, '/account-proposals'))).toEqual([403, 'auth.permission-missing']);
  });
});

describe('F-04: the agency above', () => {
  let above: Session;
  beforeAll(async () => {
    const number = testNumber();
    await registry.employAll([{ ...person(number, 'H46', ['leader']), title: 'Chủ tịch' }]);
    above = await registry.login(number);
  });

  it.each<[string, () => object]>([
    [
      'who is to lead the agency',
      () => ({ kind: 'post', userId: '', post: postOf(admin, { roles: ['leader'], title: 'Giám đốc' }) }),
    ],
    ['a rank of a head', () => ({ kind: 'post', userId: '', post: postOf(admin, { rank: 'acting_head' }) })],
    ['whoever leads it, also another post', () => ({ kind: 'post', userId: head.user.userId, post: postOf(admin) })],
    [
      'the head’s post',
      () => ({ kind: 'post-change', postId: head.activePostId, post: postOf(admin, { roles: ['officer'] }) }),
    ],
  ])('F-04 decides about %s', async (_what, input) => {
    const { user } = await registry.newcomer(HOME_CODE, 'officer');
    const given = input() as { userId?: string };
    const proposal = await registry.propose(admin, {
      ...given,
      ...(given.userId === '' ? { userId: user.userId } : {}),
    });
    expect(proposal.decidingAgencyId).toBe(PROVINCE);
    const denied = await tryDecide(head, proposal, 'approvals');
    expect([denied[0], denied[1]]).toEqual([403, expect.stringMatching(/not-the-head|duties-not-separate/)]);
    expect((await told(proposal)).map(({ agencyid }) => agencyid)).toEqual([PROVINCE]);
    expect((await registry.json<Proposal>(above, `/account-proposals/${proposal.proposalId}`)).allowedActs).toEqual([
      'approve',
      'refuse',
    ]);
    await registry.decide(above, proposal, 'refusals');
  });

  it('F-04 decides for an agency that has no head, in that agency', async () => {
    const there = await registry.newcomer(HEADLESS_CODE, 'agency_admin');
    const proposal = await registry.propose(there, await registry.userInput(there));
    expect(proposal).toMatchObject({ agencyId: agencyIdOf(HEADLESS_CODE), decidingAgencyId: PROVINCE });
    const { userId } = await registry.decide(above, proposal, 'approvals');
    const { posts } = await registry.json<{ posts: { agencyId: string }[] }>(there, `/users/${userId ?? ''}`);
    expect(posts.map(({ agencyId }) => agencyId)).toEqual([agencyIdOf(HEADLESS_CODE)]);
  });
});

describe('F-04 IDN-02, SEC-Z06: separated acts by one person over all combinations of posts', () => {
  const KINDS: readonly { readonly title: string; readonly role: Role }[] = [
    { title: 'Quản trị hệ thống', role: 'agency_admin' },
    { title: 'Giám đốc', role: 'leader' },
    { title: 'Trưởng phòng', role: 'unit_head' },
    { title: 'Văn thư', role: 'clerk' },
  ];
  const combinations = KINDS.reduce<(typeof KINDS)[]>(
    (all, kind) => [...all, ...all.map((one) => [...one, kind])],
    [[]],
  );

  it.each(
    combinations.filter(({ length }) => length > 0).map((posts) => [posts.map(({ role }) => role).join('+'), posts]),
  )('F-04 %s: never two of propose, approve, concern on one proposal', async (_names, posts) => {
    const number = testNumber();
    const [first, ...more] = posts as typeof KINDS;
    await registry.employAll([{ ...person(number, HOME_CODE, [first?.role ?? 'officer']), title: first?.title ?? '' }]);
    const somebody = await registry.login(number);
    for (const { title, role } of more) {
      await registry.test.admin.query(
        `INSERT INTO post (id, agency_id, version, created_at, updated_at, user_id, unit_id, title, roles, active)
           SELECT gen_random_uuid(), agency_id, 1, now(), now(), user_id, unit_id, $2, $3, true FROM post WHERE id = $1`,
        [somebody.activePostId, title, [role]],
      );
    }
    const sessions = await Promise.all(
      (await registry.login(number)).posts.map(({ postId }) => registry.login(number, undefined, postId)),
    );
    const { user } = await registry.newcomer(HOME_CODE, 'officer');
    const proposals: Proposal[] = [];
    for (const session of sessions) {
      const input = { kind: 'post', userId: user.userId, post: postOf(admin) };
      const answer = await registry.ask(session, '/account-proposals', { body: { ...input, reason: 'Thử' } });
      if (answer.status === 201) proposals.push((await answer.json()) as Proposal);
      const own = await tryPropose(session, { ...input, userId: somebody.user.userId });
      expect(own[0]).toBe(403);
    }
    expect(proposals).toHaveLength(posts.some(({ role }) => role === 'agency_admin') ? 1 : 0);
    const about = await registry.propose(admin, {
      kind: 'post',
      userId: somebody.user.userId,
      post: postOf(admin, { title: 'x' }),
    });
    for (const session of sessions) {
      for (const proposal of [...proposals, about]) {
        for (const act of ['approvals', 'refusals']) {
          const body = act === 'refusals' ? { reason: 'Thử' } : undefined;
          expect((await tryDecide(session, proposal, act, body))[0]).toBe(403);
        }
      }
    }
    // The head found at first stays the only one who decides in the tests after this.
    await registry.test.admin.query('UPDATE post SET active = false WHERE user_id = $1', [somebody.user.userId]);
  });
});
