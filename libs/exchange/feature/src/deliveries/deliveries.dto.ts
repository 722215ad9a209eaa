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
    status: z
      .enum(DELIVERY_STATUSES)
      .describe("Status of the delivery: in words it is the sender's own, 01 to 06 is what the recipient reports"),
    failureCode: z.enum(SEND_FAILURE_CODES).nullable().describe('Why it is not sent; null when nothing is wrong'),
    failureDetail: z.string().nullable().describe('Technical detail of the reason'),
    attempts: z.int().describe('How often sending was tried'),
    createdAt: instant(),
    updatedAt: instant(),
  })
  .meta({ id: 'Delivery' });

export const DeliveryDetail = DeliveryView.extend({
  history: z.array(
    z.object({
      status: z.enum(STEP_STATUSES),
      at: instant().nullable().describe('When it happened, as the reporting side says; null when it does not say'),
      recordedAt: instant().describe('When the report was received'),
      by: z.string().nullable(),
      reason: z.string().nullable(),
      counts: z.boolean().describe('Whether the report changed the status'),
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
