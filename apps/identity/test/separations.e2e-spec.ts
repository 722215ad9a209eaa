import type { Role } from '@qlvb/contracts';
import { separationSuite } from '@qlvb/platform-service-testing';
import type { SeparationAttempt } from '@qlvb/platform-service-testing';
import { HOME, HOME_CODE, person, Registry, testNumber } from './registry.ts';
import type { Proposal, Session } from './registry.ts';

let registry: Registry;
let admin: Session;
beforeAll(async () => {
  registry = await Registry.open();
  admin = await registry.newcomer(HOME_CODE, 'agency_admin');
});
afterAll(() => registry.test.stop());

const DECISIONS = [
  ['approvals', undefined],
  ['refusals', { reason: 'Chưa đủ căn cứ' }],
] as const;
const administers = (roles: readonly Role[]): boolean => roles.includes('agency_admin');
const leads = (roles: readonly Role[]): boolean => roles.includes('leader');

/** Somebody whose roles change in the post that he holds; with a leader's he leads the agency. */
class Chameleon {
  readonly number: string;
  readonly #tokens = new Map<string, string>();
  #session: Session;

  private constructor(number: string, session: Session) {
    this.number = number;
    this.#session = session;
  }

  static async employ(...roles: Role[]): Promise<Chameleon> {
    const number = testNumber();
    await registry.employAll([{ ...person(number, HOME_CODE, roles), title: 'Giám đốc' }]);
    return new Chameleon(number, await registry.login(number));
  }

  get userId(): string {
    return this.#session.user.userId;
  }

  get session(): Session {
    return this.#session;
  }

  /** A token names the roles of the time when it was given; it is asked for once. */
  async as(roles: readonly Role[]): Promise<Session> {
    await registry.test.admin.query('UPDATE post SET roles = $2 WHERE id = $1', [this.#session.activePostId, roles]);
    const accessToken = this.#tokens.get(roles.join());
    if (accessToken) return { ...this.#session, accessToken };
    this.#session = await registry.refresh(this.#session.refreshToken);
    this.#tokens.set(roles.join(), this.#session.accessToken);
    return this.#session;
  }
}

/** The same person in every test but those that end his sessions. */
let somebody: Promise<Chameleon> | undefined;
const same = (): Promise<Chameleon> => (somebody ??= Chameleon.employ('officer'));

const postOf = (title = 'Chuyên viên'): object => ({
  unitId: admin.posts.find(({ postId }) => postId === admin.activePostId)?.unitId,
  title,
  roles: ['officer'],
});
const ask = (by: Session, path: string, body?: object): Promise<Response> =>
  registry.ask(by, path, { method: 'POST', ...(body ? { body } : {}) });
const propose = (by: Session, input: object): Promise<Response> =>
  ask(by, '/account-proposals', { reason: 'Theo quyết định', ...input });

/** Who does the first, then in any roles the other; another does it once he is an officer again. */
const attempt = (
  who: Chameleon,
  again: (by: Session) => Promise<Response>,
  allows: SeparationAttempt['allows'],
  another: () => Promise<Response>,
): SeparationAttempt => ({
  attempt: async (roles) => ({ answer: await again(await who.as(roles)) }),
  allows,
  another: async () => {
    await who.as(['officer']);
    return another();
  },
});

const decideOwn = DECISIONS.map(([act, body]) => async () => {
  const who = await same();
  const { user } = await registry.newcomer(HOME_CODE, 'officer');
  const proposal = await registry.propose(await who.as(['agency_admin']), {
    kind: 'post',
    userId: user.userId,
    post: postOf(),
  });
  const decide = (by: Session): Promise<Response> => ask(by, `/account-proposals/${proposal.proposalId}/${act}`, body);
  return attempt(who, decide, leads, async () => decide(await registry.head(HOME)));
});

let last = 70;
const closeOwn = DECISIONS.map(([act, body]) => async () => {
  const who = await same();
  last += 1;
  const { agencyId } = await registry.json<{ agencyId: string }>(admin, '/agencies', {
    body: {
      ...{ code: `${HOME_CODE}.${last}`, name: `Trung tâm ${last}`, shortName: `TT${last}`, level: 'unit' },
      ...{ parentId: HOME, placeOfIssue: 'Quảng Bình', startsOn: '2024-01-01' },
    },
  });
  const closure = { kind: 'closure', agencyId, endsOn: '2099-12-31' };
  const { proposalId } = await registry.proposeForAgency(await who.as(['agency_admin']), closure);
  const decide = (by: Session): Promise<Response> => ask(by, `/agency-proposals/${proposalId}/${act}`, body);
  return attempt(who, decide, leads, async () => decide(await registry.head(HOME)));
});

const decideAboutOneself = DECISIONS.map(([act, body]) => async () => {
  const who = await same();
  await who.as(['officer']);
  const proposal: Proposal = await registry.propose(admin, {
    kind: 'post',
    userId: who.userId,
    post: postOf('Tổ trưởng'),
  });
  const decide = (by: Session): Promise<Response> => ask(by, `/account-proposals/${proposal.proposalId}/${act}`, body);
  return attempt(who, decide, leads, async () => decide(await registry.head(HOME)));
});

const inputs: ((who: Chameleon) => object)[] = [
  ({ userId }) => ({ kind: 'post', userId, post: postOf('Tổ phó') }),
  ({ session }) => ({ kind: 'post-change', postId: session.activePostId, post: postOf('Kiểm soát viên') }),
  ({ session }) => ({ kind: 'post-end', postId: session.activePostId }),
  ({ number }) => ({ kind: 'account', cccd: number, cccdAgain: number, fullName: 'Trần Văn Bình', post: postOf() }),
];
const proposeForOneself = inputs.map((input) => async () => {
  const who = await same();
  return attempt(
    who,
    (by) => propose(by, input(who)),
    administers,
    () => propose(admin, input(who)),
  );
});
const replaceOwnNumber = async (): Promise<SeparationAttempt> => {
  const who = await same();
  const cccd = testNumber();
  const input = { kind: 'number', userId: who.userId, cccd, cccdAgain: cccd };
  return attempt(
    who,
    (by) => propose(by, input),
    administers,
    () => propose(admin, input),
  );
};

const reset = { reason: 'Quên mật khẩu' };
const confirmation = (userId: string) => `/users/${userId}/invitations/confirmations`;
const confirmOwnInvitation = (kind: 'invitations' | 'password-resets') => async () => {
  const who = await same();
  const body = kind === 'password-resets' ? reset : undefined;
  let { userId } = (await registry.newcomer(HOME_CODE, 'officer')).user;
  if (kind === 'invitations') {
    const proposal = await registry.propose(admin, await registry.userInput(admin));
    userId = (await registry.decide(await registry.head(HOME), proposal, 'approvals')).userId ?? '';
  }
  const made = await ask(await who.as(['agency_admin']), `/users/${userId}/${kind}`, body);
  expect(made.status).toBe(201);
  const confirm = (by: Session): Promise<Response> => ask(by, confirmation(userId));
  return attempt(who, confirm, leads, async () => confirm(await registry.head(HOME)));
};

const resetOwnPassword = async (): Promise<SeparationAttempt> => {
  const who = await same();
  const make = (by: Session): Promise<Response> => ask(by, `/users/${who.userId}/password-resets`, reset);
  return attempt(who, make, administers, () => make(admin));
};
const confirmOwnReset = async (): Promise<SeparationAttempt> => {
  const who = await Chameleon.employ('officer');
  await ask(admin, `/users/${who.userId}/password-resets`, reset);
  const confirm = (by: Session): Promise<Response> => ask(by, confirmation(who.userId));
  return attempt(who, confirm, leads, async () => confirm(await registry.head(HOME)));
};

describe('F-04 separated acts on accounts', () => {
  separationSuite('identity', {
    'account-change.propose / account-change.approve': decideOwn,
    'account-change.concern / account-change.propose': [...proposeForOneself, replaceOwnNumber],
    'account-change.concern / account-change.approve': decideAboutOneself,
    'agency-change.propose / agency-change.approve': closeOwn,
    'invitation.make / invitation.confirm': [
      confirmOwnInvitation('invitations'),
      confirmOwnInvitation('password-resets'),
    ],
    'account-change.concern / invitation.make': [resetOwnPassword],
    'account-change.concern / invitation.confirm': [confirmOwnReset],
  });
});
