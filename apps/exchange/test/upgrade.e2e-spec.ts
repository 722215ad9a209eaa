import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appRole, migrate, ownerRole, provisionDatabase } from '@qlvb/platform-database';
import { testPostgresUrl } from '@qlvb/platform-testing';
import pg from 'pg';

const root = join(import.meta.dirname, '..', '..', '..');

it('F-07 an older ledger is taken over: what had come in keeps its state, its answers and its history', async () => {
  const name = `exchange_upgrade_${process.pid}`;
  const url = (role: string, password: string): string =>
    `${testPostgresUrl().replace(/postgres:[^@]*@/, `${role}:${password}@`)}/${name}`;
  await provisionDatabase(testPostgresUrl(), { name, ownerPassword: 'owner', appPassword: 'app' });
  const admin = new pg.Client({ connectionString: `${testPostgresUrl()}/${name}` });
  await admin.connect();
  const owner = url(ownerRole(name), 'owner');
  try {
    const first = mkdtempSync(join(tmpdir(), 'qlvb-migrations-'));
    const released = '1763856005000-create-exchange.sql';
    copyFileSync(join(root, 'apps/exchange/migrations', released), join(first, released));
    // What the application might then do is of no matter here; that each table has a line is.
    writeFileSync(
      join(first, 'rights.sql'),
      ['package', 'status_report', 'delivery', 'delivery_event']
        .map((table) => `GRANT SELECT ON ${table} TO :app;`)
        .join('\n'),
    );
    await migrate(owner, appRole(name), [first]);
    const [agency, received, failed, status, sent, delivery] = Array.from({ length: 6 }, (_, n) => `0191e9a0-0000-7000-8000-00000000000${n}`); // prettier-ignore
    const row = (id = '', direction = '', kind = '', state = ''): string =>
      `('${agency}', '${id}', now(), '${direction}', '${kind}', NULL, NULL, 'H46.05', 'H46.03', 'x', '1/QĐ', NULL, NULL, 'k', 's', 3, '${state}', '["byte-order-mark"]')`;
    await admin.query(`INSERT INTO package VALUES ${[row(received, 'incoming', 'document', 'received'), row(failed, 'incoming', 'document', 'failed'), row(status, 'incoming', 'status', 'received'), row(sent, 'outgoing', 'document', 'sent')].join(', ')}`); // prettier-ignore
    await admin.query(`INSERT INTO status_report VALUES ('${agency}', '${received}', '01', now(), NULL, NULL, now())`);
    await admin.query(
      `INSERT INTO delivery VALUES ('${delivery}', '${agency}', 2, now(), now(), '${sent}', '${sent}', '${sent}', NULL, 'H46.03', 'Sở Nội vụ', 'sent')`,
    );
    await admin.query(`INSERT INTO delivery_event VALUES ('${delivery}', 1, '${agency}', 'sent', now(), now())`);
    await migrate(owner, appRole(name), [join(root, 'apps/exchange/migrations')]);
    const { rows } = await admin.query<{ line: string }>(
      `SELECT right(id::text, 1) || ' ' || state || ' ' || (findings->0->>'code') AS line FROM received_package ORDER BY id`,
    );
    expect(rows.map(({ line }) => line)).toEqual([
      '1 registered byte-order-mark',
      '2 refused byte-order-mark',
      '3 applied byte-order-mark',
    ]);
    const count = async (table: string): Promise<number> =>
      (await admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]?.n ?? 0;
    expect([await count('package'), await count('status_report'), await count('delivery_event')]).toEqual([1, 1, 1]);
  } finally {
    await admin.end();
    const server = new pg.Client({ connectionString: `${testPostgresUrl()}/postgres` });
    await server.connect();
    await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await server.query(`DROP ROLE IF EXISTS ${ownerRole(name)}`);
    await server.query(`DROP ROLE IF EXISTS ${appRole(name)}`);
    await server.end();
  }
});
