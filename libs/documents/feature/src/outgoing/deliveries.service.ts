import { Inject, Injectable } from '@nestjs/common';
import type { DataOf, DeliveryStatusChanged } from '@qlvb/contracts';
import { Database } from '@qlvb/platform-database';
import { DeliveryStatusEntity } from './outgoing.entities.ts';

/** What the recipients of issued documents report, so that the document shows it. */
@Injectable()
export class DeliveriesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * The exchange says what a delivery is in; here only an older word of it never overwrites a newer one.
   *
   * @source NĐ30-PL6-F1k
   */
  async record(data: DataOf<typeof DeliveryStatusChanged>): Promise<void> {
    const { deliveryId, documentId, recipientName, recipientCode, status, reason, version = 0 } = data;
    await this.database.command(async (tx) => {
      const known = await tx.manager.findOneBy(DeliveryStatusEntity, { deliveryId });
      if (known && version < known.version) return;
      await tx.manager.upsert(
        DeliveryStatusEntity,
        {
          deliveryId,
          agencyId: tx.agencyId,
          documentId,
          recipientName,
          recipientCode,
          status,
          version,
          at: new Date(data.at),
          reason: reason ?? null,
        },
        ['deliveryId'],
      );
    });
  }
}
