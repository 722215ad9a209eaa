import { rolesGoTogether } from '@qlvb/contracts';
import type { PostRank, Role } from '@qlvb/contracts';
import { leadsAgency } from '@qlvb/records';
import { idFrom } from '@qlvb/shared-domain';
import { HOME, HOME_CODE, OTHER, OTHER_CODE, PASSWORD, person, PROVINCE, Registry, testNumber } from './registry.ts';
import type { Invitation, Proposal, Session } from './registry.ts';

interface PostRow {
  readonly id: string;
  readonly agency_id: string;
  readonly user_id: string;
  readonly title: string;
  readonly rank: PostRank | null;
  readonly roles: Role[];
  readonly active: boolean;
}
type Posts = ReadonlyMap<string, PostRow>;

interface Known extends Proposal {
  readonly kind: string;
  /** Whether the proposer administered the agency when he proposed. */
  readonly wasAdministrator: boolean;
  readonly proposedBy: { readonly userId: string };
  readonly postAfter: {
    readonly roles: readonly Role[];
    readonly title: string;
    readonly rank: PostRank | null;
  } | null;
}

/** A password reset that waits: its first part, and who was told it. */
interface Reset extends Invitation {
  readonly maker: string;
}

interface Act {
  readonly by: Session;
  readonly path: string;
  readonly proposal?: Known;
  readonly body?: object;
}

const STEPS = Number(process.env['ANY_ORDER_STEPS'] ?? 120);
const SEEDS = (process.env['ANY_ORDER_SEED'] ?? '20261129 1945 77').split(' ').map(Number);
const TITLES = ['Chuyên viên', 'Giám đốc', 'Phó Giám đốc', 'Văn thư'];
const ROLES: readonly Role[] = ['officer', 'leader', 'clerk', 'agency_admin', 'auditor', 'unit_head'];
const RANKS = [undefined, undefined, 'head', 'deputy_head', 'other'] as const;

/** xorshift32: the same sequence for the same seed. */
function random(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

let registry: Registry;
beforeEach(async () => {
  registry = await Registry.open();
});
afterEach(() => registry.test.stop());

async function posts(): Promise<Posts> {
  const { rows } = await registry.test.admin.query<PostRow>(
    'SELECT id, agency_id, user_id, title, rank, roles, active FROM post',
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** How many who had a password have none: nobody is left without one by an administrator alone. */
async function withoutPassword(): Promise<number> {
  const { rows } = await registry.test.admin.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM account a WHERE must_change_password
       AND EXISTS (SELECT 1 FROM invitation i WHERE i.user_id = a.id AND i.lost_reason IS NOT NULL)`,
  );
  return rows[0]?.n ?? 0;
}

const leads = (row: PostRow | undefined): boolean =>
  row?.active === true && row.roles.includes('leader') && leadsAgency(row);
const administers = (row: PostRow | undefined): boolean => row?.active === true && row.roles.includes('agency_admin');

/** What somebody may do now and could not before: the rows that are active and are new, were ended, or were otherwise. */
/** Who may decide: who leads the deciding agency, or, where nobody may, another administrator of the top one. */
const decides = (row: PostRow | undefined, proposal: Known): boolean =>
  leads(row) || (proposal.standIn === true && administers(row) && row?.agency_id === PROVINCE);

const gains = (before: Posts, after: Posts): PostRow[] =>
  [...after.values()].filter((row) => {
    const then = before.get(row.id);
    const same = then?.active === true && JSON.stringify(then) === JSON.stringify(row);
    return row.active && !same;
  });

function assertLawful(step: string, before: Posts, after: Posts, known: readonly Known[], acts: readonly Act[]): void {
  for (const row of gains(before, after)) {
    const act = acts.find(
      ({ proposal }) => proposal?.postId === row.id || after.get(row.id)?.user_id === proposal?.userId,
    );
    const proposal = act && known.find(({ proposalId }) => proposalId === act.proposal?.proposalId);
    if (!act || !proposal) throw new Error(`${step}: ${JSON.stringify(row)} came from nowhere`);
    const restored = proposal.kind === 'post-end' && before.get(row.id)?.active === false;
    if (restored) continue;
    const decider = before.get(act.by.activePostId);
    const concerned = row.user_id;
    expect([step, act.path.endsWith('/approvals')]).toEqual([step, true]);
    expect([step, decides(decider, proposal), decider?.agency_id]).toEqual([step, true, proposal.decidingAgencyId]);
    expect([step, proposal.wasAdministrator, proposal.agencyId]).toEqual([step, true, row.agency_id]);
    expect([step, new Set([concerned, act.by.user.userId, proposal.proposedBy.userId]).size]).toEqual([step, 3]);
    // Nobody makes a head in the own agency, but who stands in for the top one's.
    if (leads(row)) expect([step, leads(decider) && decider?.agency_id === row.agency_id]).toEqual([step, false]);
    expect([step, row.roles]).toEqual([step, proposal.postAfter?.roles]);
  }
  const people = new Map<string, Role[][]>();
  for (const row of after.values()) {
    if (row.active) people.set(row.user_id, [...(people.get(row.user_id) ?? []), row.roles]);
  }
  for (const held of people.values()) expect([step, rolesGoTogether(held)]).toEqual([step, true]);
  for (const agency of [HOME, OTHER, PROVINCE]) {
    expect([step, [...after.values()].some((row) => row.agency_id === agency && administers(row))]).toEqual([
      step,
      true,
    ]);
  }
}

describe('F-04 SEC-Z04: administrative acts in any order', () => {
  it.each(SEEDS)(
    `F-04 ${STEPS} acts of thirteen accounts in three agencies give nobody more than their actors held together, from seed %i`,
    async (seed) => {
      const next = random(seed);
      const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
      const numbers: string[] = [];
      const employ = async (agencyCode: string, title: string, role: Role): Promise<void> => {
        numbers.push(testNumber());
        await registry.employAll([{ ...person(numbers.at(-1) ?? '', agencyCode, [role]), title }]);
      };
      for (const code of ['H46', HOME_CODE, OTHER_CODE]) {
        await employ(code, 'Quản trị', 'agency_admin');
        await employ(code, 'Quản trị', 'agency_admin');
        await employ(code, 'Giám đốc', 'leader');
        await employ(code, 'Phó Giám đốc', 'leader');
      }
      await employ(HOME_CODE, 'Chuyên viên', 'officer');
      const known: Known[] = [];
      const numberOf = (userId: string): string | undefined =>
        numbers.find((one) => idFrom(`demo-user:${one}`) === userId);
      /** Whose urgent withdrawal from whom was lifted. */
      const lifted = new Set<string>();
      const resets = new Map<string, Reset>();
      let done = 0;
      let reset = 0;

      /** Somebody in one of the posts he has now, mostly in one that fits; nobody when he has none left. */
      const someone = async (fits: readonly PostRow[]): Promise<Session | undefined> => {
        const wanted = next() < 0.75 && fits.length > 0 ? pick(fits) : undefined;
        const number = numberOf(wanted?.user_id ?? '') ?? pick(numbers);
        const fresh = await registry.tryLogin(number, PASSWORD);
        if (fresh.status !== 201) return undefined;
        const session = (await fresh.json()) as Session;
        const fitting = session.posts.find(({ postId }) => postId === wanted?.id);
        const { postId } = fitting ?? pick(session.posts);
        return postId === session.activePostId ? session : registry.refresh(session.refreshToken, postId);
      };
      const content = async (): Promise<object> => {
        const { rows } = await registry.test.admin.query<{ id: string }>('SELECT id FROM unit ORDER BY id');
        const roles = next() < 0.8 ? [pick(ROLES)] : [pick(ROLES), pick(ROLES)];
        return { unitId: pick(rows).id, title: pick(TITLES), rank: pick(RANKS), roles: [...new Set(roles)] };
      };
      const proposalOf = async (before: Posts, by: Session): Promise<Act> => {
        const agencyId = before.get(by.activePostId)?.agency_id;
        const here = [...before.values()].filter((one) => one.agency_id === agencyId);
        const row = next() < 0.8 ? pick(here) : pick([...before.values()]);
        const own = by.posts.find(({ postId }) => postId === by.activePostId)?.unitId;
        const post = { ...(await content()), ...(next() < 0.7 ? { unitId: own } : {}) };
        const cccd = next() < 0.5 ? pick(numbers) : testNumber();
        const input = pick([
          { kind: 'post', userId: row.user_id, post },
          { kind: 'post-change', postId: row.id, post },
          { kind: 'post-end', postId: row.id, urgent: next() < 0.5 },
          { kind: 'account', cccd, cccdAgain: cccd, fullName: 'Trần Văn Bình', post },
        ]);
        return { by, path: '/account-proposals', body: { ...input, reason: 'Theo quyết định' } };
      };
      const decisionOf = (by: Session, proposal: Known): Act => {
        const act = pick(['approvals', 'approvals', 'refusals', 'withdrawals']);
        const body = act === 'refusals' ? { body: { reason: 'Chưa đủ căn cứ' } } : {};
        return { by, path: `/account-proposals/${proposal.proposalId}/${act}`, proposal, ...body };
      };
      /** A password that is to be replaced: by an administrator, and by somebody who may decide, and both parts together. */
      const resetStep = async (step: string, before: Posts): Promise<void> => {
        const userId = idFrom(`demo-user:${pick(numbers)}`);
        const by = await someone([...before.values()].filter(administers));
        if (!by) return;
        const asked = await registry.ask(by, `/users/${userId}/password-resets`, { body: { reason: 'Quên mật khẩu' } });
        expect([step, asked.status < 500]).toEqual([step, true]);
        if (asked.status !== 201) return;
        expect([step, administers(before.get(by.activePostId)), by.user.userId === userId]).toEqual([
          step,
          true,
          false,
        ]);
        resets.set(userId, { maker: by.user.userId, ...((await asked.json()) as Invitation) });
      };
      const confirmStep = async (step: string, before: Posts): Promise<void> => {
        const [userId, { maker, firstPart, decidingAgencyId }] = pick([...resets]);
        const fits = [...before.values()].filter(
          (row) => row.agency_id === decidingAgencyId && (leads(row) || administers(row)),
        );
        const by = await someone(fits);
        if (!by) return;
        const answer = await registry.ask(by, `/users/${userId}/invitations/confirmations`, { method: 'POST' });
        expect([step, answer.status < 500]).toEqual([step, true]);
        const number = numberOf(userId) ?? '';
        if (answer.status !== 201) return;
        const decider = before.get(by.activePostId);
        const lawful = leads(decider) || (administers(decider) && decider?.agency_id === PROVINCE);
        expect([step, new Set([userId, maker, by.user.userId]).size, lawful]).toEqual([step, 3, true]);
        const { secondPart } = (await answer.json()) as { secondPart: string };
        for (const alone of [PASSWORD, firstPart, secondPart]) {
          expect([step, (await registry.tryLogin(number, alone)).status]).toEqual([step, 401]);
        }
        const currentPassword = `${firstPart}-${secondPart}`;
        const change = { cccd: number, currentPassword, newPassword: PASSWORD };
        expect([step, (await registry.post('/auth/password-changes', change)).status]).toEqual([step, 204]);
        resets.delete(userId);
        reset += 1;
      };
      for (let n = 1; n <= STEPS; n += 1) {
        const step = `seed ${seed}, step ${n}`;
        const before = await posts();
        if (next() < 0.2) {
          await (resets.size > 0 && next() < 0.6 ? confirmStep(step, before) : resetStep(step, before));
          assertLawful(step, before, await posts(), known, []);
          expect([step, await withoutPassword()]).toEqual([step, 0]);
          continue;
        }
        const open = known.filter(({ state }) => state === 'waiting');
        const decided = next() < 0.55 && open.length > 0 ? pick(open) : undefined;
        const fits = [...before.values()].filter((row) =>
          decided ? decides(row, decided) && row.agency_id === decided.decidingAgencyId : administers(row),
        );
        const by = await someone(fits);
        if (!by) continue;
        const act = decided ? decisionOf(by, decided) : await proposalOf(before, by);
        // Some are sent twice at once, as by two windows.
        const times = next() < 0.2 ? 2 : 1;
        const answers = await Promise.all(
          Array.from({ length: times }, () =>
            registry.ask(by, act.path, { method: 'POST', ...(act.body ? { body: act.body } : {}) }),
          ),
        );
        const made: Act[] = [];
        for (const answer of answers) {
          expect([act.path, answer.status < 500]).toEqual([act.path, true]);
          if (answer.status !== 201) continue;
          done += 1;
          const wasAdministrator = act.proposal?.wasAdministrator ?? administers(before.get(by.activePostId));
          const proposal = { ...((await answer.json()) as Known), wasAdministrator };
          const pair = [proposal.agencyId, proposal.proposedBy.userId, proposal.userId].join();
          if (!decided && proposal.inEffect) expect([step, lifted.has(pair)]).toEqual([step, false]);
          if (decided?.inEffect && proposal.state !== 'approved') lifted.add(pair);
          const at = known.findIndex(({ proposalId }) => proposalId === proposal.proposalId);
          if (at < 0) known.push(proposal);
          else known[at] = proposal;
          made.push({ ...act, proposal });
        }
        assertLawful(step, before, await posts(), known, made);
        expect([step, await withoutPassword()]).toEqual([step, 0]);
      }
      const approved = known.filter(({ state }) => state === 'approved');
      // Else the acts were refused for another reason than their meaning.
      expect([done > STEPS / 6, approved.length > STEPS / 40, reset > 0]).toEqual([true, true, true]);
    },
    240_000,
  );
});
