import { Inject, Injectable } from '@nestjs/common';
import { fillLabel, isNotificationKind, NOTIFICATION_KINDS, NOTIFICATION_SUBJECT_LABELS } from '@qlvb/contracts';
import type { DataOf, ExchangeNotificationRequested, Permission } from '@qlvb/contracts';
import { DocumentAccess } from '@qlvb/document-access';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import { byTime, inOrder, keysetPage, say } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import { z } from 'zod';
import { NotificationKindUnknown } from '../workflow.problems.ts';
import { Notification } from './notification.entity.ts';
import type { NotificationView } from './notifications.dto.ts';

type Requested = DataOf<typeof ExchangeNotificationRequested>;
type View = z.input<typeof NotificationView>;

/** A service may tell of something for which there are no words here yet. */
const isSubject = (type: string): type is keyof typeof NOTIFICATION_SUBJECT_LABELS =>
  Object.hasOwn(NOTIFICATION_SUBJECT_LABELS, type);

const view = ({ id, ...row }: Notification): View => {
  const { severity, title, text } = NOTIFICATION_KINDS[row.kind];
  const { kind, urgency, aboutType, aboutId, taskId, documentId, createdAt } = row;
  const told = { title: say(title), text: say(fillLabel(text, row.parameters)) };
  const about = { aboutType: isSubject(aboutType) ? aboutType : ('other' as const), aboutId };
  return { notificationId: id, kind, severity, ...told, urgency, ...about, taskId, documentId, createdAt };
};

/** What people are told of; no other service delivers. */
@Injectable()
export class NotificationsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DocumentAccess) private readonly documents: DocumentAccess,
  ) {}

  /**
   * Delivers what another service asks for, in the transaction of its event.
   *
   * @throws NotificationKindUnknown so that the event waits until this service knows the kind
   */
  async deliver(requested: Requested): Promise<void> {
    const { kind, userId, permission, parameters, ...rest } = requested;
    if (!isNotificationKind(kind)) throw NotificationKindUnknown({ id: kind });
    await this.database.command((tx) =>
      tx.manager.insert(Notification, {
        ...rest,
        id: newId(),
        agencyId: tx.agencyId,
        createdAt: tx.now,
        kind,
        parameters: parameters as never,
        assigneeId: userId,
        permission: permission as Permission | null,
        taskId: null,
        documentId: rest.aboutType === 'document' ? rest.aboutId : null,
      }),
    );
  }

  /**
   * The newest first: told to the person, or to whoever holds a permission of theirs in their unit. What was told of a document that was
   * withdrawn from him since is not shown, for it names the document; it is shown again when the document is.
   *
   * @source NĐ30-PL6-F3b
   */
  list(actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<View>> {
    const { withdrawn, parameters } = this.documents.visibleTo(actor);
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: {},
          ...byTime('createdAt'),
          query: (after) =>
            inOrder(
              manager
                .createQueryBuilder(Notification, 'n')
                .where(
                  `(n.assigneeId = :user OR (n.assigneeId IS NULL AND n.permission = ANY(:permissions)
            AND (n.unitId IS NULL OR n.unitId = :unit)))`,
                  { user: actor.userId, permissions: actor.permissions, unit: actor.unitId ?? null },
                )
                .andWhere(`(n.documentId IS NULL OR NOT ${withdrawn('n.documentId')})`, parameters),
              'DESC',
              ['n.createdAt', 'n.id'],
              after,
            ),
        },
      );
      return { ...page, items: page.items.map(view) };
    });
  }
}
