import { Controller, Inject } from '@nestjs/common';
import { DELIVERY_STATUSES, DeliveryMissing } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import { instant, operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { Delivery, DeliveryEvent } from '../entities.ts';

const DeliveryView = z
  .object({
    deliveryId: z.uuid(),
    documentId: z.uuid(),
    packageId: z.uuid(),
    recipientId: z.uuid(),
    recipientCode: z.string(),
    recipientName: z.string(),
    status: z.enum(DELIVERY_STATUSES),
    updatedAt: instant(),
  })
  .meta({ id: 'Delivery' });

const DeliveryDetail = DeliveryView.extend({
  history: z.array(
    z.object({
      status: z.enum(DELIVERY_STATUSES),
      at: instant(),
      recordedAt: instant(),
      by: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
}).meta({ id: 'DeliveryDetail' });

const list = operation({
  method: 'GET',
  path: '/deliveries',
  tag: 'deliveries',
  summary: { vi: 'Trạng thái gửi của một văn bản đi', en: 'Deliveries of an outgoing document' },
  permission: 'deliveries.read',
  query: z.object({ documentId: z.uuid() }),
  response: { status: 200, schema: z.object({ items: z.array(DeliveryView) }) },
});

const get = operation({
  method: 'GET',
  path: '/deliveries/:deliveryId',
  tag: 'deliveries',
  summary: { vi: 'Lịch sử gửi, nhận', en: 'A delivery with its history' },
  permission: 'deliveries.read',
  params: z.object({ deliveryId: z.uuid() }),
  response: { status: 200, schema: DeliveryDetail },
  problems: [DeliveryMissing],
});

@Controller()
export class DeliveriesController {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** @source EX-ST-3 */
  @Operation(list)
  list({ query: { documentId } }: Input<typeof list>) {
    return this.database.read(async (manager) => ({
      items: (await manager.find(Delivery, { where: { documentId }, order: { recipientCode: 'ASC' }, take: 500 })).map(
        view,
      ),
    }));
  }

  /** @source QĐ28-A10-2 */
  @Operation(get)
  get({ params: { deliveryId } }: Input<typeof get>) {
    return this.database.read(async (manager) => {
      const delivery = await manager.findOneBy(Delivery, { id: deliveryId });
      if (!delivery) throw DeliveryMissing({ id: deliveryId });
      const events = await manager.find(DeliveryEvent, { where: { deliveryId }, order: { seq: 'ASC' } });
      const history = events.map(({ status, at, recordedAt, byName, reason }) => ({
        status,
        at,
        recordedAt,
        by: byName,
        reason,
      }));
      return { ...view(delivery), history };
    });
  }
}

const view = (delivery: Delivery): z.input<typeof DeliveryView> => ({
  deliveryId: delivery.id,
  documentId: delivery.documentId,
  packageId: delivery.packageId,
  recipientId: delivery.recipientId,
  recipientCode: delivery.recipientCode,
  recipientName: delivery.recipientName,
  status: delivery.status,
  updatedAt: delivery.updatedAt,
});
