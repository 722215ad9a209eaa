import { DeliveryStatusChanged } from '@qlvb/contracts';
import { movesOn } from '@qlvb/exchange-domain';
import type { DeliveryStatus } from '@qlvb/exchange-domain';
import type { Tx } from '@qlvb/platform-database';
import { Delivery, DeliveryEvent } from '../entities.ts';

export interface Step {
  readonly status: DeliveryStatus;
  readonly at: Date;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
}

/** Adds a step to the history of a locked delivery, if it is one; @returns whether it was. @source EX-ST-2 */
export async function recordStep(tx: Tx, delivery: Delivery, step: Step): Promise<boolean> {
  const first = step.status === 'queued';
  if (!first && !movesOn(delivery.status, step.status)) return false;
  delivery.status = step.status;
  await tx.manager.update(
    Delivery,
    { id: delivery.id },
    { status: step.status, updatedAt: tx.now, version: () => 'version + 1' },
  );
  const [{ seq = 1 } = {}] = (await tx.manager.query(
    'SELECT coalesce(max(seq), 0) + 1 AS seq FROM delivery_event WHERE delivery_id = $1',
    [delivery.id],
  )) as { seq?: number }[];
  await tx.manager.insert(DeliveryEvent, {
    deliveryId: delivery.id,
    seq,
    agencyId: tx.agencyId,
    status: step.status,
    at: step.at,
    recordedAt: tx.now,
    byName: step.by ?? null,
    reason: step.reason ?? null,
  });
  tx.publish(DeliveryStatusChanged, {
    deliveryId: delivery.id,
    documentId: delivery.documentId,
    packageId: delivery.packageId,
    recipientId: delivery.recipientId,
    recipientCode: delivery.recipientCode,
    recipientName: delivery.recipientName,
    status: step.status,
    at: step.at.toISOString(),
    ...(step.reason ? { reason: step.reason } : {}),
    ...(step.by ? { by: step.by } : {}),
  });
  return true;
}
