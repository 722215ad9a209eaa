import { Controller, Inject } from '@nestjs/common';
import { operation, Operation, pageOf, pageQuery } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { NotificationView } from './notifications.dto.ts';
import { NotificationsService } from './notifications.service.ts';

const list = operation({
  id: 'listNotifications',
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
  constructor(@Inject(NotificationsService) private readonly notifications: NotificationsService) {}

  @Operation(list)
  list({ query, actor }: Input<typeof list>) {
    return this.notifications.list(actor, query);
  }
}
