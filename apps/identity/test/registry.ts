import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '@qlvb/contracts';
import { agencyIdOf, CatalogueLoader, DemoAccounts } from '@qlvb/identity-feature';
import type { DemoAccount } from '@qlvb/identity-feature';
import { freePort } from '@qlvb/platform-free-ports';
import { startTestService } from '@qlvb/platform-service-testing';
import type { Ask, TestService } from '@qlvb/platform-service-testing';
import type { AgencyRecord } from '@qlvb/vietnam';
import { AppModule } from '../src/app.module.ts';
import { identityConfig } from '../src/identity.config.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export const PROVINCE = agencyIdOf('H46');
export const HOME_CODE = 'H46.11';
export const HOME = agencyIdOf(HOME_CODE);
export const OTHER_CODE = 'H46.02';
export const OTHER = agencyIdOf(OTHER_CODE);
export const PASSWORD = ['Mot', 'ngay', 'moi', '2026!'].join('-');

const issued = new Set<string>();
/** A well-formed number that nobody has: its prefix belongs to no place. Made at run time. @source CID-34 */
export function testNumber(century = '0', year = '85', prefix = '099'): string {
  const number = `${prefix}${century}${year}${String(randomInt(1_000_000)).padStart(6, '0')}`;
  if (issued.has(number)) return testNumber(century, year, prefix);
  issued.add(number);
  return number;
}

export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
  readonly user: { readonly userId: string; readonly fullName: string };
  readonly posts: readonly { readonly postId: string; readonly agencyId: string; readonly unitId: string }[];
  readonly activePostId: string;
}

/** Identity on real databases with the whole catalogue and some people, who sign in as everybody does. */
export class Registry {
  readonly test: TestService;
  readonly port: number;
  readonly #heads = new Map<string, Session>();

  private constructor(test: TestService, port: number) {
    this.test = test;
    this.port = port;
  }

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<Registry> {
    const port = await freePort();
    const test = await startTestService({
      name: 'identity',
      schema: identityConfig,
      module: (config, bus) => AppModule.forRoot(config, bus),
      migrations: [join(root, 'apps/identity/migrations')],
      logLevel: 'trace',
      environment: {
        QLVB_PORT: String(port),
        QLVB_JWKS_URL: `http://127.0.0.1:${port}/api/v1/jwks`,
        QLVB_CCCD_KEY: randomBytes(32).toString('base64url'),
        QLVB_CCCD_INDEX_KEY: randomBytes(32).toString('base64url'),
        QLVB_HOLDER_KEY: randomBytes(32).toString('base64url'),
        QLVB_CCCD_TEST_REALM: 'true',
        ...environment,
      },
    });
    const registry = new Registry(test, port);
    await registry.loadCatalogue();
    await registry.employAll(HEADS);
    return registry;
  }

  loadCatalogue(): Promise<number> {
    return this.test.service.app.get(CatalogueLoader).load(catalogue(), 'quangbinh.gov.vn');
  }

  /** @returns the person's number */
  async employ(agencyCode: string, ...roles: Role[]): Promise<string> {
    const login = testNumber();
    await this.employAll([person(login, agencyCode, roles)]);
    return login;
  }

  employAll(people: readonly DemoAccount[]): Promise<number> {
    return this.test.service.app.get(DemoAccounts).load(people, PASSWORD);
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.test.ask(path, { as: null, body, headers });
  }

  tryLogin(cccd: string, password = PASSWORD, postId?: string): Promise<Response> {
    return this.post('/auth/sessions', { cccd, password, ...(postId ? { postId } : {}) });
  }

  async login(cccd: string, password = PASSWORD, postId?: string): Promise<Session> {
    return created(await this.tryLogin(cccd, password, postId));
  }

  tryRefresh(refreshToken: string, postId?: string): Promise<Response> {
    return this.post('/auth/refreshes', { refreshToken, ...(postId ? { postId } : {}) });
  }

  async refresh(refreshToken: string, postId?: string): Promise<Session> {
    return created(await this.tryRefresh(refreshToken, postId));
  }

  /** A request of somebody who signed in. */
  ask(session: Session, path: string, ask: Omit<Ask, 'as'> = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${session.accessToken}`, ...ask.headers };
    return this.test.ask(path, { ...ask, as: null, headers });
  }

  async json<T>(session: Session, path: string, ask: Omit<Ask, 'as'> & { readonly status?: number } = {}): Promise<T> {
    const headers = { authorization: `Bearer ${session.accessToken}`, ...ask.headers };
    return this.test.json<T>(path, { ...ask, as: null, headers });
  }

  /** Signs in somebody new. */
  async newcomer(agencyCode: string, ...roles: Role[]): Promise<Session & { readonly number: string }> {
    const number = await this.employ(agencyCode, ...roles);
    return { ...(await this.login(number)), number };
  }

  /** The head of one of the two agencies, signed in. */
  async head(agencyId: string): Promise<Session> {
    const head = HEADS.find(({ agencyCode }) => agencyIdOf(agencyCode) === agencyId);
    const session = this.#heads.get(agencyId) ?? (await this.login(head?.login ?? ''));
    this.#heads.set(agencyId, session);
    return session;
  }

  /** The same, whose session ended since. */
  freshHead(agencyId: string): Promise<Session> {
    this.#heads.delete(agencyId);
    return this.head(agencyId);
  }

  propose(by: Session, input: object): Promise<Proposal> {
    return this.json<Proposal>(by, '/account-proposals', {
      body: { reason: 'Theo quyết định', ...input },
      status: 201,
    });
  }

  decide(by: Session, { proposalId }: Proposal, act: 'approvals' | 'refusals' | 'withdrawals'): Promise<Proposal> {
    const body = act === 'refusals' ? { body: { reason: 'Chưa đủ căn cứ' } } : { method: 'POST' };
    return this.json<Proposal>(by, `/account-proposals/${proposalId}/${act}`, { ...body, status: 201 });
  }

  /** Proposed by the administrator, approved by the head. */
  async change(admin: Session, input: object): Promise<Proposal> {
    const proposal = await this.propose(admin, input);
    return this.decide(await this.head(proposal.decidingAgencyId), proposal, 'approvals');
  }

  /** Proposed by the administrator, approved by the head of an agency above. */
  async changeAgency(admin: Session, input: object): Promise<AgencyProposal> {
    const proposal = await this.proposeForAgency(admin, input);
    const path = `/agency-proposals/${proposal.proposalId}/approvals`;
    return this.json<AgencyProposal>(await this.head(proposal.decidingAgencyId), path, { method: 'POST', status: 201 });
  }

  proposeForAgency(admin: Session, input: object): Promise<AgencyProposal> {
    return this.json<AgencyProposal>(admin, '/agency-proposals', {
      body: { reason: 'Theo quyết định', ...input },
      status: 201,
    });
  }

  /** Creates an account as persons do: proposed, approved, invited. */
  async createUser(admin: Session, input: Record<string, unknown> = {}): Promise<CreatedUser> {
    const { userId } = await this.change(admin, await this.userInput(admin, input));
    const user = await this.json<CreatedUser['user']>(admin, `/users/${userId ?? ''}`);
    return { user, oneTimePassword: await this.invite(admin, user.userId) };
  }

  /** Invited by the administrator, confirmed by the head. @returns both parts as the person types them */
  async invite(admin: Session, userId: string): Promise<string> {
    const { firstPart, decidingAgencyId } = await this.halfInvite(admin, userId);
    return `${firstPart}-${await this.confirm(await this.head(decidingAgencyId), userId)}`;
  }

  halfInvite(admin: Session, userId: string): Promise<Invitation> {
    return this.json<Invitation>(admin, `/users/${userId}/invitations`, { method: 'POST', status: 201 });
  }

  async confirm(by: Session, userId: string): Promise<string> {
    const path = `/users/${userId}/invitations/confirmations`;
    return (await this.json<{ secondPart: string }>(by, path, { method: 'POST', status: 201 })).secondPart;
  }

  async userInput(admin: Session, input: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const cccd = (input['cccd'] as string | undefined) ?? testNumber();
    const unitId = admin.posts.find(({ postId }) => postId === admin.activePostId)?.unitId;
    return {
      kind: 'account',
      cccd,
      cccdAgain: cccd,
      fullName: 'Nguyễn Thị Hoa',
      post: { unitId, title: 'Chuyên viên', roles: ['officer'] },
      reason: 'Tuyển dụng mới',
      ...input,
    };
  }

  async audit(): Promise<{ action: string; after?: Record<string, unknown>; before?: Record<string, unknown> }[]> {
    const { rows } = await this.test.admin.query<{ entry: string }>('SELECT entry FROM platform.audit ORDER BY seq');
    return rows.map(({ entry }) => JSON.parse(entry) as never);
  }
}

export interface Proposal {
  readonly proposalId: string;
  readonly state: string;
  readonly inEffect: boolean;
  readonly agencyId: string;
  readonly decidingAgencyId: string;
  readonly userId: string | null;
  readonly postId: string | null;
  readonly allowedActs: readonly string[];
  readonly [more: string]: unknown;
}

export interface AgencyProposal {
  readonly proposalId: string;
  readonly state: string;
  readonly agencyId: string;
  readonly decidingAgencyId: string;
  readonly allowedActs: readonly string[];
}

export interface Invitation {
  readonly firstPart: string;
  readonly decidingAgencyId: string;
}

export interface CreatedUser {
  readonly user: {
    readonly userId: string;
    readonly cccdMasked: string;
    readonly posts: readonly { readonly postId: string; readonly version: number; readonly unitId: string }[];
  };
  readonly oneTimePassword: string;
}

export const person = (login: string, agencyCode: string, roles: readonly Role[]): DemoAccount => ({
  login,
  agencyCode,
  unit: 'Văn phòng',
  unitSymbol: 'VP',
  fullName: 'Trần Văn Bình',
  title: 'Cán bộ',
  roles: [...roles],
});

/** Somebody decides in either agency from the beginning. */
const HEADS = [HOME_CODE, OTHER_CODE].map((agencyCode) => ({
  ...person(testNumber(), agencyCode, ['leader']),
  fullName: 'Lê Thị Giám Đốc',
  title: 'Giám đốc',
}));

export const catalogue = (): AgencyRecord[] =>
  JSON.parse(readFileSync(join(root, 'apps/identity/seed/agencies.json'), 'utf8')) as AgencyRecord[];

/** Status and problem code. */
export async function refusal(answer: Response | Promise<Response>): Promise<[number, string | undefined]> {
  const { status, ...rest } = await Promise.resolve(answer).then(async (given) => ({
    status: given.status,
    code: ((await given.json()) as { code?: string }).code,
  }));
  return [status, rest.code];
}

async function created(answer: Response): Promise<Session> {
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`${answer.status} ${text}`);
  return JSON.parse(text) as Session;
}
