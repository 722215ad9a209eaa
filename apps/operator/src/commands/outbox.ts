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

/**
 * `outbox republish --since <instant>`: everything from then on is published once more, in its old order, for a broker
 * that has lost it. Consumers that have seen an event ignore it.
 */
export const outboxRepublish: Command = async ({ connection, services, since, print }) => {
  if (since === undefined || Number.isNaN(Date.parse(since))) {
    throw new Unusable('Cần --since với thời điểm ISO 8601, ví dụ 2026-11-23T00:00:00+07:00. (--since is needed.)');
  }
  for (const service of services) {
    const count = await withDatabase(connection, service, async (client) => {
      const { rowCount } = await client.query(
        'UPDATE platform.outbox SET published_at = NULL WHERE created_at >= $1 AND published_at IS NOT NULL',
        [new Date(since).toISOString()],
      );
      return rowCount ?? 0;
    });
    print({ service, count }, `${service}: ${count} sự kiện sẽ được phát lại (will be published again)`);
  }
  return true;
};
