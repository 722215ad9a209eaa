import { z } from 'zod';
import { defineEvent } from '../event.ts';
import type { Permission } from '../permissions.ts';
import { id, sample, urgency } from '../shapes.ts';
import type { Urgency } from '../shapes.ts';
import type { NotificationKind, NotificationParameters } from './notification-kinds.ts';

const text = z.string().max(1000);
const parameter = z.union([text, z.object({ vi: text, en: text })]);

const data = z.object({
  /** One of `NOTIFICATION_KINDS`; not closed here, so that a service may know one before workflow does. */
  kind: z.string().min(1).max(60),
  /** One person, or everybody of the agency (of one unit of it) who holds the permission. */
  userId: id.nullable(),
  permission: z.string().max(60).nullable(),
  unitId: id.nullable(),
  /** What it is about: documents, delivery, package, job, account, … */
  aboutType: z.string().min(1).max(60),
  aboutId: id,
  urgency,
  parameters: z.record(z.string().max(40), parameter),
});

const requestedBy = <const Service extends string>(service: Service) =>
  defineEvent({
    type: `${service}.notification.requested.v1`,
    topic: `${service}.notification`,
    summary: 'Somebody has to be told of something; workflow delivers it.',
    data,
    key: ({ aboutId }) => aboutId,
    example: {
      kind: 'dispatch-failed',
      userId: sample.id(800),
      permission: null,
      unitId: null,
      aboutType: 'document',
      aboutId: sample.id(1),
      urgency: 'normal',
      parameters: {
        subject: 'Ban hành Quy chế',
        recipient: 'Sở Nội vụ',
        reason: { vi: 'Trục liên thông không nhận', en: 'The axis did not take it' },
      },
    },
  });

/** A topic has one producer, hence one declaration per service. */
export const ArchiveNotificationRequested = requestedBy('archive');
export const DocumentsNotificationRequested = requestedBy('documents');
export const ExchangeNotificationRequested = requestedBy('exchange');
export const IdentityNotificationRequested = requestedBy('identity');
export const SignatureNotificationRequested = requestedBy('signature');

export interface NotificationRequest<Kind extends NotificationKind> {
  readonly to: { readonly userId: string } | { readonly permission: Permission; readonly unitId?: string };
  readonly about: { readonly type: string; readonly id: string };
  readonly urgency?: Urgency;
  readonly parameters: NotificationParameters<Kind>;
}

/**
 * The data of such an event.
 *
 * @example
 * ```ts
 * tx.publish(ExchangeNotificationRequested, notificationRequest('dispatch-failed', {
 *   to: { userId: sender.userId }, about: { type: 'document', id: documentId }, parameters: { subject, recipient, reason } }));
 * ```
 */
export function notificationRequest<const Kind extends NotificationKind>(
  kind: Kind,
  { to, about, urgency: pace = 'normal', parameters }: NotificationRequest<Kind>,
): z.infer<typeof data> {
  const [userId, permission, unitId] =
    'userId' in to ? [to.userId, null, null] : [null, to.permission, to.unitId ?? null];
  return { kind, userId, permission, unitId, aboutType: about.type, aboutId: about.id, urgency: pace, parameters };
}
