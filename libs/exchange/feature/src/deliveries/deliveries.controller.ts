import { Controller, Inject } from '@nestjs/common';
import { PostUnknown } from '@qlvb/directory';
import { DeliveryNotCancellable, DeliveryNotFound, DeliveryNotRetriable } from '@qlvb/exchange-domain';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { LIMITS } from '@qlvb/records';
import { z } from 'zod';
import { DeliveryDetail, DeliveryQuery, DeliveryView } from './deliveries.dto.ts';
import { DeliveriesService } from './deliveries.service.ts';

const tag = 'deliveries';
const params = z.object({ deliveryId: z.uuid() });

const list = operation({
  id: 'listDeliveries',
  method: 'GET',
  path: '/deliveries',
  tag,
  summary: { vi: 'Trạng thái gửi của văn bản đi', en: 'Deliveries of outgoing documents' },
  permission: 'deliveries.read',
  query: DeliveryQuery,
  response: { status: 200, schema: pageOf(DeliveryView) },
});

const get = operation({
  id: 'getDelivery',
  method: 'GET',
  path: '/deliveries/:deliveryId',
  tag,
  summary: { vi: 'Lịch sử gửi, nhận', en: 'A delivery with its history' },
  permission: 'deliveries.read',
  params,
  response: { status: 200, schema: DeliveryDetail },
  problems: [DeliveryNotFound],
});

const retry = operation({
  id: 'retryDelivery',
  method: 'POST',
  path: '/deliveries/:deliveryId/retries',
  tag,
  summary: { vi: 'Gửi lại lượt gửi bị lỗi', en: 'Send a failed delivery again' },
  permission: 'deliveries.manage',
  idempotent: true,
  params,
  response: { status: 201, schema: DeliveryDetail },
  problems: [DeliveryNotFound, DeliveryNotRetriable, PostUnknown],
});

const cancel = operation({
  id: 'cancelDelivery',
  method: 'POST',
  path: '/deliveries/:deliveryId/cancellations',
  tag,
  summary: { vi: 'Thôi gửi đến nơi nhận này', en: 'Give up sending to this recipient' },
  permission: 'deliveries.manage',
  idempotent: true,
  params,
  body: z.object({
    reason: z.string().trim().min(1).max(LIMITS.text.statement).describe('Why it is not sent any more'),
  }),
  response: { status: 201, schema: DeliveryDetail },
  problems: [DeliveryNotFound, DeliveryNotCancellable, PostUnknown],
});

@Controller()
export class DeliveriesController {
  constructor(@Inject(DeliveriesService) private readonly deliveries: DeliveriesService) {}

  @Operation(list)
  list({ query, actor }: Input<typeof list>) {
    return this.deliveries.list(query, actor);
  }

  @Operation(get)
  get({ params: { deliveryId }, actor }: Input<typeof get>) {
    return this.deliveries.get(deliveryId, actor);
  }

  @Operation(retry)
  retry({ params: { deliveryId }, actor }: Input<typeof retry>) {
    return this.deliveries.retry(deliveryId, actor);
  }

  @Operation(cancel)
  cancel({ params: { deliveryId }, body, actor }: Input<typeof cancel>) {
    return this.deliveries.cancel(deliveryId, body.reason, actor);
  }
}
