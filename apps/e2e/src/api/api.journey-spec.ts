import { join } from 'node:path';
import { vietnamDate } from '@qlvb/vietnam';
import { startPlatform } from '../running-platform.ts';
import type { RunningPlatform } from '../running-platform.ts';
import { endedSessionsSuite } from './ended-sessions.ts';
import { hostileSuite } from './hostile.ts';
import { isolationSuite } from './isolation.ts';
import { metricsSuite } from './metrics.ts';
import { call, demoAccount, login, personWithEveryRight, proposeAccount, proposeClosure } from './people.ts';
import type { Person } from './people.ts';
import { rowSecuritySuite } from './row-security.ts';
import { schemathesisSuite } from './schemathesis.ts';
import { trustedIssuer } from './trusted-issuer.ts';
import type { Authorize } from './trusted-issuer.ts';

const MINUTE = 60_000;
let platform: RunningPlatform;
/** Of Sở Nội vụ, which has refused the one document it was sent; and every right there is. */
let stranger: Person;
let authorize: Authorize;
const world = () => ({ platform, stranger, strangerHost: 'qlvb-snv.localhost', authorize });

beforeAll(async () => {
  platform = await startPlatform({ env: { QLVB_RATE_PER_MINUTE: '1000000' } });
  authorize = await trustedIssuer(platform);
  const { code, output } = await platform.demo(join(platform.data, 'demo'));
  if (code !== 0) throw new Error(output);
  await grantSigning();
  await giveAccess('clerk', 'outgoing-documents', 'documentId', 'archivist');
  await giveAccess('archivist', 'dossiers', 'dossierId', 'clerk');
  stranger = await personWithEveryRight(platform, authorize, 'H46.02', '099085009001');
  await proposeAccount(platform, 'H46.11', '099085009003');
  await proposeClosure(platform, 'H46.11', 'H46.11.01');
}, 4 * MINUTE);
afterAll(() => platform.stop(), MINUTE);

/** What the demonstration does without: the head of its agency hands on the right to sign. */
async function grantSigning(): Promise<void> {
  const { authorization } = await login(platform, demoAccount('H46.11', 'leader'));
  const ask = {
    host: 'qlvb-stttt.localhost',
    headers: { authorization, 'idempotency-key': 'grant-signing-to-somebody' },
  };
  const users = { ...ask, method: 'GET', path: '/api/v1/users?limit=100' };
  const { items } = await call<{ items: { posts: { postId: string; roles: string[] }[] }[] }>(platform, users);
  const head = items.flatMap(({ posts }) => posts).find(({ roles }) => roles.includes('unit_head'));
  const grant = {
    ...{ form: 'by_order', granteePostId: head?.postId, kinds: ['invitation'] },
    ...{ startsOn: vietnamDate(new Date()), document: 'Quy chế làm việc của Sở' },
  };
  await call(platform, { ...ask, method: 'POST', path: '/api/v1/signing-grants' }, grant);
}

/** What the demonstration does without: one proposes that another may read something of the agency. */
async function giveAccess(role: string, things: string, id: string, to: string): Promise<void> {
  const { authorization } = await login(platform, demoAccount('H46.11', role));
  const ask = {
    host: 'qlvb-stttt.localhost',
    headers: { authorization, 'idempotency-key': `give-access-to-a-reader-of-${things}` },
  };
  const users = { ...ask, method: 'GET', path: '/api/v1/users?limit=100' };
  const { items } = await call<{ items: { posts: { postId: string; roles: string[] }[] }[] }>(platform, users);
  const list = { ...ask, method: 'GET', path: `/api/v1/${things}?limit=1` };
  const [thing] = (await call<{ items: Record<string, string>[] }>(platform, list)).items;
  const reader = items.flatMap(({ posts }) => posts).find(({ roles }) => roles.includes(to));
  const path = `/api/v1/${things}/${thing?.[id]}/access-rights`;
  await call(platform, { ...ask, method: 'POST', path }, { postId: reader?.postId, reason: 'Tra cứu' });
}

describe('another agency', () => isolationSuite(world));
describe('row-level security alone', () => rowSecuritySuite(world));
describe('hostile input', () => hostileSuite(world));
describe('an outside generator', () => schemathesisSuite(world));
describe('a session that ended', () => endedSessionsSuite(world));
describe('metrics', () => metricsSuite(world));
