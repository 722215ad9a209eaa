import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@qlvb/shared-domain';
import { CCCD_PROVINCES } from '@qlvb/vietnam';
import { HOME, HOME_CODE, OTHER, OTHER_CODE, PASSWORD, person, refusal, Registry, testNumber } from './registry.ts';
import type { Session } from './registry.ts';

let registry: Registry;
let admin: Session;
beforeAll(async () => {
  registry = await Registry.open();
  admin = await registry.newcomer(HOME_CODE, 'agency_admin');
});
afterAll(() => registry.test.stop());

const make = async (
  cccd: string,
  more: Record<string, unknown> = {},
  by = admin,
): Promise<[number, string | undefined]> =>
  refusal(
    registry.ask(by, '/account-proposals', { body: await registry.userInput(by, { cccd, cccdAgain: cccd, ...more }) }),
  );
const OK: [number, undefined] = [201, undefined];

describe('a number that is to name an account', () => {
  it.each([
    ['eleven digits', (number: string) => number.slice(1)],
    ['thirteen digits', (number: string) => `${number}1`],
    ['nine digits, the former card (CID-13)', (number: string) => number.slice(3)],
    ['letters', (number: string) => `${number.slice(0, 11)}O`],
    ['full-width digits', (number: string) => `${number.slice(0, 11)}０`],
    ['Arabic-Indic digits', (number: string) => `${number.slice(0, 11)}٣`],
    ['a separator at the end', (number: string) => `${number}-`],
    ['another separator', (number: string) => `${number.slice(0, 3)}/${number.slice(3)}`],
  ])('CID-01 is refused with %s', async (_title, fault) => {
    expect(await make(fault(testNumber()))).toEqual([422, 'identity.cccd-invalid']);
  });

  it('CID-01, CID-02 may be typed in groups and keeps its leading zero', async () => {
    const number = testNumber();
    const typed = `${number.slice(0, 3)} ${number.slice(3, 6)}.${number.slice(6, 9)}-${number.slice(9)}`;
    const { user, oneTimePassword } = await registry.createUser(admin, { cccd: typed, cccdAgain: number });
    expect(user.cccdMasked).toBe(`${number.slice(0, 3)}******${number.slice(-3)}`);
    expect(await refusal(registry.tryLogin(number, oneTimePassword))).toEqual([403, 'auth.password-change-required']);
    const { cccd } = await registry.json<{ cccd: string }>(admin, `/users/${user.userId}/cccd-reveals`, {
      body: { reason: 'Đối chiếu hồ sơ' },
    });
    expect(cccd).toBe(number);
    expect(cccd.startsWith('0')).toBe(true);
  });

  it('CID-02 is never taken as a number', async () => {
    const body = { ...(await registry.userInput(admin)), cccd: 99085123456, cccdAgain: 99085123456 };
    expect(await refusal(registry.ask(admin, '/account-proposals', { body }))).toEqual([400, 'http.input-invalid']);
  });

  it('CID-09 is entered twice alike', async () => {
    const answer = make(testNumber(), { cccdAgain: testNumber() });
    expect(await answer).toEqual([422, 'identity.cccd-entries-differ']);
  });

  it.each([
    ['3', '80', 'is of somebody not born yet'],
    ['2', '20', 'is of a child'],
    ['0', '01', 'is of somebody older than a hundred'],
  ])('CID-04, CID-05, CID-06 century %s and year %s: %s', async (century, year) => {
    expect(await make(testNumber(century, year))).toEqual([422, 'identity.cccd-doubtful']);
  });

  it.each([
    ['0', '85'],
    ['1', '99'],
    ['2', '00'],
    ['3', '05'],
  ])('CID-03, CID-04, CID-05 century %s and year %s is taken', async (century, year) => {
    expect(await make(testNumber(century, year))).toEqual(OK);
  });

  it('CID-08 with a prefix that no province has is taken with a reason only, which the audit keeps', async () => {
    const number = testNumber('0', '85', ['0', '03'].join(''));
    expect(CCCD_PROVINCES.has(number.slice(0, 3))).toBe(false);
    expect(await make(number)).toEqual([422, 'identity.cccd-doubtful']);
    await registry.createUser(admin, { cccd: number, overrideReason: 'Khai sinh ở nước ngoài' });
    expect((await registry.audit()).map(({ after }) => after?.['override'])).toContainEqual({
      doubts: ['CCCD_UNKNOWN_PREFIX'],
      reason: 'Khai sinh ở nước ngoài',
    });
  });

  it('F-43 CID-15 names one account in the whole province: who proposes is not told of it, who approves is', async () => {
    const number = testNumber();
    await registry.createUser(admin, { cccd: number });
    const stranger = await registry.newcomer(OTHER_CODE, 'agency_admin');
    const proposal = await registry.propose(
      stranger,
      await registry.userInput(stranger, { cccd: number, fullName: 'Lê Thị Khác' }),
    );
    expect(proposal).toMatchObject({ state: 'waiting', userId: null });
    const path = `/account-proposals/${proposal.proposalId}/approvals`;
    const answer = await registry.ask(await registry.head(OTHER), path, { method: 'POST' });
    expect(answer.status).toBe(409);
    const text = await answer.text();
    expect(text).toContain('identity.account-exists');
    expect(text).not.toMatch(/Nguyễn Thị Hoa|H46/);
    expect(await registry.json(stranger, `/account-proposals/${proposal.proposalId}`)).toEqual(proposal);
  });

  it('F-43 is proposed with the same answer, whether or not it has an account anywhere', async () => {
    const known = Array.from({ length: 40 }, () => testNumber());
    await registry.employAll(known.map((number) => person(number, OTHER_CODE, ['officer'])));
    const shapes = new Set<string>();
    for (const cccd of known.flatMap((number) => [number, testNumber()])) {
      const answer = await registry.ask(admin, '/account-proposals', {
        body: await registry.userInput(admin, { cccd }),
      });
      const { proposalId, proposedAt, cccdMasked, ...same } = (await answer.json()) as Record<string, unknown>;
      expect([typeof proposalId, typeof proposedAt, cccdMasked]).toEqual(['string', 'string', mask(cccd)]);
      shapes.add(JSON.stringify([answer.status, same]));
    }
    expect([...shapes]).toHaveLength(1);
  });

  it('CID-15 approved for ten accounts at once names one', async () => {
    const number = testNumber();
    const proposals = [];
    for (let n = 0; n < 10; n += 1) {
      proposals.push(await registry.propose(admin, await registry.userInput(admin, { cccd: number })));
    }
    const head = await registry.head(HOME);
    const approved = await Promise.all(proposals.map((proposal) => registry.decide(head, proposal, 'approvals')));
    expect(new Set(approved.map(({ userId }) => userId)).size).toBe(1);
  });

  it('CID-15 of an account that was disabled gets no post', async () => {
    const disabled = await registry.newcomer(OTHER_CODE, 'officer');
    await registry.test.admin.query(`UPDATE account SET state = 'disabled' WHERE id = $1`, [disabled.user.userId]);
    const { fullName } = disabled.user;
    const input = await registry.userInput(admin, { cccd: disabled.number, fullName });
    const { proposalId } = await registry.propose(admin, input);
    const answer = registry.ask(await registry.head(HOME), `/account-proposals/${proposalId}/approvals`, {
      method: 'POST',
    });
    expect(await refusal(answer)).toEqual([409, 'identity.account-exists']);
  });
});

describe('strictness', () => {
  const inputs = {
    plain: () => testNumber(),
    unborn: () => testNumber('3', '80'),
    child: () => testNumber('2', '20'),
    old: () => testNumber('0', '01'),
    far: () => testNumber('9', '85'),
    prefix: () => testNumber('0', '85', ['0', '03'].join('')),
    prefixAndYear: () => testNumber('3', '80', ['0', '05'].join('')),
    woman: () => testNumber('1', '90'),
    short: () => testNumber().slice(1),
    letters: () => `${testNumber().slice(1)}x`,
  };

  it.each([
    ['strict', 201, 422, 422],
    ['warn', 201, 422, 201],
    ['off', 201, 201, 201],
  ] as const)('CID-10 %s decides over the same ten inputs', async (mode, good, doubtful, withReason) => {
    const office = await Registry.open({ QLVB_CCCD_STRICTNESS: mode });
    try {
      const by = await office.newcomer(HOME_CODE, 'agency_admin');
      const status = async (cccd: string, more = {}): Promise<number> =>
        (
          await office.ask(by, '/account-proposals', {
            body: await office.userInput(by, { cccd, cccdAgain: cccd, ...more }),
          })
        ).status;
      for (const [kind, make] of Object.entries(inputs)) {
        const number = make();
        const expected = ['short', 'letters'].includes(kind)
          ? 422
          : ['plain', 'woman'].includes(kind)
            ? good
            : doubtful;
        expect([kind, await status(number)]).toEqual([kind, expected]);
        if (expected === 422) {
          const second = ['short', 'letters'].includes(kind) ? 422 : withReason;
          expect([kind, await status(number, { overrideReason: 'Đúng theo thẻ' })]).toEqual([kind, second]);
        }
      }
    } finally {
      await office.test.stop();
    }
  });

  it('CID-34 production takes no number with the prefix of tests, whatever the strictness', async () => {
    const office = await Registry.open({ QLVB_CCCD_TEST_REALM: 'false', QLVB_CCCD_STRICTNESS: 'off' });
    try {
      const by = await office.newcomer(HOME_CODE, 'agency_admin');
      const body = await office.userInput(by, { overrideReason: 'Thử' });
      expect(await refusal(office.ask(by, '/account-proposals', { body }))).toEqual([422, 'identity.cccd-invalid']);
    } finally {
      await office.test.stop();
    }
  });
});

describe('another number for the same person', () => {
  it('CID-14 ends the old login, keeps the person and is never given out again', async () => {
    const person = await registry.newcomer(HOME_CODE, 'officer');
    const cccd = testNumber();
    const reason = 'Xác lập lại số định danh';
    await registry.change(admin, { kind: 'number', userId: person.user.userId, cccd, cccdAgain: cccd, reason });

    expect(await refusal(registry.tryLogin(person.number))).toEqual([401, 'auth.login-failed']);
    expect(await refusal(registry.ask(person, '/me'))).toEqual([401, 'auth.token-revoked']);
    const again = await registry.login(cccd);
    expect(again.user.userId).toBe(person.user.userId);
    expect(await registry.json(again, '/me')).toMatchObject({ cccd });
    const former = await registry.propose(admin, await registry.userInput(admin, { cccd: person.number }));
    const approval = `/account-proposals/${former.proposalId}/approvals`;
    expect(await refusal(registry.ask(await registry.head(HOME), approval, { method: 'POST' }))).toEqual([
      409,
      'identity.account-exists',
    ]);

    const changes = (await registry.audit()).filter(({ action }) => action === 'account.number-changed');
    expect(changes).toEqual([
      expect.objectContaining({
        resource: { type: 'account', id: person.user.userId },
        before: { cccdMasked: mask(person.number) },
        after: { cccdMasked: mask(cccd), reason: 'Xác lập lại số định danh' },
      }),
    ]);
  });

  it('CID-14 needs a reason, the right to manage, and the own agency', async () => {
    const person = await registry.newcomer(HOME_CODE, 'officer');
    const cccd = testNumber();
    const path = '/account-proposals';
    const body = { kind: 'number', userId: person.user.userId, cccd, cccdAgain: cccd, reason: 'Sửa số' };
    expect((await refusal(registry.ask(admin, path, { body: { ...body, reason: ' ' } })))[0]).toBe(400);
    expect((await refusal(registry.ask(person, path, { body })))[0]).toBe(403);
    const stranger = await registry.newcomer(OTHER_CODE, 'agency_admin');
    expect(await refusal(registry.ask(stranger, path, { body }))).toEqual([404, 'identity.account-missing']);
    await registry.propose(admin, body);
    await registry.login(person.number);
  });

  it('F-43 CID-15 may not be one that is taken, which who approves is told', async () => {
    const [first, second] = [
      await registry.newcomer(HOME_CODE, 'officer'),
      await registry.employ(OTHER_CODE, 'officer'),
    ];
    const body = { kind: 'number', userId: first.user.userId, cccd: second, cccdAgain: second, reason: 'Sửa số' };
    const { proposalId } = await registry.propose(admin, body);
    const answer = registry.ask(await registry.head(HOME), `/account-proposals/${proposalId}/approvals`, {
      method: 'POST',
    });
    expect(await refusal(answer)).toEqual([409, 'identity.account-exists']);
    await registry.login(first.number);
  });
});

describe('who sees a number', () => {
  it('CID-21 the person, in full; others its first and last three digits', async () => {
    const person = await registry.newcomer(HOME_CODE, 'officer');
    expect(await registry.json(person, '/me')).toMatchObject({ cccd: person.number });
    const seen = await registry.json(admin, `/users/${person.user.userId}`);
    expect(seen).toMatchObject({ cccdMasked: mask(person.number) });
    for (const path of ['/users?limit=100', `/users/${person.user.userId}`]) {
      expect(await (await registry.ask(admin, path)).text()).not.toMatch(/(?<!-)\b[0-9]{12}\b/);
    }
  });

  it('CID-21 an administrator with the permission, who says why; each time is audited', async () => {
    const person = await registry.newcomer(HOME_CODE, 'officer');
    const path = `/users/${person.user.userId}/cccd-reveals`;
    expect((await refusal(registry.ask(person, path, { body: { reason: 'Xem' } })))[0]).toBe(403);
    expect((await refusal(registry.ask(admin, path, { body: {} })))[0]).toBe(400);
    const stranger = await registry.newcomer(OTHER_CODE, 'agency_admin');
    expect((await refusal(registry.ask(stranger, path, { body: { reason: 'Xem' } })))[0]).toBe(404);
    for (const reason of ['Đối chiếu thẻ', 'Cấp chứng thư số']) {
      expect(await registry.json(admin, path, { body: { reason } })).toEqual({ cccd: person.number });
    }
    const reveals = (await registry.audit()).filter(
      (entry) =>
        entry.action === 'account.number-revealed' &&
        JSON.stringify(entry).includes(person.user.userId) &&
        JSON.stringify(entry).includes(admin.user.userId),
    );
    expect(reveals.map(({ after }) => after?.['reason'])).toEqual(['Đối chiếu thẻ', 'Cấp chứng thư số']);
  });
});

describe('where a number is', () => {
  it('CID-20 in the database of identity alone', () => {
    const root = join(import.meta.dirname, '..', '..', '..');
    const holding = globSync(['apps/*/migrations/*.sql', 'libs/**/migrations/*.sql'], { cwd: root }).filter((file) =>
      /cccd|citizen/i.test(readFileSync(join(root, file), 'utf8').replace(/--.*/g, '')),
    );
    expect(holding.sort()).toEqual(
      [
        '1763856001000-create-identity.sql',
        '1796500003000-propose-accounts.sql',
        '1796510000000-split-invitations.sql',
        'rights.sql',
      ].map((file) => `apps/identity/migrations/${file}`),
    );
  });

  it('CID-20, CID-22, CID-23, SEC-L07 nowhere: not in the dump, the log, the audit, an event, a token, an error', async () => {
    const numbers = [testNumber(), testNumber(), testNumber()];
    const [first = '', second = '', third = ''] = numbers;
    const { user, oneTimePassword } = await registry.createUser(admin, { cccd: first, cccdAgain: first });
    const answers: string[] = [];
    const keep = async (answer: Response): Promise<void> => {
      answers.push(await answer.text(), JSON.stringify([...answer.headers]));
    };
    await keep(await registry.tryLogin(first, 'sai-mat-khau'));
    await keep(await registry.post('/auth/sessions', { cccd: first }));
    await keep(await registry.post('/auth/sessions', { cccd: [first], password: first }));
    await keep(await registry.test.ask(`/users/${first}?query=${first}`, { as: null }));
    await keep(await registry.ask(admin, `/users/${first}`));
    await keep(await registry.ask(admin, '/account-proposals', { body: { cccd: first, cccdAgain: second } }));
    await keep(
      await registry.ask(admin, '/account-proposals', { body: await registry.userInput(admin, { cccd: third }) }),
    );
    await registry.post('/auth/password-changes', {
      cccd: first,
      currentPassword: oneTimePassword,
      newPassword: `${PASSWORD}D`,
    });
    const session = await registry.login(first, `${PASSWORD}D`);
    answers.push(JSON.stringify(session), Buffer.from(session.accessToken.split('.')[1] ?? '', 'base64url').toString());
    await registry.change(admin, { kind: 'number', userId: user.userId, cccd: second, cccdAgain: second });
    await registry.tryLogin(third);

    const places: Record<string, string> = { answers: answers.join('\n'), log: registry.test.log.join('\n') };
    const { rows } = await registry.test.admin.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'platform')`,
    );
    expect(rows.length).toBeGreaterThan(12);
    for (const { name } of rows) {
      const dump = await registry.test.admin.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      places[name] = dump.rows.map(({ row }) => row).join('\n');
    }
    expect(places['public.account']).toContain(mask(second));
    expect(places['log']).toContain('"msg":"request"');
    for (const [place, content] of Object.entries(places)) {
      for (const number of numbers) {
        const hex = Buffer.from(number).toString('hex');
        expect([place, content.includes(number), content.includes(hex)]).toEqual([place, false, false]);
      }
    }
  });

  it('CID-24 a stored fingerprint of a request cannot be tried out', async () => {
    const body = await registry.userInput(admin);
    const key = `test-${newId()}`;
    expect((await registry.ask(admin, '/account-proposals', { body, key })).status).toBe(201);
    const { rows } = await registry.test.admin.query<{ fingerprint: string }>(
      'SELECT fingerprint FROM platform.idempotency WHERE key = $1',
      [key],
    );
    expect(rows[0]?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    const sorted = (value: unknown): unknown =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, member]) => [name, sorted(member)]),
          )
        : value;
    const plain = ['POST', '/api/v1/account-proposals', admin.user.userId, JSON.stringify(sorted(body))].join('\n');
    expect(rows[0]?.fingerprint).not.toBe(createHash('sha256').update(plain).digest('hex'));
  });

  it('CID-23 the same number collides on its keyed index and never looks the same sealed', async () => {
    const { rows } = await registry.test.admin.query<{ cccd_sealed: Buffer; cccd_index: Buffer }>(
      'SELECT cccd_sealed, cccd_index FROM account',
    );
    expect(new Set(rows.map((row) => row.cccd_index.toString('hex'))).size).toBe(rows.length);
    for (const row of rows) expect([row.cccd_sealed.length, row.cccd_index.length]).toEqual([12 + 12 + 16, 32]);
    const insert = registry.test.admin.query(
      `INSERT INTO account SELECT gen_random_uuid(), version, created_at, updated_at, home_agency_id, cccd_sealed, cccd_index,
         cccd_masked, full_name, password_hash, must_change_password, state, permission_version
       FROM account LIMIT 1`,
    );
    await expect(insert).rejects.toThrow('account_cccd_index_key');
  });
});

const mask = (number: string): string => `${number.slice(0, 3)}******${number.slice(-3)}`;
