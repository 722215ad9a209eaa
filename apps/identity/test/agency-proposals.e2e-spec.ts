import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AgencyChanged, IdentityNotificationRequested, SessionsEnded } from '@qlvb/contracts';
import { agencyIdOf } from '@qlvb/identity-feature';
import { until } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';
import { addDays, vietnamDate, vietnamInstant } from '@qlvb/vietnam';
import { HOME, HOME_CODE, OTHER, OTHER_CODE, person, PROVINCE, refusal, Registry, testNumber } from './registry.ts';
import type { AgencyProposal, Session } from './registry.ts';

interface Agency {
  readonly agencyId: string;
  readonly version: number;
  readonly code: string;
  readonly endsOn: string | null;
  readonly successorId: string | null;
}

const folder = mkdtempSync(join(tmpdir(), 'qlvb-agencies-'));
const clockFile = join(folder, 'clock.json');
/** The service looks at the file every 20 ms. */
async function setClock(offsetSeconds: number): Promise<void> {
  writeFileSync(`${clockFile}.new`, JSON.stringify({ offsetSeconds }));
  renameSync(`${clockFile}.new`, clockFile);
  await delay(60);
}
/** A minute after the present day is over. */
const tomorrow = (): Promise<void> => setClock((vietnamInstant(day(1)).getTime() - Date.now()) / 1000 + 60);
/** Days that begin from now on; negative ones are over. */
const day = (ahead: number): string => addDays(vietnamDate(new Date()), ahead);

let registry: Registry;
let admin: Session;
let province: Session;
let provinceHead: Session;
beforeAll(async () => {
  await setClock(0);
  registry = await Registry.open({ QLVB_CLOCK_FILE: clockFile });
  admin = await registry.newcomer(HOME_CODE, 'agency_admin');
  province = await registry.newcomer('H46', 'agency_admin');
  const number = testNumber();
  await registry.employAll([{ ...person(number, 'H46', ['leader']), title: 'Chủ tịch' }]);
  provinceHead = await registry.login(number);
});
afterAll(async () => {
  await registry.test.stop();
  rmSync(folder, { recursive: true });
});

let last = 40;
const add = (): Promise<Agency> => {
  last += 1;
  const body = {
    code: `${HOME_CODE}.${last}`,
    name: `Trung tâm số ${last}`,
    shortName: `TT${last}`,
    level: 'unit',
    parentId: HOME,
    placeOfIssue: 'Quảng Bình',
    startsOn: '2024-01-01',
  };
  return registry.json<Agency>(admin, '/agencies', { body, status: 201 });
};
const get = (agencyId: string): Promise<Agency> => registry.json<Agency>(admin, `/agencies/${agencyId}`);
const propose = (by: Session, input: object): Promise<[number, string | undefined]> =>
  refusal(registry.ask(by, '/agency-proposals', { body: { reason: 'Theo nghị quyết', ...input } }));
const decide = (by: Session, { proposalId }: AgencyProposal, act: string, body?: object): Promise<Response> =>
  registry.ask(by, `/agency-proposals/${proposalId}/${act}`, { method: 'POST', ...(body ? { body } : {}) });
const told = async (kind: string, aboutId: string): Promise<object[]> =>
  (await registry.test.published(IdentityNotificationRequested))
    .filter(({ data }) => data.kind === kind && data.aboutId === aboutId)
    .map(({ agencyid, data: { userId, permission, parameters } }) => ({ agencyid, userId, permission, parameters }));

describe('F-05 an agency ends', () => {
  it('SEC-Z04 by nobody alone: no operation closes it or replaces its code at once', async () => {
    for (const [path, status] of [
      ['closures', 404],
      ['codes', 405],
    ] as const) {
      const answer = registry.ask(admin, `/agencies/${HOME}/${path}`, { body: { endsOn: day(1) } });
      expect([path, (await refusal(answer))[0]]).toEqual([path, status]);
    }
    expect((await get(HOME)).endsOn).toBeNull();
  });

  it('SEC-Z04 when the head of an agency above decides so: its own administrator proposes, its own head cannot', async () => {
    const proposal = await registry.proposeForAgency(admin, { kind: 'closure', agencyId: HOME, endsOn: day(30) });
    expect([proposal.state, proposal.decidingAgencyId]).toEqual(['waiting', PROVINCE]);
    expect((await get(HOME)).endsOn).toBeNull();
    const own = await registry.head(HOME);
    expect(await refusal(decide(own, proposal, 'approvals'))).toEqual([403, 'identity.not-the-head']);
    for (const administrator of [admin, province]) {
      expect(await refusal(decide(administrator, proposal, 'approvals'))).toEqual([403, 'auth.permission-missing']);
    }
    const seen = await registry.json<AgencyProposal>(provinceHead, `/agency-proposals/${proposal.proposalId}`);
    expect(seen.allowedActs).toEqual(['approve', 'refuse']);
    expect(await told('agency-change-proposed', proposal.proposalId)).toEqual([
      expect.objectContaining({ agencyid: PROVINCE, userId: provinceHead.user.userId }),
    ]);
    const refused = await decide(provinceHead, proposal, 'refusals', { reason: 'Chưa có nghị quyết' });
    expect(refused.status).toBe(201);
    expect(await told('agency-change-refused', proposal.proposalId)).toEqual([
      expect.objectContaining({ agencyid: HOME, userId: admin.user.userId }),
    ]);
    expect((await get(HOME)).endsOn).toBeNull();
    expect(await refusal(decide(provinceHead, proposal, 'approvals'))).toEqual([409, 'identity.proposal-decided']);
  });

  it('IDN-03 on a proposal from inside the subtree, one at a time, which the proposer may withdraw', async () => {
    const { agencyId } = await add();
    const stranger = await registry.newcomer(OTHER_CODE, 'agency_admin');
    const closure = { kind: 'closure', agencyId, endsOn: day(5) };
    expect(await propose(stranger, closure)).toEqual([403, 'identity.agency-outside-subtree']);
    expect(await propose(admin, { ...closure, agencyId: newId() })).toEqual([404, 'identity.agency-missing']);
    const proposal = await registry.proposeForAgency(province, closure);
    expect(await propose(admin, closure)).toEqual([409, 'identity.agency-proposal-waits']);
    expect(await refusal(decide(stranger, proposal, 'withdrawals'))).toEqual([404, 'identity.agency-proposal-missing']);
    expect(await refusal(decide(admin, proposal, 'withdrawals'))).toEqual([403, 'identity.not-the-proposer']);
    expect((await decide(province, proposal, 'withdrawals')).status).toBe(201);
    expect((await registry.proposeForAgency(admin, closure)).decidingAgencyId).toBe(HOME);
  });

  it('AGC-08 on no day that is over, neither when it is proposed nor when it is decided', async () => {
    const { agencyId } = await add();
    const closure = { kind: 'closure', agencyId };
    for (const endsOn of [day(-1), '2025-06-30']) {
      expect(await propose(admin, { ...closure, endsOn })).toEqual([422, 'identity.agency-day-past']);
    }
    expect(await propose(admin, { ...closure, endsOn: '2023-12-31' })).toEqual([409, 'identity.agency-closed']);
    const proposal = await registry.proposeForAgency(admin, { ...closure, endsOn: day(0) });
    const waited = await registry.head(HOME);
    // Late in the evening the token would live into the next day; it is only to reach the decision.
    await tomorrow();
    try {
      const head = await registry.freshHead(HOME);
      expect(head.user.userId).toBe(waited.user.userId);
      expect(await refusal(decide(head, proposal, 'approvals'))).toEqual([422, 'identity.agency-day-past']);
    } finally {
      await setClock(0);
      await registry.freshHead(HOME);
    }
    expect((await get(agencyId)).endsOn).toBeNull();
  });

  it('AGC-08 keeps its record with last day and successor; its people and those of the successor are told', async () => {
    const [closing, successor] = [await add(), await add()];
    const { agencyId } = closing;
    await registry.changeAgency(admin, {
      ...{ kind: 'closure', agencyId, endsOn: day(10) },
      successorId: successor.agencyId,
    });
    const closed = await get(agencyId);
    expect(closed).toMatchObject({ endsOn: day(10), successorId: successor.agencyId, version: 2 });
    const on = async (when: string): Promise<number> => {
      const path = `/agencies?code=${closing.code}&on=${when}`;
      return (await registry.json<{ items: unknown[] }>(admin, path)).items.length;
    };
    expect([await on('2023-12-31'), await on('2024-01-01'), await on(day(10)), await on(day(11))]).toEqual([
      0, 1, 1, 0,
    ]);
    expect((await registry.test.published(AgencyChanged)).at(-1)?.data).toMatchObject({ agencyId, validTo: day(10) });
    const parameters = {
      agency: expect.stringContaining('Trung tâm') as unknown,
      day: day(10).split('-').toReversed().join('/'),
    };
    expect(await told('agency-closing', agencyId)).toEqual([
      { agencyid: agencyId, userId: null, permission: 'agencies.read', parameters },
    ]);
    expect(await told('agency-succeeded', agencyId)).toEqual(
      ['agencies.manage', 'agency-proposals.decide', 'registers.read'].map((permission) => ({
        ...{ agencyid: successor.agencyId, userId: null, permission, parameters },
      })),
    );
    expect(await propose(admin, { kind: 'closure', agencyId, endsOn: day(20) })).toEqual([
      409,
      'identity.agency-closed',
    ]);
    const audited = (await registry.audit()).map(({ action }) => action);
    expect(audited).toEqual(
      expect.arrayContaining(['agency-proposal.made', 'agency-proposal.approved', 'agency.closed']),
    );
  });

  it('AGC-08 has a successor that exists, is another and stays open', async () => {
    const [closing, gone] = [await add(), await add()];
    await registry.changeAgency(admin, { kind: 'closure', agencyId: gone.agencyId, endsOn: day(0) });
    for (const successorId of [newId(), closing.agencyId, gone.agencyId]) {
      const answer = propose(admin, { kind: 'closure', agencyId: closing.agencyId, endsOn: day(1), successorId });
      expect(await answer).toEqual([404, 'identity.agency-missing']);
    }
  });

  it('SEC-S03 people work there until the last day is over, then their sessions end; opened again, they come back', async () => {
    const code = `${HOME_CODE}.01`;
    const agencyId = agencyIdOf(code);
    const worker = await registry.newcomer(code, 'officer');
    await registry.changeAgency(admin, { kind: 'closure', agencyId, endsOn: day(0) });
    const session = await registry.refresh(worker.refreshToken);
    await tomorrow();
    try {
      expect(await refusal(registry.tryRefresh(session.refreshToken))).toEqual([
        expect.any(Number),
        expect.stringMatching(/no-post|refresh-invalid/),
      ]);
      expect(await refusal(registry.tryLogin(worker.number))).toEqual([403, 'auth.no-post']);
      await until('the sessions have ended', async () => {
        const ended = (await registry.test.published(SessionsEnded)).filter(
          ({ data }) => data.userId === worker.user.userId,
        );
        return ended.length > 0 || undefined;
      });
      const { rows } = await registry.test.admin.query<{ end_reason: string }>(
        'SELECT DISTINCT end_reason FROM session WHERE user_id = $1',
        [worker.user.userId],
      );
      expect(rows).toEqual([{ end_reason: 'agency-closed' }]);

      const above = await registry.login(await registry.employ(HOME_CODE, 'agency_admin'));
      const proposal = await registry.proposeForAgency(above, { kind: 'reopening', agencyId });
      expect((await decide(await registry.freshHead(HOME), proposal, 'approvals')).status).toBe(201);
      expect(await registry.json<Agency>(above, `/agencies/${agencyId}`)).toMatchObject({ endsOn: null, code });
      expect((await registry.login(worker.number)).user.userId).toBe(worker.user.userId);
      expect(await told('agency-reopened', agencyId)).toHaveLength(1);
    } finally {
      await setClock(0);
      await registry.freshHead(HOME);
    }
    expect(await propose(admin, { kind: 'reopening', agencyId })).toEqual([409, 'identity.agency-not-closed']);
  });

  it('SEC-S03 when its sessions cannot be ended, who asked for its end and who decided it are told', async () => {
    const { agencyId } = await add();
    await registry.changeAgency(admin, { kind: 'closure', agencyId, endsOn: day(7) });
    const jobId = newId();
    await registry.test.admin.query(
      `WITH scope AS MATERIALIZED (SELECT set_config('app.agency_id', $2::uuid::text, true) AS agency)
       SELECT platform.enqueue_job($1, 'identity.end-agency', agency::uuid, NULL, '"unreadable"', false, NULL, now(), now(), NULL, NULL, NULL)
       FROM scope`,
      [jobId, agencyId],
    );
    const both = await until('both are told', async () => {
      const found = await told('job-failed', jobId);
      return found.length > 0 ? found : undefined;
    });
    expect(both).toEqual(
      [admin, await registry.head(HOME)].map(({ user }) =>
        expect.objectContaining({ agencyid: HOME, userId: user.userId }),
      ),
    );
  });

  it('IDN-02 whose head decides about nothing below it any more: the next above does', async () => {
    const { agencyId } = await add();
    await registry.test.admin.query('UPDATE agency SET valid_to = $2 WHERE id = $1', [HOME, day(-1)]);
    try {
      const proposal = await registry.proposeForAgency(province, { kind: 'closure', agencyId, endsOn: day(3) });
      expect(proposal.decidingAgencyId).toBe(PROVINCE);
    } finally {
      await registry.test.admin.query('UPDATE agency SET valid_to = NULL WHERE id = $1', [HOME]);
    }
  });

  it('SEC-Z04 the top one by its own head, since nobody is above', async () => {
    const proposal = await registry.proposeForAgency(province, {
      kind: 'closure',
      agencyId: PROVINCE,
      endsOn: day(99),
    });
    expect(proposal.decidingAgencyId).toBe(PROVINCE);
    expect((await decide(provinceHead, proposal, 'refusals', { reason: 'Không' })).status).toBe(201);
  });
});

describe('F-05 another code for the same agency', () => {
  it('AGC-04, AGC-08 leaves the agency as it is, found by either code, each with its days', async () => {
    const { agencyId, code } = await add();
    const change = { kind: 'code', agencyId, code: '000.97.11.H46', startsOn: day(1), source: 'official' };
    await registry.changeAgency(admin, change);
    const find = async (form: string): Promise<string[]> =>
      (await registry.json<{ items: Agency[] }>(admin, `/agencies?code=${form}`)).items.map(
        (agency) => agency.agencyId,
      );
    for (const form of [code, 'H46.11.97', '000.97.11.H46']) expect(await find(form)).toEqual([agencyId]);
    const { items } = await registry.json<{ items: unknown[] }>(admin, `/agencies/${agencyId}/codes`);
    expect(items).toEqual([
      expect.objectContaining({ code, startsOn: '2024-01-01', endsOn: day(0) }),
      expect.objectContaining({ code: 'H46.11.97', startsOn: day(1), endsOn: null }),
    ]);
    const { data } = (await registry.test.published(AgencyChanged)).at(-1) ?? {};
    expect(data).toMatchObject({ agencyId, version: 2, code });
    expect(data?.codes?.map((one) => [one.code, one.validFrom, one.validTo])).toEqual([
      [code, '2024-01-01', day(0)],
      ['H46.11.97', day(1), null],
    ]);
    expect(await get(agencyId)).toMatchObject({ code });
    await tomorrow();
    try {
      const then = await registry.login(await registry.employ(HOME_CODE, 'agency_admin'));
      expect(await registry.json(then, `/agencies/${agencyId}`)).toMatchObject({ code: 'H46.11.97' });
    } finally {
      await setClock(0);
      await registry.freshHead(HOME);
    }
  });

  it('AGC-06, AGC-15 is none that exists, and begins with no day on which the present one may have been used', async () => {
    const { agencyId } = await add();
    const change = { kind: 'code', agencyId, code: 'H46.11.99', source: 'derived' };
    expect(await propose(admin, { ...change, code: OTHER_CODE, startsOn: day(1) })).toEqual([
      409,
      'identity.agency-code-taken',
    ]);
    expect(await propose(admin, { ...change, code: 'H46..9', startsOn: day(1) })).toEqual([
      422,
      'identity.agency-code-malformed',
    ]);
    for (const startsOn of [day(0), day(-1), '2025-01-01']) {
      expect(await propose(admin, { ...change, startsOn })).toEqual([422, 'identity.agency-day-past']);
    }
    expect(await propose(admin, { ...change, startsOn: '2024-01-01' })).toEqual([409, 'identity.agency-closed']);
    expect(await propose(admin, { ...change, agencyId: OTHER, startsOn: day(1) })).toEqual([
      403,
      'identity.agency-outside-subtree',
    ]);
  });
});
