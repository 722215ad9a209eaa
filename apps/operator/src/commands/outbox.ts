import type { Command } from '../command.ts';
import { withDatabase } from '../connection.ts';
import { Unusable } from '../unusable.ts';

/** `outbox status`: what waits to be published, and since when. */
export const outboxStatus: Command = async ({ connection, services, print }) => {
  for (const service of services) {
    const [row] = await withDatabase(connection, service, async (client) => {
      const { rows } = await client.query<{ total: number; waiting: number; oldest: Date | null }>(
        `SELECT count(*)::int AS total, count(*) FILTER (WHERE published_at IS NULL)::int AS waiting,
                min(created_at) FILTER (WHERE published_at IS NULL) AS oldest FROM platform.outbox`,
      );
      return rows;
    });
    const { total = 0, waiting = 0, oldest = null } = row ?? {};
    const since = oldest === null ? '' : `, cũ nhất từ ${oldest.toISOString()}`;
    print({ service, total, waiting, oldest }, `${service}: ${total} sự kiện, ${waiting} chưa phát${since}`);
  }
  return true;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * `outbox republish --since <instant or event id>`: everything from then, or from that event on, is published once more,
 * in its old order, for a broker that has lost it. Consumers that have seen an event ignore it.
 */
export const outboxRepublish: Command = async ({ connection, services, since, print }) => {
  const isId = since !== undefined && UUID.test(since);
  if (since === undefined || (!isId && Number.isNaN(Date.parse(since)))) {
    throw new Unusable(
      'Cần --since với thời điểm ISO 8601, ví dụ 2026-11-23T00:00:00+07:00, hoặc mã sự kiện. (--since is needed.)',
    );
  }
  const from = isId ? 'seq >= (SELECT seq FROM platform.outbox WHERE id = $1)' : 'created_at >= $1';
  let known = !isId;
  for (const service of services) {
    const count = await withDatabase(connection, service, async (client) => {
      if (isId) {
        const { rowCount } = await client.query('SELECT 1 FROM platform.outbox WHERE id = $1', [since]);
        if (rowCount === 0) return undefined;
      }
      const { rowCount } = await client.query(
        `UPDATE platform.outbox SET published_at = NULL WHERE ${from} AND published_at IS NOT NULL`,
        [isId ? since : new Date(since).toISOString()],
      );
      return rowCount ?? 0;
    });
    if (count === undefined) continue;
    known = true;
    print({ service, count }, `${service}: ${count} sự kiện sẽ được phát lại (will be published again)`);
  }
  if (!known) throw new Unusable(`Không có sự kiện ${since} trong hộp thư đi nào. (No outbox holds this event.)`);
  return true;
};
