import { IdentityNotificationRequested } from '@qlvb/contracts';
import { HOME_CODE, PROVINCE, refusal, Registry } from './registry.ts';
import type { Proposal, Session } from './registry.ts';

const HEADLESS_CODE = 'H46.03';
const NOT_THE_HEAD = [403, 'identity.not-the-head'];
const NOBODY = [409, 'identity.nobody-decides'];

let registry: Registry;
let first: Session;
let second: Session;
beforeAll(async () => {
  registry = await Registry.open();
  first = await registry.newcomer('H46', 'agency_admin');
});
afterAll(() => registry.test.stop());

const postOf = ({ posts, activePostId }: Session, post: object = {}): object => ({
  unitId: posts.find(({ postId }) => postId === activePostId)?.unitId,
  title: 'Chủ tịch',
  rank: 'head',
  roles: ['leader'],
  ...post,
});
const newHead = async (by: Session) => registry.userInput(by, { post: postOf(by) });
const tryPropose = (by: Session, input: object) =>
  refusal(registry.ask(by, '/account-proposals', { body: { reason: 'Theo quyết định', ...input } }));
const tryDecide = (by: Session, { proposalId }: Proposal, act = 'approvals') =>
  refusal(
    registry.ask(by, `/account-proposals/${proposalId}/${act}`, {
      method: 'POST',
      ...(act === 'refusals' ? { body: { reason: 'Chưa đủ căn cứ' } } : {}),
    }),
  );

describe('F-04 IDN-02 no agency up to the top one has a head', () => {
  it('F-04 one administrator alone makes none', async () => {
    expect(await tryPropose(first, await newHead(first))).toEqual(NOBODY);
  });

  it('F-04 a second administrator of the top agency approves the first head, and nothing else', async () => {
    second = await registry.newcomer('H46', 'agency_admin');
    const officer = await registry.userInput(first, { post: postOf(first, { roles: ['officer'], rank: 'other' }) });
    expect(await tryPropose(first, officer)).toEqual(NOBODY);
    const proposal = await registry.propose(first, await newHead(first));
    expect(proposal).toMatchObject({ decidingAgencyId: PROVINCE, standIn: true, allowedActs: ['withdraw'] });
    const told = (await registry.test.published(IdentityNotificationRequested)).filter(
      ({ data }) => data.aboutId === proposal.proposalId,
    );
    expect(told.map(({ data }) => data.userId)).toEqual([second.user.userId]);
    expect(await tryDecide(first, proposal)).toEqual(NOT_THE_HEAD);
    const below = await registry.newcomer(HOME_CODE, 'agency_admin');
    expect((await tryDecide(below, proposal))[0]).toBe(404);
    const seen = await registry.json<Proposal>(second, `/account-proposals/${proposal.proposalId}`);
    expect(seen.allowedActs).toEqual(['approve', 'refuse']);
    const { userId, decidedBy } = await registry.decide(second, proposal, 'approvals');
    expect(decidedBy).toMatchObject({ userId: second.user.userId });
    const { firstPart } = await registry.halfInvite(first, userId ?? '');
    const confirm = `/users/${userId ?? ''}/invitations/confirmations`;
    expect(await refusal(registry.ask(first, confirm, { method: 'POST' }))).toEqual([403, 'auth.duties-not-separate']);
    expect(firstPart.length + (await registry.confirm(second, userId ?? '')).length).toBe(32);
  });

  it('F-04 from then on the head decides, and administrators no more', async () => {
    const input = await registry.userInput(first, { post: postOf(first, { roles: ['officer'], rank: 'other' }) });
    const proposal = await registry.propose(first, input);
    expect(proposal).toMatchObject({ decidingAgencyId: PROVINCE, standIn: false });
    expect(await tryDecide(second, proposal)).toEqual(NOT_THE_HEAD);
    const there = await registry.newcomer(HEADLESS_CODE, 'agency_admin');
    const headThere = await registry.propose(there, await newHead(there));
    expect(headThere).toMatchObject({ decidingAgencyId: PROVINCE, standIn: false });
    expect(await tryDecide(second, headThere)).toEqual(NOT_THE_HEAD);
  });

  it('F-04 who leads the top agency is replaced by two administrators, is told of it, and is never withdrawn at once', async () => {
    const { rows } = await registry.test.admin.query<{ id: string; user_id: string }>(
      `SELECT id, user_id FROM post WHERE agency_id = $1 AND 'leader' = ANY (roles)`,
      [PROVINCE],
    );
    const post = rows[0] ?? { id: '', user_id: '' };
    const end = { kind: 'post-end', postId: post.id };
    expect(await tryPropose(first, { ...end, urgent: true })).toEqual([409, 'identity.urgent-not-allowed']);
    const proposal = await registry.propose(first, end);
    const told = (await registry.test.published(IdentityNotificationRequested)).filter(
      ({ data }) => data.aboutId === proposal.proposalId,
    );
    expect(told.map(({ data }) => data.userId).toSorted()).toEqual([second.user.userId, post.user_id].toSorted());
    expect(await tryDecide(first, proposal)).toEqual(NOT_THE_HEAD);
    expect(await registry.decide(second, proposal, 'approvals')).toMatchObject({ state: 'approved' });
  });

  it('F-04 who stands in does so only until there is a head who may decide', async () => {
    const there = await registry.newcomer(HEADLESS_CODE, 'agency_admin');
    const waiting = await registry.propose(there, await newHead(there));
    expect(waiting).toMatchObject({ decidingAgencyId: PROVINCE, standIn: true });
    await registry.decide(second, await registry.propose(first, await newHead(first)), 'approvals');
    expect(await tryDecide(second, waiting)).toEqual(NOT_THE_HEAD);
    expect(await tryDecide(second, waiting, 'refusals')).toEqual(NOT_THE_HEAD);
  });
});
