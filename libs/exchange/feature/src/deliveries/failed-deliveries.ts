import { Inject, Injectable } from '@nestjs/common';
import { ExchangeNotificationRequested, notificationRequest, SEND_FAILURE_LABELS } from '@qlvb/contracts';
import type { SendFailure } from '@qlvb/exchange-domain';
import type { Tx } from '@qlvb/platform-database';
import { idFrom } from '@qlvb/shared-domain';
import { Dispatch } from '../sending/dispatch.entity.ts';
import { Delivery } from './delivery.entities.ts';
import { DeliveryLedger } from './delivery-ledger.ts';

/** What did not go out, or came out where nobody takes it: written down and told. */
@Injectable()
export class FailedDeliveries {
  constructor(@Inject(DeliveryLedger) private readonly deliveries: DeliveryLedger) {}

  /** The one who drafted it and the clerks hear of it, and find it on the list; nothing when it has gone out or was left meanwhile. */
  async record(tx: Tx, id: string, failure: SendFailure, detail: string): Promise<void> {
    const delivery = await this.deliveries.locked(tx, id);
    if (delivery?.status !== 'queued') return;
    const { issued } = await tx.manager.findOneByOrFail(Dispatch, { documentId: delivery.documentId });
    const { attempts } = delivery;
    const { vi, en } = SEND_FAILURE_LABELS[failure];
    const reportId = idFrom(`${id}:send_failed:${delivery.version}:${attempts}`);
    await this.deliveries.record(tx, id, { id: reportId, status: 'send_failed', at: tx.now, reason: vi, failure });
    await tx.manager.update(Delivery, { id }, { failureDetail: detail || null });
    const request = {
      about: { type: 'document', id: issued.documentId },
      urgency: issued.urgency,
      parameters: { subject: issued.subject, recipient: delivery.recipientName, reason: { vi, en } },
    };
    for (const to of [{ userId: issued.drafter.userId }, { permission: 'deliveries.manage' }] as const) {
      tx.publish(ExchangeNotificationRequested, notificationRequest('dispatch-failed', { to, ...request }));
    }
    tx.audit({ action: 'delivery.failed', resource: { type: 'delivery', id }, after: { failure, attempts, detail } });
  }
}
