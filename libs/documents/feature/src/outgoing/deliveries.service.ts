import { Inject, Injectable } from '@nestjs/common';
import type { DataOf, DeliveryStatusChanged } from '@qlvb/contracts';
import { advanceDelivery } from '@qlvb/documents-domain';
import { Database } from '@qlvb/platform-database';
import { DeliveryStatusEntity } from './outgoing.entities.ts';

/** What the recipients of issued documents report, so that the document shows it. */
@Injectable()
export class DeliveriesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * @source NĐ30-PL6-F1k
   * @source EX-ST-2
   */
  async record(data: DataOf<typeof DeliveryStatusChanged>): Promise<void> {
    const { deliveryId, documentId, recipientName, recipientCode, status, reason } = data;
    await this.database.command(async (tx) => {
      const known = await tx.manager.findOneBy(DeliveryStatusEntity, { deliveryId });
      if (known && advanceDelivery(known.status, status) !== status) return;
      await tx.manager.upsert(
        DeliveryStatusEntity,
        {
          deliveryId,
          agencyId: tx.agencyId,
          documentId,
          recipientName,
          recipientCode,
          status,
          at: new Date(data.at),
          reason: reason ?? null,
        },
        ['deliveryId'],
      );
    });
  }
}
