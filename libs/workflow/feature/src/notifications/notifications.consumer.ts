import { Controller, Inject } from '@nestjs/common';
import {
  ArchiveNotificationRequested,
  DocumentsNotificationRequested,
  ExchangeNotificationRequested,
  IdentityNotificationRequested,
  SignatureNotificationRequested,
} from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { NotificationsService } from './notifications.service.ts';

/** Services ask, this one delivers. */
@Controller()
export class NotificationsConsumer {
  constructor(@Inject(NotificationsService) private readonly notifications: NotificationsService) {}

  @OnEvent(ArchiveNotificationRequested)
  onArchive({ data }: EventOf<typeof ArchiveNotificationRequested>): Promise<void> {
    return this.notifications.deliver(data);
  }

  @OnEvent(DocumentsNotificationRequested)
  onDocuments({ data }: EventOf<typeof DocumentsNotificationRequested>): Promise<void> {
    return this.notifications.deliver(data);
  }

  @OnEvent(ExchangeNotificationRequested)
  onExchange({ data }: EventOf<typeof ExchangeNotificationRequested>): Promise<void> {
    return this.notifications.deliver(data);
  }

  @OnEvent(IdentityNotificationRequested)
  onIdentity({ data }: EventOf<typeof IdentityNotificationRequested>): Promise<void> {
    return this.notifications.deliver(data);
  }

  @OnEvent(SignatureNotificationRequested)
  onSignature({ data }: EventOf<typeof SignatureNotificationRequested>): Promise<void> {
    return this.notifications.deliver(data);
  }
}
