import { join } from 'node:path';
import { olderDatabase } from '@qlvb/platform-service-testing';

const migrations = join(import.meta.dirname, '..', 'migrations');

it('F-07 an older ledger is taken over: what had come in keeps its state, its answers and its history', async () => {
  const { admin, upgrade, drop } = await olderDatabase('exchange', {
    folder: migrations,
    before: '1763856005001',
    tables: ['package', 'status_report', 'delivery', 'delivery_event'],
  });
  try {
    const [agency, received, failed, status, sent, delivery] = Array.from({ length: 6 }, (_, n) => `0191e9a0-0000-7000-8000-00000000000${n}`); // prettier-ignore
    const row = (id = '', direction = '', kind = '', state = ''): string =>
      `('${agency}', '${id}', now(), '${direction}', '${kind}', NULL, NULL, 'H46.05', 'H46.03', 'x', '1/QĐ', NULL, NULL, 'k', 's', 3, '${state}', '["byte-order-mark"]')`;
    await admin.query(`INSERT INTO package VALUES ${[row(received, 'incoming', 'document', 'received'), row(failed, 'incoming', 'document', 'failed'), row(status, 'incoming', 'status', 'received'), row(sent, 'outgoing', 'document', 'sent')].join(', ')}`); // prettier-ignore
    await admin.query(`INSERT INTO status_report VALUES ('${agency}', '${received}', '01', now(), NULL, NULL, now())`);
    await admin.query(
      `INSERT INTO delivery VALUES ('${delivery}', '${agency}', 2, now(), now(), '${sent}', '${sent}', '${sent}', NULL, 'H46.03', 'Sở Nội vụ', 'sent')`,
    );
    await admin.query(`INSERT INTO delivery_event VALUES ('${delivery}', 1, '${agency}', 'sent', now(), now())`);
    await upgrade(migrations);
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
    await drop();
  }
});
