import { join } from 'node:path';
import { olderDatabase } from '@qlvb/platform-service-testing';

const migrations = join(import.meta.dirname, '..', 'migrations');
const SPLIT = '1796510000000-split-invitations.sql';

it('F-04 SEC-A03 an older database is taken over: a one-time password that one person knows opens nothing, others stay', async () => {
  const { admin, upgrade, drop } = await olderDatabase('identity', {
    folder: migrations,
    before: SPLIT,
    tables: [
      'agency',
      'agency_code',
      'unit',
      'post',
      'account',
      'account_proposal',
      'former_cccd',
      'login_record',
      'session',
      'signing_key',
      'calendar_year',
    ],
  });
  try {
    await admin.query(
      `INSERT INTO agency (id, version, name, short_name, level, place_of_issue, code_source, symbol_aliases, valid_from)
       VALUES ('0191e9a0-0000-7000-8000-000000000001', 1, 'Sở', 'S', 'department', 'Quảng Bình', 'derived', '{}', '2020-01-01')`,
    );
    for (const [n, mustChange, until] of [
      [2, true, `now() + interval '1 day'`],
      [3, false, 'NULL'],
    ] as const) {
      await admin.query(
        `INSERT INTO account VALUES ('0191e9a0-0000-7000-8000-00000000000${n}', 1, now(), now(), '0191e9a0-0000-7000-8000-000000000001',
           'x', '\\x0${n}', '***', 'Nguyễn Thị Hoa', 'hash', ${mustChange}, ${until}, 'active', 1)`,
      );
    }
    await upgrade(migrations);
    const row = async (n: number): Promise<unknown> =>
      (
        await admin.query(
          `SELECT password_hash, must_change_password, first_hash, second_hash FROM login_account('\\x0${n}')`,
        )
      ).rows[0];
    expect(await row(2)).toEqual({
      password_hash: 'hash',
      must_change_password: true,
      first_hash: null,
      second_hash: null,
    });
    expect(await row(3)).toMatchObject({ password_hash: 'hash', must_change_password: false, first_hash: null });
  } finally {
    await drop();
  }
});
