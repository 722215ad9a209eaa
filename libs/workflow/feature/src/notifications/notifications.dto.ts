import {
  codesOf,
  NOTIFICATION_KINDS,
  NOTIFICATION_SEVERITIES,
  NOTIFICATION_SUBJECT_LABELS,
  urgency,
} from '@qlvb/contracts';
import type { NotificationKind } from '@qlvb/contracts';
import { instant } from '@qlvb/platform-http';
import { z } from 'zod';

export const NotificationView = z
  .object({
    notificationId: z.uuid(),
    kind: z
      .enum(Object.keys(NOTIFICATION_KINDS) as [NotificationKind, ...NotificationKind[]])
      .describe('Kind of notification'),
    severity: z.enum(NOTIFICATION_SEVERITIES).describe('How serious it is'),
    title: z.string().describe('The kind in words, in the language asked for'),
    text: z.string().describe('What there is to say, in the language asked for'),
    urgency: urgency.describe('Urgency of the document that it is about'),
    aboutType: codesOf(NOTIFICATION_SUBJECT_LABELS).describe('Type of the object that it is about'),
    aboutId: z.uuid(),
    taskId: z.uuid().nullable(),
    documentId: z.uuid().nullable(),
    createdAt: instant(),
  })
  .meta({ id: 'Notification' });
