import { refusalReasonLabel } from '@qlvb/contracts';
import { DELIVERY_STATUSES, foldDelivery, SEND_FAILURE_CODES, STEP_STATUSES } from '@qlvb/exchange-domain';
import { instant, pageQuery, say } from '@qlvb/platform-http';
import { z } from 'zod';
import type { Delivery, DeliveryEvent } from './delivery.entities.ts';
import { reportOf } from './delivery-ledger.ts';

export const DeliveryView = z
  .object({
    deliveryId: z.uuid(),
    documentId: z.uuid(),
    packageId: z.uuid(),
    recipientId: z.uuid(),
    recipientCode: z.string(),
    recipientName: z.string(),
    status: z.enum(DELIVERY_STATUSES).describe('Trạng thái gửi: bằng chữ là của bên gửi, từ 01 đến 06 là nơi nhận báo'),
    failureCode: z.enum(SEND_FAILURE_CODES).nullable().describe('Lý do chưa gửi được'),
    failureDetail: z.string().nullable().describe('Chi tiết kỹ thuật của lý do'),
    attempts: z.int().describe('Số lần đã thử gửi'),
    createdAt: instant(),
    updatedAt: instant(),
  })
  .meta({ id: 'Delivery' });

export const DeliveryDetail = DeliveryView.extend({
  history: z.array(
    z.object({
      status: z.enum(STEP_STATUSES),
      at: instant().nullable().describe('Thời điểm theo bên báo'),
      recordedAt: instant().describe('Thời điểm nhận được'),
      by: z.string().nullable(),
      reason: z.string().nullable(),
      counts: z.boolean().describe('Có làm thay đổi trạng thái hay không'),
    }),
  ),
}).meta({ id: 'DeliveryDetail' });

export const DeliveryQuery = z.object({
  ...pageQuery,
  documentId: z.uuid().optional(),
  status: z.enum(DELIVERY_STATUSES).optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
});

export const deliveryView = (delivery: Delivery): z.input<typeof DeliveryView> => ({
  deliveryId: delivery.id,
  documentId: delivery.documentId,
  packageId: delivery.packageId,
  recipientId: delivery.recipientId,
  recipientCode: delivery.recipientCode,
  recipientName: delivery.recipientName,
  status: delivery.status,
  failureCode: delivery.failure,
  failureDetail: delivery.failureDetail,
  attempts: delivery.attempts,
  createdAt: delivery.createdAt,
  updatedAt: delivery.updatedAt,
});

export const deliveryDetail = (
  delivery: Delivery,
  events: readonly DeliveryEvent[],
): z.input<typeof DeliveryDetail> => ({
  ...deliveryView(delivery),
  history: foldDelivery(events.map(reportOf)).reports.map(({ report, counts }) => ({
    status: report.status,
    at: report.at,
    recordedAt: report.recordedAt,
    by: report.byName,
    reason: report.reason === null ? null : say(refusalReasonLabel(report.reason)),
    counts,
  })),
});
