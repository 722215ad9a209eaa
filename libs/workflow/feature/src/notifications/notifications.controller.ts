import { Controller, Inject } from '@nestjs/common';
import { Database } from '@qlvb/platform-database';
import { decodeCursor, instant, operation, Operation, pageOf, pageQuery, toPage } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { onlyMine } from '../tasks/task-access.ts';
import { Notification } from './notification.entity.ts';

const NotificationView = z
  .object({
    notificationId: z.uuid(),
    taskId: z.uuid(),
    documentId: z.uuid(),
    title: z.string(),
    urgency: z.string(),
    createdAt: instant(),
  })
  .meta({ id: 'Notification' });

const list = operation({
  method: 'GET',
  path: '/notifications',
  tag: 'notifications',
  summary: { vi: 'Thông báo của tôi', en: 'My notifications' },
  permission: 'notifications.read',
  query: z.object({ ...pageQuery }),
  response: { status: 200, schema: pageOf(NotificationView) },
});

/** @source NĐ30-PL6-F1i */
@Controller()
export class NotificationsController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Operation(list)
  list({ query: { limit, cursor }, actor }: Input<typeof list>) {
    const after = cursor ? decodeCursor(cursor, {}, z.tuple([z.string(), z.uuid()])) : undefined;
    return this.database.read(async (manager) => {
      const builder = manager
        .createQueryBuilder(Notification, 'n')
        .where('true')
        .orderBy('n.createdAt', 'DESC')
        .addOrderBy('n.id', 'DESC')
        .take(limit + 1);
      onlyMine(builder, 'n', actor);
      if (after) builder.andWhere('(n.createdAt, n.id) < (:at::timestamptz, :id)', { at: after[0], id: after[1] });
      const page = toPage(await builder.getMany(), limit, {}, (row) => [row.createdAt.toISOString(), row.id]);
      const items = page.items.map(({ id, taskId, documentId, title, urgency, createdAt }) => ({
        notificationId: id,
        taskId,
        documentId,
        title,
        urgency,
        createdAt,
      }));
      return { items, nextCursor: page.nextCursor };
    });
  }
}
