import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PERMISSIONS } from '@qlvb/contracts';
import { idFrom } from '@qlvb/shared-domain';
import { request } from 'undici';
import type { RunningPlatform } from '../running-platform.ts';
import { root } from '../workspace.ts';
import type { Authorize } from './trusted-issuer.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly text: string;
}

export interface ApiRequest {
  readonly method: string;
  /** Below the origin: `/api/v1/…`. */
  readonly path: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Sends one request through the gateway. */
export async function send(
  platform: RunningPlatform,
  { method, path, host, headers, body }: ApiRequest,
): Promise<ApiAnswer> {
  const response = await request(`http://127.0.0.1:${platform.port}${path}`, {
    method: method as 'GET',
    headers: { host: host ?? 'qlvb.localhost', ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: response.statusCode,
    mediaType: String(response.headers['content-type'] ?? '').split(';')[0] ?? '',
    text: await response.body.text(),
  };
}

/** @throws Error with the whole answer when it is no success */
export async function call<T>(platform: RunningPlatform, what: ApiRequest, json?: unknown): Promise<T> {
  const answer = await send(platform, {
    ...what,
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...what.headers },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  if (answer.status >= 300) throw new Error(`${what.method} ${what.path}: ${answer.status} ${answer.text}`);
  return (answer.text === '' ? undefined : JSON.parse(answer.text)) as T;
}

interface Session {
  readonly accessToken: string;
  readonly user: { readonly userId: string };
  readonly posts: readonly { readonly postId: string; readonly agencyId: string; readonly unitId: string }[];
}

export interface Person {
  readonly authorization: string;
  readonly agencyId: string;
  readonly unitId: string;
  readonly postId: string;
  readonly userId: string;
}

/** Of every account of the demonstration. */
export const DEMO_PASSWORD = 'Thu-Nghiem-2026!';

export async function login(platform: RunningPlatform, cccd: string, password = DEMO_PASSWORD): Promise<Person> {
  const session = await call<Session>(platform, { method: 'POST', path: '/api/v1/auth/sessions' }, { cccd, password });
  const [post] = session.posts;
  if (!post) throw new Error(`${cccd} has no post`);
  const { agencyId, unitId, postId } = post;
  return { authorization: `Bearer ${session.accessToken}`, agencyId, unitId, postId, userId: session.user.userId };
}

interface Account {
  readonly login: string;
  readonly agencyCode: string;
  readonly roles: readonly string[];
}

/** The demonstration account of an agency with a role. */
export function demoAccount(agencyCode: string, role: string): string {
  const file = join(root, 'apps', 'standalone', 'demo', 'accounts.json');
  const accounts = JSON.parse(readFileSync(file, 'utf8')) as Account[];
  const account = accounts.find((one) => one.agencyCode === agencyCode && one.roles.includes(role));
  if (!account) throw new Error(`no ${role} in ${agencyCode}`);
  return account.login;
}

interface Proposal {
  readonly proposalId: string;
  readonly userId: string | null;
  readonly postId: string | null;
}

/** An account that an agency's administrator proposes through the API. */
export async function proposeAccount(
  platform: RunningPlatform,
  agencyCode: string,
  cccd: string,
): Promise<Proposal & { readonly unitId: string; readonly agencyId: string }> {
  const admin = await login(platform, demoAccount(agencyCode, 'agency_admin'));
  const { agencyId, unitId } = admin;
  const post = { unitId, title: 'Thử nghiệm', roles: ['officer', 'unit_head', 'layout_checker', 'clerk', 'archivist'] };
  const proposal = await call<Proposal>(
    platform,
    {
      ...{ method: 'POST', path: '/api/v1/account-proposals' },
      headers: { authorization: admin.authorization, 'idempotency-key': `propose-account-${cccd}` },
    },
    { kind: 'account', cccd, cccdAgain: cccd, fullName: 'Người Lạ', post, reason: 'Thử nghiệm' },
  );
  return { ...proposal, agencyId, unitId };
}

/** The end of an agency below one's own, which waits for the head's decision. */
export async function proposeClosure(platform: RunningPlatform, byCode: string, code: string): Promise<void> {
  const { authorization } = await login(platform, demoAccount(byCode, 'agency_admin'));
  const ask = {
    ...{ method: 'POST', path: '/api/v1/agency-proposals' },
    headers: { authorization, 'idempotency-key': `propose-closure-${code}` },
  };
  const agencyId = idFrom(`agency:${code}`);
  await call(platform, ask, { kind: 'closure', agencyId, endsOn: '2099-12-31', reason: 'Thử nghiệm' });
}

/** A new person of an agency, proposed and approved through the API, with a token that may do everything there is. */
export async function personWithEveryRight(
  platform: RunningPlatform,
  authorize: Authorize,
  agencyCode: string,
  cccd: string,
): Promise<Person> {
  const { proposalId, agencyId, unitId } = await proposeAccount(platform, agencyCode, cccd);
  const head = await login(platform, demoAccount(agencyCode, 'leader'));
  const approved = await call<Proposal>(platform, {
    ...{ method: 'POST', path: `/api/v1/account-proposals/${proposalId}/approvals` },
    headers: { authorization: head.authorization, 'idempotency-key': `approve-account-${cccd}` },
  });
  const [userId, postId] = [approved.userId ?? '', approved.postId ?? ''];
  const rights = { permissions: PERMISSIONS, permissionVersion: 1_000_000 };
  return {
    authorization: await authorize({ userId, agencyId, unitId, postId, ...rights }),
    agencyId,
    unitId,
    postId,
    userId,
  };
}
