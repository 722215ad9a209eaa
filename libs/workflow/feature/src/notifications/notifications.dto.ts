import { NOTIFICATION_KINDS, NOTIFICATION_SEVERITIES } from '@qlvb/contracts';
import type { NotificationKind } from '@qlvb/contracts';
import { instant } from '@qlvb/platform-http';
import { z } from 'zod';

export const NotificationView = z
  .object({
    notificationId: z.uuid(),
    kind: z
      .enum(Object.keys(NOTIFICATION_KINDS) as [NotificationKind, ...NotificationKind[]])
      .describe('Loại thông báo, theo danh mục các loại thông báo'),
    severity: z.enum(NOTIFICATION_SEVERITIES).describe('Mức độ: thông tin, cần chú ý, nghiêm trọng'),
    title: z.string().describe('Tên loại thông báo, theo ngôn ngữ của yêu cầu'),
    text: z.string().describe('Nội dung, theo ngôn ngữ của yêu cầu'),
    urgency: z.string().describe('Độ khẩn của văn bản liên quan'),
    aboutType: z.string().describe('Thông báo về loại đối tượng nào'),
    aboutId: z.uuid(),
    taskId: z.uuid().nullable(),
    documentId: z.uuid().nullable(),
    createdAt: instant(),
  })
  .meta({ id: 'Notification' });
